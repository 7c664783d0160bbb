/// An application of an operator in an ONNX graph.
struct ONNXNode {
    /// The value of an attribute.
    enum Attribute: ExpressibleByIntegerLiteral {
        case integer(Int)
        case integers([Int])
        case strings([String])

        init(integerLiteral value: Int) { self = .integer(value) }
    }

    /// The domain of the operators for machine learning.
    static let mlDomain = "ai.onnx.ml"

    let operation: String
    let inputs: [String]
    let output: String
    let attributes: KeyValuePairs<String, Attribute>
    let name: String

    /// Whether the operator is one for machine learning.
    var isML: Bool { operation == "LabelEncoder" }

    /// Writes the fields of a NodeProto, with other names for some values.
    func write(to writer: inout ProtobufWriter, renaming names: [String: String]) {
        for input in inputs { writer.string(1, names[input] ?? input) }
        writer.string(2, names[output] ?? output)
        writer.string(3, name)
        writer.string(4, operation)
        for (name, value) in attributes {
            writer.message(5) { attribute in
                attribute.string(1, name)
                switch value {
                case .integer(let value):
                    attribute.integer(3, value)
                    attribute.integer(20, 2)
                case .integers(let values):
                    for value in values { attribute.integer(8, value) }
                    attribute.integer(20, 7)
                case .strings(let values):
                    for value in values { attribute.string(9, value) }
                    attribute.integer(20, 8)
                }
            }
        }
        if isML { writer.string(7, ONNXNode.mlDomain) }
    }
}
