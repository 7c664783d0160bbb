public import NeuralNetwork

/// The fitted attributes of a network for tables.
public struct FittedTabularMLP: Equatable, Sendable {
    var model: TabularModel?
    var run: TabularRun?

    init(model: TabularModel? = nil, run: TabularRun? = nil) { (self.model, self.run) = (model, run) }

    /// The results of each epoch: means over the networks. `validationLoss` is the log loss or the standardized squared
    /// error, or the rate of wrong classes if ``TabularSettings/selectsByAccuracy``. Empty before `fit`.
    public var epochs: [TrainingEpoch] { run?.epochs ?? [] }

    /// The mean training loss of each epoch.
    public var lossCurve: [Double] { epochs.map(\.loss) }

    /// The mean validation loss of each epoch; empty without validation.
    public var validationLossCurve: [Double] { epochs.compactMap(\.validationLoss) }

    /// The number of epochs.
    public var nIter: Int { epochs.count }

    /// Why training ended; nil before `fit` and in a checkpoint of a run that goes on.
    public var stopReason: StopReason? { run?.stopReason }

    /// The number of rows of the table in `fit`; nil before.
    package var trainingRows: Int? { run.flatMap { $0.fingerprint.rows } }

    /// The number of networks.
    public var networkCount: Int { model?.members.count ?? 0 }

    /// The number of parameters of each network.
    public var parameterCount: Int { model?.members.first?.count ?? 0 }
}
