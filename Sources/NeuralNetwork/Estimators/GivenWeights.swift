public import Estimators
public import LinearAlgebra

// Estimators with given weights: they can predict immediately, and a warm start or `partialFit` continues from the
// weights.

extension MLPClassifier {
    /// Creates a classifier with the given coefficients and intercepts. It can predict immediately.
    ///
    /// ```swift
    /// var mlp = try MLPClassifier<Int, Double>(coefs: coefs, intercepts: intercepts, classes: [0, 1, 2])
    /// try mlp.predict(x)
    /// mlp.warmStart = true
    /// try mlp.fit(x, y)    // continues from these weights
    /// ```
    ///
    /// The target type and the number of classes determine the output layer, as in `fit`: logistic with a single output
    /// for two classes, logistic with one output per column for indicators, and softmax for three or more classes.
    ///
    /// - Parameters:
    ///   - coefs: the coefficients of each layer, fan-in × fan-out; at least one layer.
    ///   - intercepts: the intercepts of each layer, one per unit.
    ///   - classes: the classes in ascending order; for indicators, the column numbers 0, 1, ….
    ///   - hyperparameters: the other parameters. `hiddenLayerSizes` is taken from the coefficients.
    /// - Throws: `EstimatorError.invalidInput` if the shapes of the layers do not match each other or the number of
    ///   classes, if the classes are out of order or fewer than two, or if a number is not finite.
    public init(
        coefs: [Matrix<Scalar>], intercepts: [[Scalar]], classes: [Target.Label],
        _ hyperparameters: MLPHyperparameters = MLPHyperparameters()
    ) throws {
        let outputs = try Self.outputs(for: classes)
        let network = try Network(
            coefs: coefs, intercepts: intercepts, activation: hyperparameters.activation,
            outActivation: Target.isMultilabel || outputs == 1 ? .logistic : .softmax)
        try Check.require(
            network.shape.outputs == outputs, "coefs",
            "must end with \(outputs) column\(outputs == 1 ? "" : "s") for \(classes.count) classes, but "
                + "ends with \(network.shape.outputs)")
        self.init(hyperparameters)
        begin(from: network)
        self.classes = classes
    }

    /// Returns the number of outputs that `fit` would use for these classes.
    static func outputs(for classes: [Target.Label]) throws -> Int {
        if Target.isMultilabel {
            try Check.require(
                !classes.isEmpty && (classes as? [Int] == Array(classes.indices)), "classes",
                "must be 0, 1, … for targets that are indicators, but are \(classes)")
            return classes.count
        }
        try Check.require(
            classes.count >= 2, "classes",
            "must have at least 2 classes, but has \(classes.count)")
        try Check.require(
            zip(classes, classes.dropFirst()).allSatisfy(Target.Label.precedes), "classes",
            "must be distinct and in ascending order, but are \(classes)")
        return classes.count == 2 ? 1 : classes.count
    }
}

extension MLPRegressor {
    /// Creates a regressor with the given coefficients and intercepts. It can predict immediately.
    ///
    /// ```swift
    /// var mlp = try MLPRegressor<Double, Double>(coefs: coefs, intercepts: intercepts)
    /// try mlp.predict(x)
    /// mlp.warmStart = true
    /// try mlp.fit(x, y)    // continues from these weights
    /// ```
    ///
    /// - Parameters:
    ///   - coefs: the coefficients of each layer, fan-in × fan-out; at least one layer. The last layer has one column
    ///     per output.
    ///   - intercepts: the intercepts of each layer, one per unit.
    ///   - loss: the loss that further training minimizes. It also determines the activation function of the output
    ///     layer.
    ///   - hyperparameters: the other parameters. `hiddenLayerSizes` is taken from the coefficients.
    /// - Throws: `EstimatorError.invalidInput` if the shapes of the layers do not match each other, if there are
    ///   several outputs but the target is a single number, or if a number is not finite.
    public init(
        coefs: [Matrix<Scalar>], intercepts: [[Scalar]], loss: RegressionLoss = .squaredError,
        _ hyperparameters: MLPHyperparameters = MLPHyperparameters()
    ) throws {
        let network = try Network(
            coefs: coefs, intercepts: intercepts, activation: hyperparameters.activation,
            outActivation: Loss.regression(loss).outActivation)
        try Check.require(
            network.shape.outputs == 1 || Target.hasSeveralOutputs, "coefs",
            "must end with one column for targets that are \(Target.self), but ends with "
                + "\(network.shape.outputs); an array of numbers is a target with several outputs")
        self.init(loss: loss, hyperparameters)
        begin(from: network)
    }
}

extension RegressionTarget {
    /// Whether a target can have several numbers. If not, two outputs would be decoded as two targets.
    static var hasSeveralOutputs: Bool {
        _targets(from: Matrix(rows: 1, columns: 2, repeating: 0)).count == 1
    }
}

extension MultilayerPerceptron {
    /// Sets the network, without any training history.
    fileprivate mutating func begin(from network: Network<Scalar>) {
        hyperparameters.hiddenLayerSizes = network.shape.hiddenLayerSizes
        _fitted.model = TrainedModel(
            network: network, history: TrainingHistory(watching: hyperparameters.earlyStopping ? .score : .loss))
    }

    /// Sets the training record that belongs to the current weights, which were trained elsewhere.
    ///
    /// - Throws: `EstimatorError.invalidInput` for impossible counts and for moments of the wrong shape.
    package mutating func resume(from record: TrainingRecord<Scalar>) throws {
        guard var model = _fitted.model else { return }
        model.history = TrainingHistory(record)
        model.optimizer = record.optimizer.map { Optimizer($0) }
        if let error = model.validationError {
            throw EstimatorError.invalidInput(argument: "the training record", problem: "is damaged: \(error)")
        }
        _fitted.model = model
    }
}
