import Estimators
public import Foundation
public import ModelFiles

/// A model file to which training saves checkpoints. Another process can resume an interrupted run from it.
///
/// ```swift
/// try mlp.fit(x, y, checkpoint: CheckpointFile("mlp.safetensors", every: 10))
///
/// // In another process, after the first one was interrupted:
/// var mlp = try MLPClassifier<Int, Double>(contentsOf: "mlp.safetensors")
/// try mlp.resume(x, y, checkpoint: CheckpointFile("mlp.safetensors", every: 10))
/// ```
///
/// Each checkpoint replaces the whole file at once. If the process is killed, the file still holds a complete
/// checkpoint.
public struct CheckpointFile: Sendable, Equatable {
    /// The URL of the file. Its folder must exist.
    public var url: URL

    /// The number of epochs between two checkpoints, at least 1; for `.lbfgs`, the number of iterations. Default 1.
    public var every: Int

    /// Creates a checkpoint file that is written every `every` epochs and when training ends.
    ///
    /// - Parameters:
    ///   - file: the path or the `URL` of the file, in a folder that exists.
    ///   - every: the number of epochs between two checkpoints, at least 1.
    public init(_ file: some FileLocation, every: Int = 1) {
        url = file.fileURL
        self.every = every
    }

    /// Throws if the file cannot be written, so that the error comes before training and not after it.
    ///
    /// - Throws: `EstimatorError.invalidParameter`; `ModelFileError.unwritable`.
    package func check() throws {
        try Check.require(every >= 1, parameter: "every", every, allowed: "a number of epochs of at least 1")
        try AtomicFile.check(url)
    }
}

extension MultilayerPerceptron {
    /// Returns the function that writes a checkpoint whenever one is due, or nil if there is no file.
    ///
    /// - Throws: `EstimatorError.invalidParameter`; `EstimatorError.notSupported` for a model that cannot be saved;
    ///   `ModelFileError.unwritable`.
    func checkpoints(_ options: _NetworkOptions) throws -> (
        (_ model: () throws -> TrainedModel<Scalar>) throws -> Void
    )? {
        guard let file = options.checkpoint else { return nil }
        try file.check()
        _ = try options.saved(self)
        var estimator = self
        var epochs = 0
        return { model in
            epochs += 1
            guard epochs % file.every == 0 else { return }
            let model = try model()
            // The loss has diverged and training is about to throw. Keep the previous checkpoint: it can still be
            // resumed.
            guard model.validationError == nil else { return }
            estimator._fitted.model = model
            try options.saved(estimator).save(to: file.url)
        }
    }
}
