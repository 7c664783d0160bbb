public import NeuralNetwork

/// The fitted attributes of a network for tables.
public struct FittedTabularMLP: Equatable, Sendable {
    var model: TabularModel?
    var run: TabularRun?

    init(model: TabularModel? = nil, run: TabularRun? = nil) { (self.model, self.run) = (model, run) }

    /// The results of each epoch, which are means over the networks; empty before `fit`.
    ///
    /// The `validationLoss` of a classifier is the log loss, or the fraction of wrong classes if
    /// ``TabularSettings/selectsByAccuracy`` is true. That of a regressor is the squared error of standardized targets.
    public var epochs: [TrainingEpoch] { run?.epochs ?? [] }

    /// The mean training loss of each epoch.
    public var lossCurve: [Double] { epochs.map(\.loss) }

    /// The mean validation loss of each epoch; empty without validation.
    public var validationLossCurve: [Double] { epochs.compactMap(\.validationLoss) }

    /// The number of epochs.
    public var nIter: Int { epochs.count }

    /// The reason why training ended; nil before `fit`, and in a checkpoint of a run that has not ended.
    public var stopReason: StopReason? { run?.stopReason }

    /// The number of rows of the table in `fit`; nil before.
    package var trainingRows: Int? { run.flatMap { $0.fingerprint.rows } }

    /// The number of networks; 0 before `fit`.
    public var networkCount: Int { model?.members.count ?? 0 }

    /// The number of parameters of each network; 0 before `fit`.
    public var parameterCount: Int { model?.members.first?.count ?? 0 }
}
