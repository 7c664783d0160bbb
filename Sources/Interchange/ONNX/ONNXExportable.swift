public import Composition
public import Estimators
public import Foundation
public import LinearAlgebra

/// A model that can be written in ONNX, the format that ONNX Runtime and many others run.
///
/// ```swift
/// try pipeline.exportONNX(to: url)
/// ```
///
/// The input is `X`, samples × features in the model's precision. A classifier's outputs are `label` and `probabilities`,
/// a regressor's is `variable`: the names, shapes and types that skl2onnx gives them without its ZipMap.
public protocol ONNXExportable {
    /// The type of the features.
    associatedtype Scalar: MatrixScalar

    /// Appends the nodes that make the outputs of `features`.
    ///
    /// - Throws: `EstimatorError.notFitted`, or ``InterchangeError/notExportable(_:)``.
    func append(to graph: inout ONNXGraph, features: String) throws
}

/// A transformer that can be a part of such a model.
public protocol ONNXTransformer: Transformer {
    /// Appends the nodes that transform `features`.
    ///
    /// - Returns: the name of the transformed features.
    /// - Throws: `EstimatorError.notFitted`, or ``InterchangeError/notExportable(_:)``.
    func append(to graph: inout ONNXGraph, features: String) throws -> String
}

extension ONNXExportable {
    /// Writes the model to a file, with the operators of opset ``ONNXGraph/opset``.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; ``InterchangeError/notExportable(_:)`` for what ONNX has no
    ///   words for; Foundation's error where the file cannot be written.
    public func exportONNX(to url: URL) throws { try onnxModel().write(to: url, options: .atomic) }

    /// What ``exportONNX(to:)`` writes.
    ///
    /// - Throws: what that throws.
    public func onnxModel() throws -> Data {
        var graph = ONNXGraph(scalar: ONNXTensor.ElementType(Scalar.self))
        try append(to: &graph, features: ONNXGraph.input)
        return try graph.model(named: "\(Self.self)")
    }
}

extension Pipeline: ONNXExportable where Steps: ONNXTransformer, Last: ONNXExportable {
    /// Appends the transformer and then the estimator.
    ///
    /// - Throws: what they throw.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        try last.append(to: &graph, features: transformer.append(to: &graph, features: features))
    }
}

extension Chain: ONNXTransformer where First: ONNXTransformer, Second: ONNXTransformer {
    /// Appends both.
    ///
    /// - Throws: what they throw.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try second.append(to: &graph, features: first.append(to: &graph, features: features))
    }
}
