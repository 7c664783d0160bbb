import LinearAlgebra

/// The element types of tensors in a model file.
enum TensorType: String, CaseIterable {
    case double = "F64"
    case float = "F32"
    case integer = "I64"

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// In bytes.
    var size: Int { self == .float ? 4 : 8 }

    init?(_ type: Any.Type) {
        switch type {
        case is Double.Type: self = .double
        case is Float.Type: self = .float
        case is Int.Type: self = .integer
        default: return nil
        }
    }
}

/// Collects the tensors of a model while everything else is encoded.
final class TensorWriter: Sendable {
    static let key = CodingUserInfoKey(rawValue: "swift-mlp.tensorWriter")!

    /// A tensor's numbers, written without a copy.
    struct Item: Sendable {
        let name: String
        let type: TensorType
        let shape: [Int]
        let byteCount: Int
        let withBytes: @Sendable ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    }

    private let gathered = Locked<[Item]>([])

    /// Those with larger elements first, so that all are aligned.
    var items: [Item] {
        gathered.withLock { $0 }.sorted { ($1.type.size, $0.name) < ($0.type.size, $1.name) }
    }

    func add<Element>(_ tensor: Tensor<Element>, name: String) throws {
        guard let type = TensorType(Element.self), name != SafetensorsHeader.metadataKey else {
            throw FileProblem("a tensor \(name) of \(Element.self) has no place in a file")
        }
        let elements = tensor.elements
        let item = Item(
            name: name, type: type, shape: tensor.shape, byteCount: elements.count * type.size,
            withBytes: { try elements.withUnsafeBytes($0) })
        gathered.withLock { $0.append(item) }
    }
}

/// Reads the tensors of a model while everything else is decoded.
final class TensorReader: Sendable {
    static let key = CodingUserInfoKey(rawValue: "swift-mlp.tensorReader")!

    private let file: RegularFile
    private let entries: [String: SafetensorsHeader.Entry]
    /// The offset of the tensors' first byte.
    private let start: Int
    private let unread: Locked<Set<String>>

    init(_ file: RegularFile, _ header: SafetensorsHeader, start: Int) {
        self.file = file
        self.entries = header.tensors
        self.start = start
        unread = Locked(Set(header.tensors.keys))
    }

    func tensor<Element>(_ name: String) throws -> Tensor<Element> {
        guard let entry = entries[name] else { throw FileProblem("it has no tensor \(name)") }
        guard let type = TensorType(Element.self), type.rawValue == entry.type else {
            throw FileProblem("the type of tensor \(name) must be that of \(Element.self), but is \(entry.type)")
        }
        unread.withLock { _ = $0.remove(name) }
        return Tensor(
            shape: entry.shape,
            elements: try file.elements(entry.bytes.count / type.size, at: start + entry.bytes.lowerBound))
    }

    /// A tensor that was not read.
    var leftover: String? { unread.withLock { $0.min() } }
}

extension RegularFile {
    /// `count` elements whose bytes begin at `offset`; any bytes must be a value of their type.
    ///
    /// - Throws: ``ModelFileError/unreadable(path:reason:)``; ``FileProblem`` if the file ends before.
    func elements<Element>(_ count: Int, at offset: Int, of _: Element.Type = Element.self) throws -> [Element] {
        let endsEarly = FileProblem("it ends too early, after \(size) bytes")
        let (length, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflow, offset >= 0, offset <= size, count >= 0, length <= size - offset else { throw endsEarly }
        return try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            guard try read(into: bytes, at: offset) == bytes.count else { throw endsEarly }
            initialized = count
        }
    }
}
