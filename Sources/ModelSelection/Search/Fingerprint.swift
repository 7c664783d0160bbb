import Estimators
import LinearAlgebra

/// A hash of values that is the same in every process: 64-bit FNV-1a of what their properties say.
struct Fingerprint: Sendable {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    var text: String { String(hash, radix: 16) }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    mutating func add(_ text: String) {
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = hash &* 0x100_0000_01b3  // so that where one text ends makes a difference
    }

    /// Adds a value's type and, down to those that have none, its properties; of an object only the type.
    ///
    /// A description would not do: that of a set or a dictionary has another order in every process.
    mutating func add(describing value: Any) {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .set, .dictionary:
            add(mirror.children.map { Fingerprint(describing: $0.value).text }.sorted().joined(separator: " "))
        case .class:
            // An object may change while a search runs, and may lead back to itself.
            add("\(mirror.subjectType)")
        case nil:
            add("\(value)")
        case .enum where mirror.children.isEmpty:
            add("\(value)")
        default:
            add("\(mirror.subjectType) \(mirror.children.count)")
            for child in mirror.children {
                add(child.label ?? "")
                add(describing: child.value)
            }
        }
    }

    /// Adds all samples; numbers, of which there can be many, byte by byte.
    mutating func add(samples: some Samples) {
        switch samples {
        case let x as Matrix<Double>: add(matrix: x)
        case let x as Matrix<Float>: add(matrix: x)
        default: add(describing: samples)
        }
    }

    private mutating func add<Scalar: MatrixScalar>(matrix x: Matrix<Scalar>) {
        add("\(Scalar.self) \(x.rows) \(x.columns)")
        x.withUnsafeElements { add(UnsafeRawBufferPointer($0)) }
    }

    init() {}

    private init(describing value: Any) { add(describing: value) }
}
