public import Composition
public import Estimators
public import Foundation
public import LinearAlgebra

/// A model that can be exported as ONNX, the format of ONNX Runtime and many other runtimes.
///
/// ```swift
/// try pipeline.exportONNX(to: url)
/// ```
///
/// The input is `X`: samples × features in the model's precision. The outputs of a classifier are `label` and
/// `probabilities`; the output of a regressor is `variable`. Names, shapes and types are those of skl2onnx without
/// ZipMap.
public protocol ONNXExportable {
    /// The type of the features.
    associatedtype Scalar: MatrixScalar

    /// Appends the nodes that compute the outputs from `features`.
    ///
    /// - Throws: `EstimatorError.notFitted`, or ``InterchangeError/notExportable(_:)``.
    func append(to graph: inout ONNXGraph, features: String) throws
}

/// A transformer that can be exported as a part of an ONNX model.
public protocol ONNXTransformer: Transformer {
    /// Appends the nodes that transform `features`.
    ///
    /// - Returns: the name of the transformed features.
    /// - Throws: `EstimatorError.notFitted`, or ``InterchangeError/notExportable(_:)``.
    func append(to graph: inout ONNXGraph, features: String) throws -> String
}

extension ONNXExportable {
    /// Writes the model to a file, with operators of opset ``ONNXGraph/opset``.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; ``InterchangeError/notExportable(_:)`` if ONNX cannot
    ///   represent the model; Foundation's error if the file cannot be written.
    public func exportONNX(to url: URL) throws { try onnxModel().write(to: url, options: .atomic) }

    /// Returns the bytes that ``exportONNX(to:)`` writes.
    ///
    /// - Throws: what ``exportONNX(to:)`` throws, except for file errors.
    public func onnxModel() throws -> Data {
        var graph = ONNXGraph(scalar: ONNXTensor.ElementType(Scalar.self))
        try append(to: &graph, features: ONNXGraph.input)
        return try graph.model(named: "\(Self.self)")
    }
}

extension Pipeline: ONNXExportable where Steps: ONNXTransformer, Last: ONNXExportable {
    /// Appends the transformer and then the estimator.
    ///
    /// - Throws: any error of the two.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        try last.append(to: &graph, features: transformer.append(to: &graph, features: features))
    }
}

extension Chain: ONNXTransformer where First: ONNXTransformer, Second: ONNXTransformer {
    /// Appends both transformers.
    ///
    /// - Throws: any error of the two.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try second.append(to: &graph, features: first.append(to: &graph, features: features))
    }
}
