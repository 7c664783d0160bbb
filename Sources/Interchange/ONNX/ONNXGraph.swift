import Foundation
import LinearAlgebra

/// An ONNX graph under construction, to which ``ONNXExportable`` types append themselves.
///
/// Values are identified by name. Each step takes the name of its input, appends nodes, and returns the name of its
/// output.
public struct ONNXGraph {
    /// The operator set version. It has all operators needed here, and most runtimes support it.
    public static let opset = 13

    /// The format version that matches the operators.
    static let irVersion = 7

    /// The name of the model's input.
    static let input = "X"

    /// The element type of the features and of the network's arithmetic.
    let scalar: ONNXTensor.ElementType

    private var nodes = ProtobufWriter()
    private var outputs = ProtobufWriter()
    private var inputColumns: Int?
    private var valueCount = 0

    /// The field numbers of GraphProto.
    private enum Field {
        static let node = 1
        static let name = 2
        static let initializer = 5
        static let input = 11
        static let output = 12
    }

    init(scalar: ONNXTensor.ElementType) { self.scalar = scalar }

    // MARK: Values

    /// Sets the number of columns of `value`. The first call also determines the shape of the input.
    mutating func expect(_ value: String, columns: Int) {
        if value == ONNXGraph.input { inputColumns = columns }
    }

    /// Appends a constant and returns its name.
    mutating func constant(_ tensor: ONNXTensor) -> String {
        let name = newName("c")
        nodes.message(Field.initializer) { tensor.write(named: name, to: &$0) }
        return name
    }

    /// Appends a constant row of numbers in the graph's precision, or in the given type.
    mutating func row(_ numbers: [Double], as type: ONNXTensor.ElementType? = nil) -> String {
        let shape = [1, numbers.count]
        let isSingle = (type ?? scalar) == .float
        return constant(
            isSingle ? ONNXTensor(Float.rounding(numbers), shape: shape) : ONNXTensor(numbers, shape: shape))
    }

    /// Appends a constant number in the graph's precision, or in the given type.
    mutating func number(_ number: Double, as type: ONNXTensor.ElementType? = nil) -> String {
        row([number], as: type)
    }

    /// Appends a node with one output.
    ///
    /// - Parameters:
    ///   - operation: the operator's name.
    ///   - inputs: the names of its inputs.
    ///   - attributes: its attributes, which are always integers here.
    ///   - output: the name of its output; nil for a new name.
    /// - Returns: the name of the output.
    mutating func node(
        _ operation: String, _ inputs: String..., attributes: KeyValuePairs<String, Int> = [:], output: String? = nil
    ) -> String {
        node(operation, inputs, attributes: attributes, output: output)
    }

    /// Appends a node with one output.
    mutating func node(
        _ operation: String, _ inputs: [String], attributes: KeyValuePairs<String, Int> = [:], output: String? = nil
    ) -> String {
        let output = output ?? newName("v")
        nodes.message(Field.node) { node in
            for input in inputs { node.string(1, input) }
            node.string(2, output)
            node.string(3, "\(operation)_\(output)")
            node.string(4, operation)
            for (name, value) in attributes {
                node.message(5) { attribute in
                    attribute.string(1, name)
                    attribute.integer(3, value)
                    attribute.integer(20, 2)
                }
            }
        }
        return output
    }

    /// Converts a value to another type and returns the name of the result.
    mutating func cast(_ value: String, to type: ONNXTensor.ElementType, output: String? = nil) -> String {
        node("Cast", value, attributes: ["to": type.rawValue], output: output)
    }

    private mutating func newName(_ prefix: String) -> String {
        valueCount += 1
        return "\(prefix)\(valueCount)"
    }

    // MARK: Outputs

    /// Declares a value as an output of the model, with `columns` columns, or one number per sample if `columns` is
    /// nil.
    mutating func output(_ name: String, _ type: ONNXTensor.ElementType, columns: Int?) {
        outputs.message(Field.output) { $0.valueInfo(name, type, columns: columns) }
    }

    // MARK: The file

    /// Returns the model with this graph.
    ///
    /// - Throws: ``InterchangeError/notExportable(_:)`` if the model is larger than protobuf allows.
    func model(named name: String) throws -> Data {
        var model = ProtobufWriter()
        model.integer(1, ONNXGraph.irVersion)
        model.string(2, "swift-mlp")
        model.message(7) { graph in
            graph.string(Field.name, name)
            graph.append(nodes)
            graph.message(Field.input) { $0.valueInfo(ONNXGraph.input, scalar, columns: inputColumns) }
            graph.append(outputs)
        }
        model.message(8) { $0.integer(2, ONNXGraph.opset) }
        guard model.bytes.count <= Int32.max else {
            throw InterchangeError.notExportable("an ONNX file must be smaller than 2 GiB, but this model is larger")
        }
        return Data(model.bytes)
    }
}

extension ProtobufWriter {
    /// Writes the fields of a ValueInfoProto: a tensor with any number of rows, one per sample.
    fileprivate mutating func valueInfo(_ name: String, _ type: ONNXTensor.ElementType, columns: Int?) {
        string(1, name)
        message(2) { anyType in
            anyType.message(1) { tensor in
                tensor.integer(1, type.rawValue)
                tensor.message(2) { shape in
                    shape.message(1) { $0.string(2, "N") }
                    if let columns { shape.message(1) { $0.integer(1, columns) } }
                }
            }
        }
    }
}
