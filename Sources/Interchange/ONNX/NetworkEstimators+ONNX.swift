public import Estimators
import LinearAlgebra
public import NeuralNetwork

extension MLPClassifier: ONNXExportable where Target: ONNXTarget {
    /// Appends the network and the nodes that compute the class from its outputs.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        guard !fitted.coefs.isEmpty else { throw EstimatorError.notFitted(estimator: "MLPClassifier") }
        let outputs = graph.append(fitted, features: features)
        var probabilities = outputs
        if Target.isMultilabel {
            let isLikely = graph.node("Greater", probabilities, graph.number(0.5))
            graph.output(graph.cast(isLikely, to: .int64), as: "label", .int64, columns: [classes.count])
        } else {
            let numbers: String
            if classes.count == 2 {
                // The only output is the probability of the second class.
                probabilities = graph.sideBySide([graph.node("Sub", graph.number(1), outputs), outputs])
                let isSecond = graph.cast(graph.node("Greater", outputs, graph.number(0.5)), to: .int64)
                numbers = graph.node("Reshape", isSecond, graph.integers([-1]))
            } else {
                numbers = graph.node("ArgMax", probabilities, attributes: ["axis": 1, "keepdims": 0])
            }
            let labels = Target.tensor(of: classes)
            let label = graph.node("Gather", graph.constant(labels), numbers, attributes: ["axis": 0])
            graph.output(label, as: "label", labels.type, columns: [])
        }
        graph.output(probabilities, as: "probabilities", graph.scalar, columns: [classes.count])
    }
}

extension MLPRegressor: ONNXExportable {
    /// Appends the network.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        guard let outputs = fitted.nOutputs else { throw EstimatorError.notFitted(estimator: "MLPRegressor") }
        let predictions = graph.append(fitted, features: features)
        graph.output(predictions, as: "variable", graph.scalar, columns: [outputs])
    }
}

extension ONNXGraph {
    /// Appends a network's layers.
    fileprivate mutating func append<Scalar>(_ network: FittedNetwork<Scalar>, features: String) -> String {
        var values = features
        let last = network.coefs.count - 1
        for (layer, (coefficients, intercepts)) in zip(network.coefs, network.intercepts).enumerated() {
            expect(values, columns: coefficients.rows)
            let weights = constant(
                ONNXTensor(coefficients.elements, shape: [coefficients.rows, coefficients.columns]))
            let biases = constant(ONNXTensor(intercepts, shape: [intercepts.count]))
            values = node("Gemm", values, weights, biases)
            if layer < last {
                if let activation = network.hiddenActivation { values = apply(activation, to: values) }
            } else {
                let (function, attributes) = (network.outActivation ?? .identity).onnx
                values = node(function, [values], attributes: attributes)
            }
        }
        return values
    }
}

extension ONNXGraph {
    /// Appends a hidden activation, made of operators that ONNX Runtime has in both precisions.
    mutating func apply(_ activation: Activation, to z: String) -> String {
        switch activation {
        case .identity: return z
        case .logistic: return node("Sigmoid", z)
        case .tanh: return node("Tanh", z)
        case .relu: return node("Relu", z)
        case .leakyReLU: return node("Max", z, node("Mul", z, number(0.01)))
        case .elu: return node("Add", node("Relu", z), negativeExponential(z))
        case .selu:
            let negative = node("Mul", negativeExponential(z), number(1.6732632423543772))
            return node("Mul", node("Add", node("Relu", z), negative), number(1.0507009873554805))
        case .gelu: return node("Mul", z, normalProbability(z))
        case .silu: return node("Mul", z, node("Sigmoid", z))
        case .mish: return node("Mul", z, tanhSoftplus(z))
        case .softplus: return softplus(z)
        }
    }

    /// exp(min(z, 0)) − 1
    private mutating func negativeExponential(_ z: String) -> String {
        node("Sub", node("Exp", node("Min", z, number(0))), number(1))
    }

    /// tanh(log(1 + e)) = n / (n + 2) with e = exp(z) and n = e · (e + 2). From z = 30 on, it is 1.
    private mutating func tanhSoftplus(_ z: String) -> String {
        let (e, two) = (node("Exp", node("Min", z, number(30))), number(2))
        let n = node("Mul", e, node("Add", e, two))
        return node("Div", n, node("Add", n, two))
    }

    /// max(z, 0) + log(1 + exp(−|z|)), which cannot overflow.
    private mutating func softplus(_ z: String) -> String {
        let small = node("Exp", node("Neg", node("Abs", z)))
        return node("Add", node("Relu", z), node("Log", node("Add", small, number(1))))
    }
}

extension OutActivation {
    /// The operator and its attributes.
    fileprivate var onnx: (String, KeyValuePairs<String, ONNXNode.Attribute>) {
        switch self {
        case .identity: ("Identity", [:])
        case .logistic: ("Sigmoid", [:])
        case .tanh: ("Tanh", [:])
        case .relu: ("Relu", [:])
        case .softmax: ("Softmax", ["axis": 1])
        case .exp: ("Exp", [:])
        }
    }
}

// MARK: - Labels

/// A target whose classes ONNX can represent: `Int` and indicators as int64, `String` as string, `Bool` as bool. Your
/// own label types can conform if their raw value is `Int` or `String`.
///
/// ```swift
/// enum Species: String, ClassLabel, ONNXTarget { case setosa, versicolor, virginica }
/// ```
public protocol ONNXTarget: ClassificationTarget {
    /// Returns the classes as a constant.
    static func tensor(of classes: [Label]) -> ONNXTensor
}

extension Int: ONNXTarget {
    /// Returns the classes as int64.
    public static func tensor(of classes: [Int]) -> ONNXTensor { ONNXTensor(classes, shape: [classes.count]) }
}

extension String: ONNXTarget {
    /// Returns the classes as strings.
    public static func tensor(of classes: [String]) -> ONNXTensor { ONNXTensor(classes) }
}

extension Bool: ONNXTarget {
    /// Returns the classes as bool.
    public static func tensor(of classes: [Bool]) -> ONNXTensor { ONNXTensor(classes) }
}

extension Array: ONNXTarget where Element == Int {
    /// Returns the column numbers as int64.
    public static func tensor(of classes: [Int]) -> ONNXTensor { Int.tensor(of: classes) }
}

extension ONNXTarget where Self: RawRepresentable & ClassLabel, RawValue: ONNXTarget & ClassLabel {
    /// Returns the raw values of the classes.
    public static func tensor(of classes: [Self]) -> ONNXTensor { RawValue.tensor(of: classes.map(\.rawValue)) }
}
