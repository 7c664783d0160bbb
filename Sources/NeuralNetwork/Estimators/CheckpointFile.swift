import Estimators
public import Foundation
import ModelFiles

/// A model file in which training notes how far it has come, so that a process that ends too early can be followed by one
/// that resumes.
///
/// ```swift
/// try mlp.fit(x, y, checkpoint: CheckpointFile(url, every: 10))
///
/// // In another process, where that one did not come to its end:
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

    /// Refuses, before hours of training, what could not be written after them.
    ///
    /// - Throws: `EstimatorError.invalidParameter`; `ModelFileError.unwritable`.
    func check() throws {
        guard every >= 1 else {
            throw EstimatorError.invalidParameter(
                name: "every", value: "\(every)", allowed: "a number of epochs of at least 1")
        }
        try AtomicFile.check(url)
    }
}

extension MultilayerPerceptron where Self: Storable {
    /// What writes a checkpoint of this estimator whenever one is due.
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
            // Training will say in a moment that it has diverged; what was written before can still be resumed.
            guard model.defect == nil else { return }
            estimator.fitted.model = model
            try estimator.save(to: file.url)
        }
    }

    /// Writes the model that training has come to.
    ///
    /// - Throws: `ModelFileError.unwritable`.
    func finish(_ file: CheckpointFile?) throws {
        if let file { try save(to: file.url) }
    }
}
