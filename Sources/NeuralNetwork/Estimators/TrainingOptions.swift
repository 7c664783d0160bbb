public import Estimators
package import ModelFiles

/// The options of one call of `fit`, `resume` or `partialFit`. Not for clients.
public struct _NetworkOptions: _TrainingOptions {
    /// Which method was called.
    package enum Method { case fit, resume, partialFit }

    package let method: Method
    /// All classes that `partialFit` was told: labels of the classifier's type; nil for none.
    var classes: Any?
    /// The file to save training to; nil for none.
    package var checkpoint: CheckpointFile?
    /// Called after each epoch; decides whether training continues.
    package var onEpoch: OnEpoch?
    /// The group of processes that train together; nil for a single process.
    package var group: GroupCall?
    /// Returns what to save when the network is a part of another model; nil for the network itself.
    private var whole: ((_ part: Any) -> Any)?

    package init(
        _ method: Method, classes: Any? = nil, checkpoint: CheckpointFile? = nil, group: GroupCall? = nil,
        onEpoch: OnEpoch? = nil
    ) {
        (self.method, self.classes, self.checkpoint, self.onEpoch) = (method, classes, checkpoint, onEpoch)
        self.group = group
    }

    /// Returns what a checkpoint holds: the network, or the model that it is a part of.
    ///
    /// - Throws: `EstimatorError.notSupported` for a model that cannot be saved.
    package func saved(_ network: some Storable) throws -> any Storable {
        let model = whole?(network) ?? network
        guard let model = model as? any Storable else {
            throw EstimatorError.notSupported("a checkpoint of \(type(of: model)), which cannot be saved")
        }
        return model
    }

    /// Whether the call is one of `partialFit`.
    public var isIncremental: Bool { method == .partialFit }

    /// The options for a part of a model. Checkpoints are those of the whole model.
    public func forPart<Part, Whole>(_ whole: @escaping (_ part: Part) -> Whole) -> Self {
        var options = self
        options.whole = { [outer = self.whole] part in
            guard let part = part as? Part else { return part }
            let model = whole(part)
            return outer?(model) ?? model
        }
        return options
    }
}
