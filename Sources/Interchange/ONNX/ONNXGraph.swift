import Foundation
import LinearAlgebra

/// An ONNX graph under construction, to which ``ONNXExportable`` types append themselves.
///
/// Values are identified by name. Each step takes the name of its input, appends nodes, and returns the name of its
/// output.
public struct ONNXGraph {
    /// The operator set version. It has all operators needed here, and most runtimes support it.
    public static let opset = 13

    /// The version of the operators of `ai.onnx.ml`, of which `LabelEncoder` is needed for strings.
    static let mlOpset = 2

    /// The format version that matches the operators.
    static let irVersion = 7

    /// The name of the input of models whose features are a matrix.
    static let input = "X"

    /// The element type in which the nodes that are being appended compute.
    private(set) var scalar: ONNXTensor.ElementType

    private var inputs: [Port] = []
    private var constants = ProtobufWriter()
    private var nodes: [ONNXNode] = []
    private var outputs: [Port] = []
    private var valueCount = 0

    /// Which values have as many columns as which other ones.
    private var likeColumns: [String: String] = [:]

    /// An input or an output of the model.
    fileprivate struct Port {
        let name: String
        let value: String
        let type: ONNXTensor.ElementType
        /// How long the dimensions after that of the samples are; nil for any length.
        var columns: [Int?]
    }

    init(scalar: ONNXTensor.ElementType) { self.scalar = scalar }

    // MARK: Inputs

    /// Sets the number of columns of `value`, which determines the shape of the input `X`.
    mutating func expect(_ value: String, columns: Int) {
        var origin = value
        while let like = likeColumns[origin] { origin = like }
        guard origin == ONNXGraph.input else { return }
        declareInput(ONNXGraph.input, scalar)
        for index in inputs.indices where inputs[index].name == origin { inputs[index].columns = [columns] }
    }

    /// Says that `value` has as many columns as `other`.
    mutating func expect(_ value: String, columnsOf other: String) {
        // The identity returns its input.
        if value != other { likeColumns[value] = other }
    }

    /// Declares a column of a table as an input, and returns its name. All columns are declared before the first node.
    ///
    /// - Throws: ``InterchangeError/notExportable(_:)`` for a name that ONNX does not allow.
    mutating func column(_ name: String, _ type: ONNXTensor.ElementType) throws {
        guard !name.isEmpty else {
            throw InterchangeError.notExportable(
                "a column without a name cannot be an input of an ONNX model; rename it and fit again")
        }
        declareInput(name, type)
        for index in inputs.indices where inputs[index].name == name { inputs[index].columns = [1] }
    }

    private mutating func declareInput(_ name: String, _ type: ONNXTensor.ElementType) {
        guard !inputs.contains(where: { $0.name == name }) else { return }
        inputs.append(Port(name: name, value: name, type: type, columns: [nil]))
    }

    // MARK: Constants

    /// Appends a constant and returns its name.
    mutating func constant(_ tensor: ONNXTensor) -> String {
        let name = newName("c")
        constants.message(GraphField.initializer) { tensor.write(named: name, to: &$0) }
        return name
    }

    /// Appends a constant tensor of numbers in the graph's precision.
    mutating func constant(_ numbers: [Double], shape: [Int]) -> String {
        constant(
            scalar == .float ? ONNXTensor(Float.rounding(numbers), shape: shape) : ONNXTensor(numbers, shape: shape))
    }

    /// Appends a constant row of numbers in the graph's precision.
    mutating func row(_ numbers: [Double]) -> String { constant(numbers, shape: [1, numbers.count]) }

    /// Appends a constant number in the graph's precision.
    mutating func number(_ number: Double) -> String { row([number]) }

    /// Appends a constant list of integers.
    mutating func integers(_ integers: [Int]) -> String { constant(ONNXTensor(integers, shape: [integers.count])) }

    // MARK: Nodes

    /// Appends a node with one output.
    ///
    /// - Parameters:
    ///   - operation: the operator's name.
    ///   - inputs: the names of its inputs.
    ///   - attributes: its attributes.
    ///   - name: the name of the node, which errors of a runtime contain; nil for a new one.
    /// - Returns: the name of the output.
    mutating func node(
        _ operation: String, _ inputs: String..., attributes: KeyValuePairs<String, ONNXNode.Attribute> = [:],
        name: String? = nil
    ) -> String {
        node(operation, inputs, attributes: attributes, name: name)
    }

    /// Appends a node with one output.
    mutating func node(
        _ operation: String, _ inputs: [String], attributes: KeyValuePairs<String, ONNXNode.Attribute> = [:],
        name: String? = nil
    ) -> String {
        let output = newName("v")
        nodes.append(
            ONNXNode(
                operation: operation, inputs: inputs, output: output, attributes: attributes,
                name: name.map { "\($0) (\(output))" } ?? "\(operation)_\(output)"))
        return output
    }

    /// Converts a value to another type and returns the name of the result.
    mutating func cast(_ value: String, to type: ONNXTensor.ElementType) -> String {
        node("Cast", value, attributes: ["to": .integer(type.rawValue)])
    }

    /// Appends nodes that compute in double precision, and converts their result to the graph's precision.
    mutating func inDoublePrecision(_ body: (inout ONNXGraph) throws -> String) rethrows -> String {
        let result = try computing(in: .double, body)
        return scalar == .double ? result : cast(result, to: scalar)
    }

    /// Appends nodes that compute in the given precision.
    mutating func computing<Result>(
        in type: ONNXTensor.ElementType, _ body: (inout ONNXGraph) throws -> Result
    ) rethrows -> Result {
        let outer = scalar
        scalar = type
        defer { scalar = outer }
        return try body(&self)
    }

    /// Appends nodes that compute in double precision and round at the end, as most transformers do.
    ///
    /// - Parameter body: appends the nodes for `value` as double.
    mutating func inDoublePrecision(
        _ value: String, _ body: (inout ONNXGraph, _ value: String) throws -> String
    ) rethrows -> String {
        let doubles = scalar == .double ? value : cast(value, to: .double)
        return try inDoublePrecision { try body(&$0, doubles) }
    }

    /// Appends nodes that compute in double precision from features with the columns that a transformer was fitted to.
    ///
    /// - Throws: `EstimatorError.notFitted` where `columns` is nil, and what `body` throws.
    mutating func inDoublePrecision(
        _ features: String, columns: Int?, of transformer: String,
        _ body: (inout ONNXGraph, _ features: String) throws -> String
    ) throws -> String {
        try expect(features, columns: columns, of: transformer)
        return try inDoublePrecision(features, body)
    }

    private mutating func newName(_ prefix: String) -> String {
        var name: String
        repeat {
            valueCount += 1
            name = "\(prefix)\(valueCount)"
        } while inputs.contains { $0.name == name }
        return name
    }

    // MARK: Outputs

    /// Declares a value as an output of the model.
    ///
    /// - Parameters:
    ///   - value: the name of the value.
    ///   - name: the name of the output; "1" is appended where a column of the table has that name.
    ///   - type: the type of the value.
    ///   - columns: the number of columns, nil for any; no element for one number per sample.
    mutating func output(_ value: String, as name: String, _ type: ONNXTensor.ElementType, columns: [Int?]) {
        var name = name
        while inputs.contains(where: { $0.name == name }) { name += "1" }
        // A value can have one name only.
        let isFree = nodes.contains { $0.output == value } && !outputs.contains { $0.value == value }
        outputs.append(Port(name: name, value: isFree ? value : node("Identity", value), type: type, columns: columns))
    }

    /// Replaces every output by what `body` makes of it, a value of the same type and shape.
    mutating func mapOutputs(_ body: (inout ONNXGraph, _ value: String) throws -> String) rethrows {
        for index in outputs.indices {
            let port = outputs[index]
            outputs[index] = Port(
                name: port.name, value: try body(&self, port.value), type: port.type, columns: port.columns)
        }
    }

    /// Appends a model as a part of another one.
    ///
    /// - Returns: the name and the number of columns of what the model predicts, in double precision: probabilities, or
    ///   numbers.
    mutating func appendPart(
        _ model: some ONNXExportable, features: String
    ) throws -> (value: String, columns: [Int?]) {
        let count = outputs.count
        try model.append(to: &self, features: features)
        // A label comes before the probabilities.
        let port = outputs[outputs.count - 1]
        outputs.removeSubrange(count...)
        return (port.type == .double ? port.value : cast(port.value, to: .double), port.columns)
    }

    // MARK: The file

    /// The field numbers of GraphProto.
    private enum GraphField {
        static let node = 1
        static let name = 2
        static let initializer = 5
        static let input = 11
        static let output = 12
    }

    /// Returns the model with this graph.
    ///
    /// - Throws: ``InterchangeError/notExportable(_:)`` if the model is larger than protobuf allows.
    func model(named name: String) throws -> Data {
        let names = Dictionary(outputs.map { ($0.value, $0.name) }, uniquingKeysWith: { first, _ in first })
        var model = ProtobufWriter()
        model.integer(1, ONNXGraph.irVersion)
        model.string(2, "swift-mlp")
        model.message(7) { graph in
            for node in nodes { graph.message(GraphField.node) { node.write(to: &$0, renaming: names) } }
            graph.string(GraphField.name, name)
            graph.append(constants)
            for port in inputs { graph.message(GraphField.input) { port.write(to: &$0) } }
            for port in outputs { graph.message(GraphField.output) { port.write(to: &$0) } }
        }
        model.message(8) { $0.integer(2, ONNXGraph.opset) }
        if nodes.contains(where: \.isML) {
            model.message(8) { version in
                version.string(1, ONNXNode.mlDomain)
                version.integer(2, ONNXGraph.mlOpset)
            }
        }
        guard model.bytes.count <= Int32.max else {
            throw InterchangeError.notExportable("an ONNX file must be smaller than 2 GiB, but this model is larger")
        }
        return Data(model.bytes)
    }
}

extension ONNXGraph.Port {
    /// Writes the fields of a ValueInfoProto: a tensor with any number of rows, one per sample.
    fileprivate func write(to writer: inout ProtobufWriter) {
        writer.string(1, name)
        writer.message(2) { anyType in
            anyType.message(1) { tensor in
                tensor.integer(1, type.rawValue)
                tensor.message(2) { shape in
                    shape.message(1) { $0.string(2, "N") }
                    for extent in columns { shape.message(1) { if let extent { $0.integer(1, extent) } } }
                }
            }
        }
    }
}
