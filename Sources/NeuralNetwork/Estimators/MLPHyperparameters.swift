public import Estimators

/// The parameters that ``MLPClassifier`` and ``MLPRegressor`` have in common.
///
/// Each is also a property of the estimator: `mlp.alpha = 0.01`. Names, meanings and defaults are scikit-learn's,
/// except for ``dropout``, ``weightDecay``, ``schedule``, ``maxGradientNorm`` and ``labelSmoothing``, which
/// scikit-learn does not have. `fit` checks the values against ``constraints``.
public struct MLPHyperparameters: Sendable, Equatable, Codable {
    /// The number of units in each hidden layer, each at least 1; empty for no hidden layers. Default `[100]`.
    public var hiddenLayerSizes: [Int]

    /// The activation function of the hidden layers. Default `.relu`.
    public var activation: Activation

    /// The method that optimizes the weights. Default `.adam`.
    public var solver: Solver

    /// The strength of the L2 penalty on the coefficients, at least 0. Default 0.0001.
    public var alpha: Double

    /// The number of samples in a mini-batch. Not used with `.lbfgs`. Default `.auto`: 200, or all samples
    /// if there are fewer.
    public var batchSize: BatchSize

    /// The rule by which the learning rate changes during training. Only used with `.sgd`. Default `.constant`.
    public var learningRate: LearningRate

    /// The initial learning rate, above 0. Not used with `.lbfgs`. Default 0.001.
    public var learningRateInit: Double

    /// The exponent of `.invscaling`, at least 0. Only used with `.sgd`. Default 0.5.
    public var powerT: Double

    /// The maximum number of iterations, at least 1. For all solvers except `.lbfgs`, these are epochs. Default 200.
    public var maxIter: Int

    /// Whether to shuffle the samples before each epoch. Not used with `.lbfgs`. Default `true`.
    public var shuffle: Bool

    /// The seed for the initial weights, the validation split, the shuffles and dropout; `nil` for a different one each
    /// time. Default `nil`.
    public var randomState: UInt32?

    /// The tolerance for the stopping criterion, at least 0. Default 0.0001.
    ///
    /// `.lbfgs` stops when no derivative exceeds `tol`. For the other solvers, an epoch that improves the loss by less
    /// than `tol` counts as an epoch without improvement: see ``nIterNoChange``. With early stopping, the monitored
    /// score or loss on the validation samples replaces the training loss.
    public var tol: Double

    /// The output during training. Default `.warnings`: one log line if training ends before it converges.
    ///
    /// `.warnings` is the same as `false`. `.silent` logs no warning. `true` prints scikit-learn's line for each epoch
    /// to standard output, and nothing for `.lbfgs`. `.progressBar` shows progress on the terminal.
    public var verbose: Verbosity

    /// Whether `fit` starts from the weights of the last call instead of random ones. Default `false`.
    public var warmStart: Bool

    /// The momentum, in [0, 1]. Only used with `.sgd`. Default 0.9.
    public var momentum: Double

    /// Whether to use Nesterov momentum. Only used with `.sgd` and a momentum above 0. Default `true`.
    public var nesterovsMomentum: Bool

    /// Whether to hold out samples for validation and stop when their score no longer improves. Not used with
    /// `.lbfgs`. Default `false`.
    public var earlyStopping: Bool

    /// The fraction of the samples that early stopping holds out for validation, in [0, 1). Default 0.1.
    public var validationFraction: Double

    /// The decay rate of the first-moment estimate, in [0, 1). Only used with `.adam` and `.adamW`. Default 0.9.
    public var beta1: Double

    /// The decay rate of the second-moment estimate, in [0, 1). Only used with `.adam` and `.adamW`. Default 0.999.
    public var beta2: Double

    /// A small number that prevents division by 0, above 0. Only used with `.adam` and `.adamW`. Default 10⁻⁸.
    public var epsilon: Double

    /// The maximum number of consecutive epochs without an improvement by ``tol``, at least 1; `.max` for no limit. Not
    /// used with `.lbfgs`. Default 10.
    public var nIterNoChange: Int

    /// The maximum number of loss evaluations, at least 1. If the solver exceeds the maximum during an iteration, it
    /// completes this iteration and then stops. Only used with `.lbfgs`. Default 15,000.
    public var maxFun: Int

    /// The probability, in [0, 1), with which a training step sets a value of a hidden layer to 0. The step divides the
    /// other values by 1 − `dropout`. Predictions and validation use all values. Not allowed with `.lbfgs`. Default 0.
    public var dropout: Double

    /// The decoupled weight decay, at least 0. Each step multiplies the coefficients by 1 − rate · `weightDecay`, where
    /// rate is the learning rate. Intercepts do not decay. Only used with `.adamW`, which does not use ``alpha``.
    /// Default 0.01.
    public var weightDecay: Double

    /// The schedule of the learning rate. The rate of a step is the solver's rate times the factor of the schedule. Not
    /// allowed with `.lbfgs`. Default `.constant`, a factor of 1.
    public var schedule: Schedule

    /// The maximum Euclidean norm of the gradient of all parameters, above 0. A step scales a longer gradient down to
    /// this norm. The gradient includes that of the L2 penalty. Not allowed with `.lbfgs`. Default nil, for no limit.
    public var maxGradientNorm: Double?

    /// The part ε, in [0, 1), of each training target that is divided among all classes. With K classes, a target of 1
    /// becomes 1 − ε + ε/K, and a target of 0 becomes ε/K. For the indicators of a multilabel target, K is 2.
    /// Validation losses use unsmoothed targets. A regressor allows only 0. Default 0.
    public var labelSmoothing: Double

    /// Creates parameters with scikit-learn's names and defaults. Each is documented at its property.
    public init(
        hiddenLayerSizes: [Int] = [100], activation: Activation = .relu, solver: Solver = .adam, alpha: Double = 0.0001,
        batchSize: BatchSize = .auto, learningRate: LearningRate = .constant, learningRateInit: Double = 0.001,
        powerT: Double = 0.5, maxIter: Int = 200, shuffle: Bool = true, randomState: UInt32? = nil, tol: Double = 1e-4,
        verbose: Verbosity = .warnings, warmStart: Bool = false, momentum: Double = 0.9, nesterovsMomentum: Bool = true,
        earlyStopping: Bool = false, validationFraction: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, nIterNoChange: Int = 10, maxFun: Int = 15000, dropout: Double = 0,
        weightDecay: Double = 0.01, schedule: Schedule = .constant, maxGradientNorm: Double? = nil,
        labelSmoothing: Double = 0
    ) {
        self.hiddenLayerSizes = hiddenLayerSizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batchSize = batchSize
        self.learningRate = learningRate
        self.learningRateInit = learningRateInit
        self.powerT = powerT
        self.maxIter = maxIter
        self.shuffle = shuffle
        self.randomState = randomState
        self.tol = tol
        self.verbose = verbose
        self.warmStart = warmStart
        self.momentum = momentum
        self.nesterovsMomentum = nesterovsMomentum
        self.earlyStopping = earlyStopping
        self.validationFraction = validationFraction
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.nIterNoChange = nIterNoChange
        self.maxFun = maxFun
        self.dropout = dropout
        self.weightDecay = weightDecay
        self.schedule = schedule
        self.maxGradientNorm = maxGradientNorm
        self.labelSmoothing = labelSmoothing
    }

    /// The allowed values of each parameter. `fit` checks these in order and throws for the first violation.
    public static let constraints: [ParameterConstraint<MLPHyperparameters>] = [
        ParameterConstraint("hiddenLayerSizes", \.hiddenLayerSizes, allowed: "integers of at least 1") { sizes in
            sizes.allSatisfy { $0 >= 1 }
        },
        .any(
            "activation", \.activation,
            "one of identity, logistic, tanh, relu, leakyReLU, elu, selu, gelu, silu, mish, softplus"),
        .any("solver", \.solver, "one of lbfgs, sgd, adam, adamW"),
        .number("alpha", \.alpha, in: .atLeast(0)),
        ParameterConstraint("batchSize", \.batchSize, allowed: "auto or an integer of at least 1") { size in
            if case .count(let count) = size { count >= 1 } else { true }
        },
        .any("learningRate", \.learningRate, "one of constant, invscaling, adaptive"),
        .number("learningRateInit", \.learningRateInit, in: .above(0)),
        .number("powerT", \.powerT, in: .atLeast(0)),
        .integer("maxIter", \.maxIter, from: 1),
        .any("shuffle", \.shuffle, "true or false"),
        .any("randomState", \.randomState, "an integer from 0 to 4294967295, or nil"),
        .number("tol", \.tol, in: .atLeast(0)),
        .any("verbose", \.verbose, "true, false, silent or progressBar"),
        .any("warmStart", \.warmStart, "true or false"),
        .number("momentum", \.momentum, in: .closed(0, 1)),
        .any("nesterovsMomentum", \.nesterovsMomentum, "true or false"),
        .any("earlyStopping", \.earlyStopping, "true or false"),
        .number("validationFraction", \.validationFraction, in: .halfOpen(0, 1)),
        .number("beta1", \.beta1, in: .halfOpen(0, 1)),
        .number("beta2", \.beta2, in: .halfOpen(0, 1)),
        .number("epsilon", \.epsilon, in: .above(0)),
        .integer("nIterNoChange", \.nIterNoChange, from: 1),
        .integer("maxFun", \.maxFun, from: 1),
        .number("dropout", \.dropout, in: .halfOpen(0, 1)),
        .number("weightDecay", \.weightDecay, in: .atLeast(0)),
        ParameterConstraint(
            "schedule", \.schedule,
            allowed:
                "constant, cosine, oneCycle, warmUp, exponential, step or a function of at least 0, with its numbers "
                + "in their ranges"
        ) { $0.isAllowed },
        ParameterConstraint("maxGradientNorm", \.maxGradientNorm, allowed: "nil or a number in (0, ∞)") { norm in
            norm.map { $0 > 0 && $0.isFinite } ?? true
        },
        .number("labelSmoothing", \.labelSmoothing, in: .halfOpen(0, 1)),
    ]

    /// Throws for the first parameter with a value that is not allowed.
    ///
    /// - Throws: `EstimatorError.invalidParameter` with its name, its value and what is allowed.
    public func check() throws {
        for constraint in MLPHyperparameters.constraints { try constraint.check(self) }
        guard solver == .lbfgs else { return }
        let allowed = "for the solver lbfgs, whose steps all use the same objective"
        try Check.require(dropout == 0, parameter: "dropout", dropout, allowed: "0 \(allowed)")
        try Check.require(schedule == .constant, parameter: "schedule", schedule, allowed: "constant \(allowed)")
        try Check.require(
            maxGradientNorm == nil, parameter: "maxGradientNorm", maxGradientNorm ?? 0, allowed: "nil \(allowed)")
    }

    /// The strength of the L2 penalty in the loss: `.adamW` has none.
    var penalty: Double { solver == .adamW ? 0 : alpha }
}

extension MLPHyperparameters {
    /// Reads parameters. Parameters that newer versions of this package have added may be missing, and then have their
    /// defaults.
    ///
    /// - Throws: `DecodingError` if another parameter is missing, or if a parameter has the wrong type.
    public init(from decoder: any Decoder) throws {
        self.init()
        let container = try decoder.container(keyedBy: CodingKeys.self)
        hiddenLayerSizes = try container.decode([Int].self, forKey: .hiddenLayerSizes)
        activation = try container.decode(Activation.self, forKey: .activation)
        solver = try container.decode(Solver.self, forKey: .solver)
        alpha = try container.decode(Double.self, forKey: .alpha)
        batchSize = try container.decode(BatchSize.self, forKey: .batchSize)
        learningRate = try container.decode(LearningRate.self, forKey: .learningRate)
        learningRateInit = try container.decode(Double.self, forKey: .learningRateInit)
        powerT = try container.decode(Double.self, forKey: .powerT)
        maxIter = try container.decode(Int.self, forKey: .maxIter)
        shuffle = try container.decode(Bool.self, forKey: .shuffle)
        randomState = try container.decodeIfPresent(UInt32.self, forKey: .randomState)
        tol = try container.decode(Double.self, forKey: .tol)
        verbose = try container.decode(Verbosity.self, forKey: .verbose)
        warmStart = try container.decode(Bool.self, forKey: .warmStart)
        momentum = try container.decode(Double.self, forKey: .momentum)
        nesterovsMomentum = try container.decode(Bool.self, forKey: .nesterovsMomentum)
        earlyStopping = try container.decode(Bool.self, forKey: .earlyStopping)
        validationFraction = try container.decode(Double.self, forKey: .validationFraction)
        beta1 = try container.decode(Double.self, forKey: .beta1)
        beta2 = try container.decode(Double.self, forKey: .beta2)
        epsilon = try container.decode(Double.self, forKey: .epsilon)
        nIterNoChange = try container.decode(Int.self, forKey: .nIterNoChange)
        maxFun = try container.decode(Int.self, forKey: .maxFun)
        dropout = try container.decodeIfPresent(Double.self, forKey: .dropout) ?? dropout
        weightDecay = try container.decodeIfPresent(Double.self, forKey: .weightDecay) ?? weightDecay
        schedule = try container.decodeIfPresent(Schedule.self, forKey: .schedule) ?? schedule
        maxGradientNorm = try container.decodeIfPresent(Double.self, forKey: .maxGradientNorm)
        labelSmoothing = try container.decodeIfPresent(Double.self, forKey: .labelSmoothing) ?? labelSmoothing
    }
}
