import LinearAlgebra

/// A constant of an ONNX graph.
public struct ONNXTensor: Sendable {
    /// The numbers of ONNX's element types.
    enum ElementType: Int, Sendable {
        case float = 1
        case int64 = 7
        case string = 8
        case bool = 9
        case double = 11
    }

    let type: ElementType
    let shape: [Int]
    private let content: Content

    private enum Content: Sendable {
        /// The elements in memory, little-endian.
        case raw([UInt8])
        case strings([String])
    }

    init<Scalar: MatrixScalar>(_ values: [Scalar], shape: [Int]) {
        type = ElementType(Scalar.self)
        self.shape = shape
        content = .raw(values.withUnsafeBytes { Array($0) })
    }

    init(_ integers: [Int], shape: [Int]) {
        type = .int64
        self.shape = shape
        content = .raw(integers.map { Int64($0).littleEndian }.withUnsafeBytes { Array($0) })
    }

    init(_ truths: [Bool]) {
        type = .bool
        shape = [truths.count]
        content = .raw(truths.map { $0 ? 1 : 0 })
    }

    init(_ strings: [String]) {
        type = .string
        shape = [strings.count]
        content = .strings(strings)
    }

    /// Writes the fields of a TensorProto.
    func write(named name: String, to writer: inout ProtobufWriter) {
        for extent in shape { writer.integer(1, extent) }
        writer.integer(2, type.rawValue)
        switch content {
        case .raw(let bytes): writer.data(9, bytes)
        case .strings(let strings): for string in strings { writer.string(6, string) }
        }
        writer.string(8, name)
    }
}

extension ONNXTensor.ElementType {
    /// Creates the type of a matrix's elements.
    init<Scalar: MatrixScalar>(_: Scalar.Type) { self = Scalar.self == Float.self ? .float : .double }
}
