import Estimators
public import NeuralNetwork

/// The constants of a network for tables: its layers, the encoding of columns, and the training.
///
/// The default is ``strong``. ``realMLP`` is the network of pytabkit, constant by constant:
///
/// ```swift
/// let plain = TabularMLPClassifier<Int>(.realMLP, randomState: 0)
/// var settings = TabularSettings.strong
/// settings.hiddenLayerSizes = [512, 512]
/// let wide = TabularMLPRegressor(settings, randomState: 0)
/// ```
///
/// The defaults are those of RealMLP-TD (D. Holzmüller, L. Grinsztajn, I. Steinwart, "Better by default: strong
/// pre-tuned MLPs and boosted trees on tabular data", 2024), unless the description of a property gives another value
/// for RealMLP. `fit` throws `EstimatorError.invalidParameter` for a value outside its range.
public struct TabularSettings: Equatable, Sendable, Codable {
    /// The number of units in each hidden layer: at least one layer, each from 1 to 65,536. Default `[192, 192]`. RealMLP
    /// has `[256, 256, 256]`.
    ///
    /// On 16 tables, `[192, 192]` with ``learningRateFactor`` 0.75 took two fifths of the time of `[256, 256, 256]` with 1. The
    /// error was 0.3 percent higher on average, which can be chance.
    public var hiddenLayerSizes = [192, 192]

    /// The activation function of the hidden layers. Default `.mish`. RealMLP has nil, which selects `.selu` for a
    /// classifier and `.mish` for a regressor.
    ///
    /// With piecewise linear embeddings, `.mish` had less error for classifiers too.
    public var activation: Activation? = .mish

    /// The factor of the learning rate for the activation weight that each unit learns, at least 0. Default 0.1.
    ///
    /// The output of a unit with activation weight a is z + a · (f(z) − z). The activation weight starts
    /// at 1, and it stays 1 if the factor is 0.
    public var activationRateFactor = 0.1

    /// The features that the network computes from a number, in addition to its scaled value. Default
    /// `.piecewiseLinear(bins: 48, size: 8)`. RealMLP has `.periodic(frequencies: 16, size: 3, sigma: 0.1)`.
    ///
    /// On nine tables, piecewise linear embeddings with 16 bins had one sixteenth less error than those of RealMLP. On
    /// six of eight tables, 48 bins had less error than 16.
    public var numericEmbedding = NumericEmbedding.piecewiseLinear(bins: 48, size: 8)

    /// The factor of the learning rate for the parameters of the numeric embedding, at least 0. Default 0.1.
    public var embeddingRateFactor = 0.1

    /// The maximum number of categories in a column that is one-hot encoded, at least 0. Columns with more categories
    /// are embedded. Default 8.
    public var oneHotAtMost = 8

    /// The minimum number of rows that contain a category of an embedded column, at least 1. A category that occurs in
    /// fewer rows is treated as unknown. Default 5. RealMLP has 1.
    ///
    /// On a table with a column of thousands of categories, 5 had one eighth less error than 1.
    public var leastCategoryCount = 5

    /// The number of outputs of the embedding of a category, from 1 to 4096. Default 8.
    public var embeddingSize = 8

    /// The bound of scaled numbers, above 0. A scaled number x is replaced by x / √(1 + (x / clip)²), which is between
    /// −`clip` and `clip`. Default 3.
    public var clip = 3.0

    /// The maximum learning rate, above 0. Default nil, for ``learningRateFactor`` times the rate of RealMLP, which is 0.04
    /// in a classifier and 0.2 in a regressor.
    public var learningRateInit: Double?

    /// The factor of the learning rate if ``learningRateInit`` is nil, above 0; nil means 1. Default 0.75. RealMLP has nil.
    ///
    /// With two hidden layers, 0.75 had less error than 1 on 10 of 14 tables. 0.5 had less error on most small tables, and
    /// more on California housing.
    public var learningRateFactor: Double? = 0.75

    /// The schedule of the learning rate. The rate of a step is ``learningRateInit`` times the factor of the schedule.
    /// Default `.cosineLog(cycles: 4)`.
    public var schedule = Schedule.cosineLog(cycles: 4)

    /// The factor of the learning rate for the scale layer, which multiplies each input of the first dense layer by a
    /// learned number; at least 0. Default 6.
    public var scaleRateFactor = 6.0

    /// The factor of the learning rate for biases, at least 0. Default 0.1.
    public var biasRateFactor = 0.1

    /// The decay rate of Adam's first-moment estimate, in [0, 1). Default 0.9.
    public var beta1 = 0.9

    /// The decay rate of Adam's second-moment estimate, in [0, 1). Default 0.95.
    public var beta2 = 0.95

    /// The small number that prevents division by 0 in Adam, above 0. Default 10⁻⁸.
    public var epsilon = 1e-8

    /// The number of samples in a mini-batch, from 1 to 1,000,000. Default 256.
    public var batchSize = 256

    /// Whether an epoch leaves out the samples that do not fill its last batch. If it is false, the sizes of batches
    /// differ by at most one sample. Default `false`. RealMLP has `true`.
    public var dropsLastBatch = false

    /// The maximum number of epochs, from 1 to 1,000,000. Default 128. RealMLP has 256, which takes twice the time and
    /// was not better.
    public var maxIter = 128

    /// The approximate maximum number of steps, from 1 to 1,000,000,000; nil for no maximum. Default 3072. RealMLP has
    /// nil.
    ///
    /// With a maximum, a table with many rows has fewer epochs than ``maxIter``: see ``epochs(rows:)``. On California
    /// housing, twice the steps did not reduce the error.
    public var maxSteps: Int? = 3_072

    /// The number of epochs without a better validation score after which a network stops training, at least 1; nil for
    /// no limit. Default nil.
    public var nIterNoChange: Int?

    /// The number of complete cycles of ``schedule`` without a better validation score after which a network stops
    /// training, at least 1; nil for no limit. Default 1. RealMLP has nil.
    ///
    /// Only `.cosineLog` has cycles. Each cycle is twice as long as the one before, and the best epoch is nearly always
    /// the last epoch of a cycle.
    public var nCyclesNoChange: Int? = 1

    /// The maximum number of restarts of a network, at least 0; nil for none. Default 4. RealMLP has nil.
    ///
    /// A network restarts from its initial weights, with half the learning rate, if the loss of an epoch is not finite
    /// or is more than ten times the loss of a constant prediction. Without a restart left, `fit` throws
    /// `EstimatorError.diverged` if the loss is not finite.
    public var maxRestarts: Int? = 4

    /// The probability, in [0, 1), that dropout sets a value of a hidden layer to 0. Default 0.2. RealMLP has 0.15,
    /// which had slightly more error on small tables.
    public var dropout = 0.2

    /// The schedule of ``dropout``. The probability in a step is ``dropout`` times the factor of the schedule. Default
    /// `.flatCosine()`.
    public var dropoutSchedule = Schedule.flatCosine()

    /// The decoupled weight decay, at least 0. Each step multiplies the weights by 1 − rate · `weightDecay`, where rate
    /// is the learning rate. Biases do not decay. Default 0.02.
    public var weightDecay = 0.02

    /// The schedule of the weight decay. The decay in a step is ``weightDecay`` times the factor of the schedule.
    /// Default `.flatCosine()`.
    public var weightDecaySchedule = Schedule.flatCosine()

    /// The part of the target of each class, in [0, 1), that is divided among all classes. Only used by a classifier.
    /// Default 0. RealMLP has 0.1.
    public var labelSmoothing = 0.0

    /// Whether a classifier keeps the epoch with the highest accuracy. If it is false, the classifier keeps the epoch
    /// with the lowest log loss. Default `false`. RealMLP has `true`.
    public var selectsByAccuracy = false

    /// Whether a regressor limits its predictions to the range of the training targets. Default `true`.
    public var clampsOutputs = true

    /// The fraction of the rows on which a single network is validated, from 0 to 0.5. Default 0.2.
    ///
    /// Several networks are validated on one fold each: see ``nEnsemble``. 0 turns validation off for any number of
    /// networks.
    public var validationFraction = 0.2

    /// The number of networks, from 1 to 10,000, whose predictions are averaged. Default 5. RealMLP has 1.
    ///
    /// A single network is validated on the fraction ``validationFraction`` of the rows, and learns from the others.
    /// Several networks divide the rows into as many folds as there are networks, but at least five. Each network is
    /// validated on a different fold and learns from the others, so together they learn from all rows. A table with
    /// fewer than two rows per fold has no validation.
    public var nEnsemble = 5

    /// The default constants.
    public static let strong = TabularSettings(unchanged: ())

    private init(unchanged: Void) {}

    /// Creates constants. Arguments that are left out have the values of ``strong``. The properties describe each
    /// argument.
    public init(
        hiddenLayerSizes: [Int] = strong.hiddenLayerSizes, activation: Activation? = strong.activation,
        activationRateFactor: Double = strong.activationRateFactor,
        numericEmbedding: NumericEmbedding = strong.numericEmbedding,
        embeddingRateFactor: Double = strong.embeddingRateFactor, oneHotAtMost: Int = strong.oneHotAtMost,
        leastCategoryCount: Int = strong.leastCategoryCount, embeddingSize: Int = strong.embeddingSize,
        clip: Double = strong.clip, learningRateInit: Double? = strong.learningRateInit,
        learningRateFactor: Double? = strong.learningRateFactor, schedule: Schedule = strong.schedule,
        scaleRateFactor: Double = strong.scaleRateFactor,
        biasRateFactor: Double = strong.biasRateFactor, beta1: Double = strong.beta1, beta2: Double = strong.beta2,
        epsilon: Double = strong.epsilon, batchSize: Int = strong.batchSize,
        dropsLastBatch: Bool = strong.dropsLastBatch, maxIter: Int = strong.maxIter,
        maxSteps: Int? = strong.maxSteps, nIterNoChange: Int? = strong.nIterNoChange,
        nCyclesNoChange: Int? = strong.nCyclesNoChange, maxRestarts: Int? = strong.maxRestarts,
        dropout: Double = strong.dropout, dropoutSchedule: Schedule = strong.dropoutSchedule,
        weightDecay: Double = strong.weightDecay,
        weightDecaySchedule: Schedule = strong.weightDecaySchedule, labelSmoothing: Double = strong.labelSmoothing,
        selectsByAccuracy: Bool = strong.selectsByAccuracy, clampsOutputs: Bool = strong.clampsOutputs,
        validationFraction: Double = strong.validationFraction, nEnsemble: Int = strong.nEnsemble
    ) {
        self.hiddenLayerSizes = hiddenLayerSizes
        self.activation = activation
        self.activationRateFactor = activationRateFactor
        self.numericEmbedding = numericEmbedding
        self.embeddingRateFactor = embeddingRateFactor
        self.oneHotAtMost = oneHotAtMost
        self.leastCategoryCount = leastCategoryCount
        self.embeddingSize = embeddingSize
        self.clip = clip
        self.learningRateInit = learningRateInit
        self.learningRateFactor = learningRateFactor
        self.schedule = schedule
        self.scaleRateFactor = scaleRateFactor
        self.biasRateFactor = biasRateFactor
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.batchSize = batchSize
        self.dropsLastBatch = dropsLastBatch
        self.maxIter = maxIter
        self.maxSteps = maxSteps
        self.nIterNoChange = nIterNoChange
        self.nCyclesNoChange = nCyclesNoChange
        self.maxRestarts = maxRestarts
        self.dropout = dropout
        self.dropoutSchedule = dropoutSchedule
        self.weightDecay = weightDecay
        self.weightDecaySchedule = weightDecaySchedule
        self.labelSmoothing = labelSmoothing
        self.selectsByAccuracy = selectsByAccuracy
        self.clampsOutputs = clampsOutputs
        self.validationFraction = validationFraction
        self.nEnsemble = nEnsemble
    }

    /// Returns the number of epochs for a table with `rows` rows: the least number of epochs that have ``maxSteps``
    /// batches, but at most ``maxIter``.
    public func epochs(rows: Int) -> Int {
        guard let maxSteps, rows > 0 else { return maxIter }
        return min(maxIter, max(1, Int((Double(maxSteps) * Double(batchSize) / Double(rows)).rounded(.up))))
    }

    /// The constants of RealMLP-TD in pytabkit 1.7.3.
    public static var realMLP: TabularSettings {
        var settings = TabularSettings()
        settings.hiddenLayerSizes = [256, 256, 256]
        settings.learningRateFactor = nil
        settings.activation = nil
        settings.numericEmbedding = .periodic(frequencies: 16, size: 3, sigma: 0.1)
        settings.leastCategoryCount = 1
        settings.dropout = 0.15
        settings.maxIter = 256
        settings.maxSteps = nil
        settings.nCyclesNoChange = nil
        settings.maxRestarts = nil
        settings.nEnsemble = 1
        settings.dropsLastBatch = true
        settings.labelSmoothing = 0.1
        settings.selectsByAccuracy = true
        return settings
    }
}

extension TabularSettings {
    /// Throws unless all values are in their range.
    ///
    /// - Throws: `EstimatorError.invalidParameter`.
    func check() throws {
        func require(_ condition: Bool, _ name: String, _ value: Any, _ allowed: String) throws {
            try Check.require(condition, parameter: name, value, allowed: allowed)
        }
        func requireFactor(_ value: Double, _ name: String) throws {
            try require(value >= 0 && value.isFinite, name, value, "a finite number of at least 0")
        }
        let widths = 1...65_536
        try require(
            !hiddenLayerSizes.isEmpty && hiddenLayerSizes.allSatisfy(widths.contains), "hiddenLayerSizes",
            hiddenLayerSizes, "at least one width, each from 1 to 65536")
        try require(numericEmbedding.isAllowed, "numericEmbedding", numericEmbedding, NumericEmbedding.allowed)
        try requireFactor(activationRateFactor, "activationRateFactor")
        try requireFactor(embeddingRateFactor, "embeddingRateFactor")
        try requireFactor(scaleRateFactor, "scaleRateFactor")
        try requireFactor(biasRateFactor, "biasRateFactor")
        try require(oneHotAtMost >= 0, "oneHotAtMost", oneHotAtMost, "at least 0")
        try require(leastCategoryCount >= 1, "leastCategoryCount", leastCategoryCount, "at least 1")
        try require((1...4_096).contains(embeddingSize), "embeddingSize", embeddingSize, "from 1 to 4096")
        try require(clip > 0 && clip.isFinite, "clip", clip, "a finite number above 0")
        if let rate = learningRateInit {
            try require(rate > 0 && rate.isFinite, "learningRateInit", rate, "a finite number above 0")
        }
        if let factor = learningRateFactor {
            try require(factor > 0 && factor.isFinite, "learningRateFactor", factor, "nil or a finite number above 0")
        }
        for (name, schedule) in [
            ("schedule", schedule), ("dropoutSchedule", dropoutSchedule), ("weightDecaySchedule", weightDecaySchedule),
        ] {
            try require(schedule.isAllowed, name, schedule, "a schedule whose factors are finite and at least 0")
        }
        for (name, beta) in [("beta1", beta1), ("beta2", beta2)] {
            try require(beta >= 0 && beta < 1, name, beta, "at least 0 and below 1")
        }
        try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, "a finite number above 0")
        try require((1...1_000_000).contains(batchSize), "batchSize", batchSize, "from 1 to 1000000")
        try require((1...1_000_000).contains(maxIter), "maxIter", maxIter, "from 1 to 1000000")
        if let steps = maxSteps {
            try require((1...1_000_000_000).contains(steps), "maxSteps", steps, "nil or from 1 to 1000000000")
        }
        try require((1...10_000).contains(nEnsemble), "nEnsemble", nEnsemble, "from 1 to 10000")
        try require(nIterNoChange ?? 1 >= 1, "nIterNoChange", nIterNoChange ?? 0, "nil or at least 1")
        try require(maxRestarts ?? 0 >= 0, "maxRestarts", maxRestarts ?? 0, "nil or at least 0")
        try require(nCyclesNoChange ?? 1 >= 1, "nCyclesNoChange", nCyclesNoChange ?? 0, "nil or at least 1")
        try require(dropout >= 0 && dropout < 1, "dropout", dropout, "at least 0 and below 1")
        try requireFactor(weightDecay, "weightDecay")
        try require(
            labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing", labelSmoothing, "at least 0 and below 1")
        try require(
            validationFraction >= 0 && validationFraction <= 0.5, "validationFraction", validationFraction,
            "from 0 to 0.5")
    }
}

extension NumericEmbedding {
    static let allowed = "none, periodic or piecewiseLinear with sizes from 1 to 4096 and a finite sigma of at least 0"

    var isAllowed: Bool {
        let sizes = 1...4_096
        return switch self {
        case .none: true
        case .periodic(let frequencies, let size, let sigma):
            sizes.contains(frequencies) && sizes.contains(size) && sigma >= 0 && sigma.isFinite
        case .piecewiseLinear(let bins, let size): sizes.contains(bins) && sizes.contains(size)
        }
    }
}

extension TabularSettings: CustomStringConvertible {
    /// The initializer call, with the values that differ from ``strong``.
    public var description: String { written(Self.self, changedParameters(self, from: .strong)) }
}
