public import Estimators

/// The options of one call of `fit`, `resume` or `partialFit`. Not for clients.
public struct _NetworkOptions: _TrainingOptions {
    /// Which method was called.
    enum Method { case fit, resume, partialFit }

    let method: Method
    /// All classes that `partialFit` was told: labels of the classifier's type; nil for none.
    var classes: Any?
    /// The file to save training to; nil for none.
    var checkpoint: CheckpointFile?
    /// Called after each epoch; decides whether training continues.
    var onEpoch: OnEpoch?
    /// Returns what to save when the network is a part of another model; nil for the network itself.
    private(set) var whole: ((_ part: Any) -> Any)?

    init(_ method: Method, classes: Any? = nil, checkpoint: CheckpointFile? = nil, onEpoch: OnEpoch? = nil) {
        (self.method, self.classes, self.checkpoint, self.onEpoch) = (method, classes, checkpoint, onEpoch)
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
