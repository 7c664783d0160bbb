import Estimators
public import Foundation
import ModelFiles

/// A model file that training is saved to, so that another process can resume it where this one ends too early.
///
/// ```swift
/// try mlp.fit(x, y, checkpoint: CheckpointFile(url, every: 10))
///
/// // In another process, where that one ended too early:
/// var mlp = try MLPClassifier<Int, Double>(contentsOf: url)
/// try mlp.resume(x, y, checkpoint: CheckpointFile(url, every: 10))
/// ```
///
/// The file is replaced as a whole: whenever the process is killed, one of its checkpoints is there, intact.
public struct CheckpointFile: Sendable, Equatable {
    /// The file, in a folder that exists.
    public var url: URL

    /// How many epochs go by from one checkpoint to the next, at least 1; for `.lbfgs`, iterations. Default 1.
    public var every: Int

    /// A file that is written every so many epochs, and when training ends.
    public init(_ url: URL, every: Int = 1) {
        self.url = url
        self.every = every
    }

    /// Rejects, before hours of training, a file that could not be written after them.
    ///
    /// - Throws: `EstimatorError.invalidParameter`; `ModelFileError.unwritable`.
    func check() throws {
        try Check.require(every >= 1, parameter: "every", every, allowed: "a number of epochs of at least 1")
        try AtomicFile.check(url)
    }
}

extension MultilayerPerceptron {
    /// Writes a checkpoint of this estimator whenever one is due; nil for no file.
    ///
    /// - Throws: `EstimatorError.invalidParameter`; `ModelFileError.unwritable`.
    func checkpoints(in file: CheckpointFile?) throws -> ((_ model: () -> TrainedModel<Scalar>) throws -> Void)? {
        guard let file else { return nil }
        try file.check()
        var estimator = self
        var epochs = 0
        return { model in
            epochs += 1
            guard epochs % file.every == 0 else { return }
            let model = model()
            // Training is about to throw that it has diverged; the checkpoint before can still be resumed.
            guard model.validationError == nil else { return }
            estimator._fitted.model = model
            try estimator.save(to: file.url)
        }
    }
}
