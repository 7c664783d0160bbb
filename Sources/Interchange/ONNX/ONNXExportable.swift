public import Estimators
public import Foundation
public import LinearAlgebra
public import ModelFiles

/// A model that can be exported as ONNX, the format of ONNX Runtime and many other runtimes.
///
/// ```swift
/// try pipeline.exportONNX(to: "model.onnx")
/// ```
///
/// The input is `X`: samples × features in the model's precision. A model of tables has an input for every column
/// instead: rows × 1, of doubles with NaN for a gap, or of strings with an empty one for a gap. The outputs of a
/// classifier are `label` and `probabilities`; the output of a regressor is `variable`. Names, shapes and types are
/// those of skl2onnx without ZipMap.
public protocol ONNXExportable {
    /// The type of the features.
    associatedtype Scalar: MatrixScalar

    /// Appends the nodes that compute the outputs from `features`, or from the columns of a table.
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

/// A transformer that can be exported with its inverse, as the transformer of targets.
public protocol ONNXInvertibleTransformer: ONNXTransformer, InvertibleTransformer {
    /// Appends the nodes that undo the transformation of `features`.
    ///
    /// - Returns: the name of the original features.
    /// - Throws: `EstimatorError.notFitted`, or ``InterchangeError/notExportable(_:)``.
    func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String
}

extension ONNXExportable {
    /// Writes the model to a file, named by its path or `URL`, with operators of opset ``ONNXGraph/opset``.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; ``InterchangeError/notExportable(_:)`` if ONNX cannot
    ///   represent the model; `ModelFileError.unwritable` if the file cannot be written.
    public func exportONNX(to file: some FileLocation) throws { try AtomicFile.write(onnxModel(), to: file) }

    /// Returns the bytes that ``exportONNX(to:)`` writes.
    ///
    /// - Throws: what ``exportONNX(to:)`` throws, except for file errors.
    public func onnxModel() throws -> Data {
        var graph = ONNXGraph(scalar: ONNXTensor.ElementType(Scalar.self))
        try append(to: &graph, features: ONNXGraph.input)
        return try graph.model(named: "\(Self.self)")
    }
}

extension InterchangeError {
    /// Says which part of a model ONNX cannot represent, and why.
    static func notExportable(part: some Any, because reason: String) -> InterchangeError {
        .notExportable("ONNX cannot represent \(part): \(reason)")
    }
}
