import Estimators
public import NeuralNetwork

/// The constants of a network for tables: its layers, its training, and how it sees columns.
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
/// Values are those of RealMLP-TD (D. Holzmüller, L. Grinsztajn, I. Steinwart, "Better by default: strong pre-tuned MLPs
/// and boosted trees on tabular data", 2024) unless a property says otherwise.
public struct TabularSettings: Equatable, Sendable, Codable {
    /// The widths of the hidden layers; at least one, each at least 1.
    public var hiddenLayerSizes = [256, 256, 256]

    /// The activation of the hidden layers. Nil: RealMLP's, `.selu` for a classifier and `.mish` for a regressor. Default
    /// `.mish`: with piecewise linear embeddings it did better for classes too.
    public var activation: Activation? = .mish

    /// The factor of the learning rate for the share of the activation that each unit learns: its output is
    /// z + share · (f(z) − z). 0 keeps the share at 1.
    public var activationRateFactor = 0.1

    /// How the network sees numbers besides their scaled value. RealMLP has `.periodic(frequencies: 16, size: 3, sigma:
    /// 0.1)`. Default `.piecewiseLinear(bins: 48, size: 8)`: 16 bins had a sixteenth less error on nine tables, and 48 less
    /// than 16 on six of eight.
    public var numericEmbedding = NumericEmbedding.piecewiseLinear(bins: 48, size: 8)

    /// The factor of the learning rate for the parameters of the numeric embedding.
    public var embeddingRateFactor = 0.1

    /// Categorical columns with at most this many categories are one-hot encoded; others are embedded.
    public var oneHotAtMost = 8

    /// Categories of embedded columns that occur less often count as unknown ones. RealMLP has 1. Default 5: with a column of
    /// thousands of categories there was an eighth less error.
    public var leastCategoryCount = 5

    /// The number of outputs of the embedding of a category.
    public var embeddingSize = 8

    /// Scaled numbers x become x / √(1 + (x / clip)²), which lies in ±`clip`.
    public var clip = 3.0

    /// The highest learning rate. Nil: 0.04 for a classifier, 0.2 for a regressor.
    public var learningRateInit: Double?

    /// How the learning rate changes from step to step.
    public var schedule = Schedule.cosineLog(cycles: 4)

    /// The factor of the learning rate for the front scale: one factor per input of the first dense layer.
    public var scaleRateFactor = 6.0

    /// The factor of the learning rate for biases.
    public var biasRateFactor = 0.1

    /// Adam's decay of the mean of gradients.
    public var beta1 = 0.9

    /// Adam's decay of the mean of squared gradients.
    public var beta2 = 0.95

    /// Adam's epsilon.
    public var epsilon = 1e-8

    /// The number of samples in a batch.
    public var batchSize = 256

    /// Whether samples that do not fill the last batch of an epoch are left out, as in pytabkit. If not, batches differ by
    /// at most one sample.
    public var dropsLastBatch = false

    /// The number of epochs. RealMLP has 256. Default 128, which was as good and takes half the time.
    public var maxIter = 128

    /// The most steps that a network takes; nil for any number. Tables with many rows are trained for fewer epochs than
    /// ``maxIter``: see ``epochs(rows:)``. RealMLP has nil. Default 3072, with which California housing has as little error as
    /// with twice the steps.
    public var maxSteps: Int? = 3_072

    /// Training stops after this many epochs without a better validation score; nil: never.
    public var nIterNoChange: Int?

    /// Training stops after this many cycles of ``schedule`` without a better validation score; nil: never. The best epoch is
    /// nearly always the last of a cycle, and each cycle is twice as long as the one before. RealMLP has nil.
    public var nCyclesNoChange: Int? = 1

    /// How often a network begins anew, with half the learning rate, after an epoch whose loss is more than ten times that of a
    /// constant prediction; nil: never. A loss that is no number is an error then. RealMLP has nil.
    public var maxRestarts: Int? = 4

    /// The probability that dropout sets a value of a hidden layer to 0. RealMLP has 0.15. Default 0.2: small tables had a little
    /// less error with more.
    public var dropout = 0.2

    /// How the probability changes from step to step.
    public var dropoutSchedule = Schedule.flatCosine()

    /// In each step, weights lose this times the learning rate of their value.
    public var weightDecay = 0.02

    /// How the weight decay changes from step to step.
    public var weightDecaySchedule = Schedule.flatCosine()

    /// The share of a class's target that is divided among all classes.
    public var labelSmoothing = 0.0

    /// Whether a classifier keeps the epoch with the best accuracy. If not, that with the best log loss.
    public var selectsByAccuracy = false

    /// Whether a regressor's predictions are limited to the range of the targets it has seen.
    public var clampsOutputs = true

    /// The fraction of the samples that a single network is validated on. Several networks are validated on one fold each.
    public var validationFraction = 0.2

    /// The number of networks, from 1 to 10,000, whose predictions are averaged.
    ///
    /// A single network is validated on a part of the rows, ``validationFraction``, which it does not learn from. Of
    /// several, each is validated on another fold, so that together they learn from all rows. There are as many folds as
    /// networks, but at least five. RealMLP has 1. Default 5.
    public var nEnsemble = 5

    /// The strong default.
    public static let strong = TabularSettings(unchanged: ())

    private init(unchanged: Void) {}

    /// The strong default but for the given constants, which are those of the properties.
    public init(
        hiddenLayerSizes: [Int] = strong.hiddenLayerSizes, activation: Activation? = strong.activation,
        activationRateFactor: Double = strong.activationRateFactor,
        numericEmbedding: NumericEmbedding = strong.numericEmbedding,
        embeddingRateFactor: Double = strong.embeddingRateFactor, oneHotAtMost: Int = strong.oneHotAtMost,
        leastCategoryCount: Int = strong.leastCategoryCount, embeddingSize: Int = strong.embeddingSize,
        clip: Double = strong.clip, learningRateInit: Double? = strong.learningRateInit,
        schedule: Schedule = strong.schedule, scaleRateFactor: Double = strong.scaleRateFactor,
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

    /// The number of epochs for a table: ``maxIter``, or as many as have ``maxSteps`` batches of its rows, if they are
    /// fewer.
    public func epochs(rows: Int) -> Int {
        guard let maxSteps, rows > 0 else { return maxIter }
        return min(maxIter, max(1, Int((Double(maxSteps) * Double(batchSize) / Double(rows)).rounded(.up))))
    }

    /// RealMLP-TD as in pytabkit 1.7.3.
    public static var realMLP: TabularSettings {
        var settings = TabularSettings()
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
    /// The initializer call with the values that differ from the strong default.
    public var description: String { written(Self.self, changedParameters(self, from: .strong)) }
}
