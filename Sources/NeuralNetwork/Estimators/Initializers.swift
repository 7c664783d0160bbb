public import Estimators
public import LinearAlgebra

// Swift has no default for generic parameters. Each estimator therefore has two flat initializers: one for any types,
// and one for the default types. All of them forward their arguments to `MLPHyperparameters`.

extension MLPClassifier {
    /// Creates a classifier with explicit target and feature types: `MLPClassifier<String, Float>(…)`.
    ///
    /// Arguments have scikit-learn's names, order and defaults. Arguments that scikit-learn does not have come last.
    /// ``MLPHyperparameters`` documents each argument and its allowed values, which `fit` checks.
    public init(
        hiddenLayerSizes: [Int] = [100], activation: Activation = .relu, solver: Solver = .adam, alpha: Double = 0.0001,
        batchSize: BatchSize = .auto, learningRate: LearningRate = .constant, learningRateInit: Double = 0.001,
        powerT: Double = 0.5, maxIter: Int = 200, shuffle: Bool = true, randomState: UInt32? = nil, tol: Double = 1e-4,
        verbose: Verbosity = .warnings, warmStart: Bool = false, momentum: Double = 0.9, nesterovsMomentum: Bool = true,
        earlyStopping: Bool = false, validationFraction: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, nIterNoChange: Int = 10, maxFun: Int = 15000,
        classWeight: ClassWeight<Target.Label>? = nil, monitor: Monitor<MLPClassifier> = .score, dropout: Double = 0,
        weightDecay: Double = 0.01, schedule: Schedule = .constant, maxGradientNorm: Double? = nil,
        labelSmoothing: Double = 0
    ) {
        self.init(
            MLPHyperparameters(
                hiddenLayerSizes: hiddenLayerSizes, activation: activation, solver: solver, alpha: alpha,
                batchSize: batchSize, learningRate: learningRate, learningRateInit: learningRateInit, powerT: powerT,
                maxIter: maxIter, shuffle: shuffle, randomState: randomState, tol: tol, verbose: verbose,
                warmStart: warmStart, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
                earlyStopping: earlyStopping, validationFraction: validationFraction, beta1: beta1, beta2: beta2,
                epsilon: epsilon, nIterNoChange: nIterNoChange, maxFun: maxFun, dropout: dropout,
                weightDecay: weightDecay, schedule: schedule, maxGradientNorm: maxGradientNorm,
                labelSmoothing: labelSmoothing))
        self.classWeight = classWeight
        self.monitor = monitor
    }
}

extension MLPClassifier where Target == Int, Scalar == Double {
    /// Creates a classifier of `Int` labels with `Double` features.
    ///
    /// Arguments have scikit-learn's names, order and defaults. Arguments that scikit-learn does not have come last.
    /// ``MLPHyperparameters`` documents each argument and its allowed values, which `fit` checks.
    public init(
        hiddenLayerSizes: [Int] = [100], activation: Activation = .relu, solver: Solver = .adam, alpha: Double = 0.0001,
        batchSize: BatchSize = .auto, learningRate: LearningRate = .constant, learningRateInit: Double = 0.001,
        powerT: Double = 0.5, maxIter: Int = 200, shuffle: Bool = true, randomState: UInt32? = nil, tol: Double = 1e-4,
        verbose: Verbosity = .warnings, warmStart: Bool = false, momentum: Double = 0.9, nesterovsMomentum: Bool = true,
        earlyStopping: Bool = false, validationFraction: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, nIterNoChange: Int = 10, maxFun: Int = 15000,
        classWeight: ClassWeight<Target.Label>? = nil, monitor: Monitor<MLPClassifier> = .score, dropout: Double = 0,
        weightDecay: Double = 0.01, schedule: Schedule = .constant, maxGradientNorm: Double? = nil,
        labelSmoothing: Double = 0
    ) {
        self.init(
            MLPHyperparameters(
                hiddenLayerSizes: hiddenLayerSizes, activation: activation, solver: solver, alpha: alpha,
                batchSize: batchSize, learningRate: learningRate, learningRateInit: learningRateInit, powerT: powerT,
                maxIter: maxIter, shuffle: shuffle, randomState: randomState, tol: tol, verbose: verbose,
                warmStart: warmStart, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
                earlyStopping: earlyStopping, validationFraction: validationFraction, beta1: beta1, beta2: beta2,
                epsilon: epsilon, nIterNoChange: nIterNoChange, maxFun: maxFun, dropout: dropout,
                weightDecay: weightDecay, schedule: schedule, maxGradientNorm: maxGradientNorm,
                labelSmoothing: labelSmoothing))
        self.classWeight = classWeight
        self.monitor = monitor
    }
}

extension MLPRegressor {
    /// Creates a regressor with explicit target and feature types: `MLPRegressor<[Double], Double>(…)`.
    ///
    /// Arguments have scikit-learn's names, order and defaults. Arguments that scikit-learn does not have come last.
    /// ``MLPHyperparameters`` documents each argument and its allowed values, which `fit` checks.
    public init(
        loss: RegressionLoss = .squaredError, hiddenLayerSizes: [Int] = [100], activation: Activation = .relu,
        solver: Solver = .adam, alpha: Double = 0.0001, batchSize: BatchSize = .auto,
        learningRate: LearningRate = .constant, learningRateInit: Double = 0.001, powerT: Double = 0.5,
        maxIter: Int = 200, shuffle: Bool = true, randomState: UInt32? = nil, tol: Double = 1e-4,
        verbose: Verbosity = .warnings, warmStart: Bool = false, momentum: Double = 0.9, nesterovsMomentum: Bool = true,
        earlyStopping: Bool = false, validationFraction: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, nIterNoChange: Int = 10, maxFun: Int = 15000,
        monitor: Monitor<MLPRegressor> = .score, dropout: Double = 0, weightDecay: Double = 0.01,
        schedule: Schedule = .constant, maxGradientNorm: Double? = nil
    ) {
        self.init(
            loss: loss,
            MLPHyperparameters(
                hiddenLayerSizes: hiddenLayerSizes, activation: activation, solver: solver, alpha: alpha,
                batchSize: batchSize, learningRate: learningRate, learningRateInit: learningRateInit, powerT: powerT,
                maxIter: maxIter, shuffle: shuffle, randomState: randomState, tol: tol, verbose: verbose,
                warmStart: warmStart, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
                earlyStopping: earlyStopping, validationFraction: validationFraction, beta1: beta1, beta2: beta2,
                epsilon: epsilon, nIterNoChange: nIterNoChange, maxFun: maxFun, dropout: dropout,
                weightDecay: weightDecay, schedule: schedule, maxGradientNorm: maxGradientNorm))
        self.monitor = monitor
    }
}

extension MLPRegressor where Target == Double, Scalar == Double {
    /// Creates a regressor of `Double` targets with `Double` features.
    ///
    /// Arguments have scikit-learn's names, order and defaults. Arguments that scikit-learn does not have come last.
    /// ``MLPHyperparameters`` documents each argument and its allowed values, which `fit` checks.
    public init(
        loss: RegressionLoss = .squaredError, hiddenLayerSizes: [Int] = [100], activation: Activation = .relu,
        solver: Solver = .adam, alpha: Double = 0.0001, batchSize: BatchSize = .auto,
        learningRate: LearningRate = .constant, learningRateInit: Double = 0.001, powerT: Double = 0.5,
        maxIter: Int = 200, shuffle: Bool = true, randomState: UInt32? = nil, tol: Double = 1e-4,
        verbose: Verbosity = .warnings, warmStart: Bool = false, momentum: Double = 0.9, nesterovsMomentum: Bool = true,
        earlyStopping: Bool = false, validationFraction: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, nIterNoChange: Int = 10, maxFun: Int = 15000,
        monitor: Monitor<MLPRegressor> = .score, dropout: Double = 0, weightDecay: Double = 0.01,
        schedule: Schedule = .constant, maxGradientNorm: Double? = nil
    ) {
        self.init(
            loss: loss,
            MLPHyperparameters(
                hiddenLayerSizes: hiddenLayerSizes, activation: activation, solver: solver, alpha: alpha,
                batchSize: batchSize, learningRate: learningRate, learningRateInit: learningRateInit, powerT: powerT,
                maxIter: maxIter, shuffle: shuffle, randomState: randomState, tol: tol, verbose: verbose,
                warmStart: warmStart, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
                earlyStopping: earlyStopping, validationFraction: validationFraction, beta1: beta1, beta2: beta2,
                epsilon: epsilon, nIterNoChange: nIterNoChange, maxFun: maxFun, dropout: dropout,
                weightDecay: weightDecay, schedule: schedule, maxGradientNorm: maxGradientNorm))
        self.monitor = monitor
    }
}
