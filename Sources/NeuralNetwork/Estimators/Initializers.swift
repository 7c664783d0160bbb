public import Estimators
public import LinearAlgebra

// Swift has no default for a generic parameter, so that each estimator has its flat initializer twice: for any types, and
// for the types that it has where none are written. All hand their arguments to the initializer of the
// parameters.

extension MLPClassifier {
    /// A classifier of the targets and features written out in its type.
    ///
    /// Arguments, their order and their defaults are scikit-learn's, and what scikit-learn does not have follows them.
    /// ``MLPHyperparameters`` says what each means and what it may be, which `fit` checks.
    public init(
        hiddenLayerSizes: [Int] = [100], activation: Activation = .relu, solver: Solver = .adam, alpha: Double = 0.0001,
        batchSize: BatchSize = .auto, learningRate: LearningRate = .constant, learningRateInit: Double = 0.001,
        powerT: Double = 0.5, maxIter: Int = 200, shuffle: Bool = true, randomState: UInt32? = nil, tol: Double = 1e-4,
        verbose: Verbosity = false, warmStart: Bool = false, momentum: Double = 0.9, nesterovsMomentum: Bool = true,
        earlyStopping: Bool = false, validationFraction: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, nIterNoChange: Int = 10, maxFun: Int = 15000,
        classWeight: ClassWeight<Target.Label>? = nil, monitor: Monitor<MLPClassifier> = .score
    ) {
        self.init(
            MLPHyperparameters(
                hiddenLayerSizes: hiddenLayerSizes, activation: activation, solver: solver, alpha: alpha,
                batchSize: batchSize, learningRate: learningRate, learningRateInit: learningRateInit, powerT: powerT,
                maxIter: maxIter, shuffle: shuffle, randomState: randomState, tol: tol, verbose: verbose,
                warmStart: warmStart, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
                earlyStopping: earlyStopping, validationFraction: validationFraction, beta1: beta1, beta2: beta2,
                epsilon: epsilon, nIterNoChange: nIterNoChange, maxFun: maxFun))
        self.classWeight = classWeight
        self.monitor = monitor
    }
}

extension MLPClassifier where Target == Int, Scalar == Double {
    /// A classifier of `Int` labels by `Double` features.
    ///
    /// Arguments, their order and their defaults are scikit-learn's, and what scikit-learn does not have follows them.
    /// ``MLPHyperparameters`` says what each means and what it may be, which `fit` checks.
    public init(
        hiddenLayerSizes: [Int] = [100], activation: Activation = .relu, solver: Solver = .adam, alpha: Double = 0.0001,
        batchSize: BatchSize = .auto, learningRate: LearningRate = .constant, learningRateInit: Double = 0.001,
        powerT: Double = 0.5, maxIter: Int = 200, shuffle: Bool = true, randomState: UInt32? = nil, tol: Double = 1e-4,
        verbose: Verbosity = false, warmStart: Bool = false, momentum: Double = 0.9, nesterovsMomentum: Bool = true,
        earlyStopping: Bool = false, validationFraction: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, nIterNoChange: Int = 10, maxFun: Int = 15000,
        classWeight: ClassWeight<Target.Label>? = nil, monitor: Monitor<MLPClassifier> = .score
    ) {
        self.init(
            MLPHyperparameters(
                hiddenLayerSizes: hiddenLayerSizes, activation: activation, solver: solver, alpha: alpha,
                batchSize: batchSize, learningRate: learningRate, learningRateInit: learningRateInit, powerT: powerT,
                maxIter: maxIter, shuffle: shuffle, randomState: randomState, tol: tol, verbose: verbose,
                warmStart: warmStart, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
                earlyStopping: earlyStopping, validationFraction: validationFraction, beta1: beta1, beta2: beta2,
                epsilon: epsilon, nIterNoChange: nIterNoChange, maxFun: maxFun))
        self.classWeight = classWeight
        self.monitor = monitor
    }
}

extension MLPRegressor {
    /// A regressor of the targets and features written out in its type.
    ///
    /// Arguments, their order and their defaults are scikit-learn's, and what scikit-learn does not have follows them.
    /// ``MLPHyperparameters`` says what each means and what it may be, which `fit` checks.
    public init(
        loss: RegressionLoss = .squaredError, hiddenLayerSizes: [Int] = [100], activation: Activation = .relu,
        solver: Solver = .adam, alpha: Double = 0.0001, batchSize: BatchSize = .auto,
        learningRate: LearningRate = .constant, learningRateInit: Double = 0.001, powerT: Double = 0.5,
        maxIter: Int = 200, shuffle: Bool = true, randomState: UInt32? = nil, tol: Double = 1e-4,
        verbose: Verbosity = false, warmStart: Bool = false, momentum: Double = 0.9, nesterovsMomentum: Bool = true,
        earlyStopping: Bool = false, validationFraction: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, nIterNoChange: Int = 10, maxFun: Int = 15000,
        monitor: Monitor<MLPRegressor> = .score
    ) {
        self.init(
            loss: loss,
            MLPHyperparameters(
                hiddenLayerSizes: hiddenLayerSizes, activation: activation, solver: solver, alpha: alpha,
                batchSize: batchSize, learningRate: learningRate, learningRateInit: learningRateInit, powerT: powerT,
                maxIter: maxIter, shuffle: shuffle, randomState: randomState, tol: tol, verbose: verbose,
                warmStart: warmStart, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
                earlyStopping: earlyStopping, validationFraction: validationFraction, beta1: beta1, beta2: beta2,
                epsilon: epsilon, nIterNoChange: nIterNoChange, maxFun: maxFun))
        self.monitor = monitor
    }
}

extension MLPRegressor where Target == Double, Scalar == Double {
    /// A regressor of `Double` targets by `Double` features.
    ///
    /// Arguments, their order and their defaults are scikit-learn's, and what scikit-learn does not have follows them.
    /// ``MLPHyperparameters`` says what each means and what it may be, which `fit` checks.
    public init(
        loss: RegressionLoss = .squaredError, hiddenLayerSizes: [Int] = [100], activation: Activation = .relu,
        solver: Solver = .adam, alpha: Double = 0.0001, batchSize: BatchSize = .auto,
        learningRate: LearningRate = .constant, learningRateInit: Double = 0.001, powerT: Double = 0.5,
        maxIter: Int = 200, shuffle: Bool = true, randomState: UInt32? = nil, tol: Double = 1e-4,
        verbose: Verbosity = false, warmStart: Bool = false, momentum: Double = 0.9, nesterovsMomentum: Bool = true,
        earlyStopping: Bool = false, validationFraction: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8, nIterNoChange: Int = 10, maxFun: Int = 15000,
        monitor: Monitor<MLPRegressor> = .score
    ) {
        self.init(
            loss: loss,
            MLPHyperparameters(
                hiddenLayerSizes: hiddenLayerSizes, activation: activation, solver: solver, alpha: alpha,
                batchSize: batchSize, learningRate: learningRate, learningRateInit: learningRateInit, powerT: powerT,
                maxIter: maxIter, shuffle: shuffle, randomState: randomState, tol: tol, verbose: verbose,
                warmStart: warmStart, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
                earlyStopping: earlyStopping, validationFraction: validationFraction, beta1: beta1, beta2: beta2,
                epsilon: epsilon, nIterNoChange: nIterNoChange, maxFun: maxFun))
        self.monitor = monitor
    }
}
