public import Estimators
public import LinearAlgebra

// Estimators with weights from elsewhere: they predict at once, and a warm start or `partialFit` continues from them.

extension MLPClassifier {
    /// A classifier with the given coefficients and intercepts, which predicts at once.
    ///
    /// ```swift
    /// var mlp = try MLPClassifier<Int, Double>(coefs: coefs, intercepts: intercepts, classes: [0, 1, 2])
    /// try mlp.predict(x)
    /// mlp.warmStart = true
    /// try mlp.fit(x, y)    // continues from these weights
    /// ```
    ///
    /// The target's kind decides the output layer, as it does for `fit`: logistic for two classes, which share one output,
    /// and for indicators; softmax for three classes and more.
    ///
    /// - Parameters:
    ///   - coefs: the coefficients of every layer, fan-in × fan-out; at least one layer.
    ///   - intercepts: the intercepts of every layer, one per unit.
    ///   - classes: the classes in ascending order; for indicators the numbers of the columns, 0, 1, ….
    ///   - hyperparameters: the other parameters. `hiddenLayerSizes` is taken from the coefficients.
    /// - Throws: `EstimatorError.invalidInput` for layers that do not fit each other or the classes, for classes that are
    ///   out of order or fewer than two, and for numbers that are not finite.
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

    /// The number of outputs by which `fit` would tell the classes apart.
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
    /// A regressor with the given coefficients and intercepts, which predicts at once.
    ///
    /// ```swift
    /// var mlp = try MLPRegressor<Double, Double>(coefs: coefs, intercepts: intercepts)
    /// try mlp.predict(x)
    /// mlp.warmStart = true
    /// try mlp.fit(x, y)    // continues from these weights
    /// ```
    ///
    /// - Parameters:
    ///   - coefs: the coefficients of every layer, fan-in × fan-out; at least one layer. The last has a column per output.
    ///   - intercepts: the intercepts of every layer, one per unit.
    ///   - loss: what further training minimizes; it decides the function of the output layer too.
    ///   - hyperparameters: the other parameters. `hiddenLayerSizes` is taken from the coefficients.
    /// - Throws: `EstimatorError.invalidInput` for layers that do not fit each other, for several outputs where the target
    ///   is a single number, and for numbers that are not finite.
    public init(
        coefs: [Matrix<Scalar>], intercepts: [[Scalar]], loss: RegressionLoss = .squaredError,
        _ hyperparameters: MLPHyperparameters = MLPHyperparameters()
    ) throws {
        let network = try Network(
            coefs: coefs, intercepts: intercepts, activation: hyperparameters.activation,
            outActivation: Loss(loss).outActivation)
        try Check.require(
            network.shape.outputs == 1 || Target.hasSeveralOutputs, "coefs",
            "must end with one column for targets that are \(Target.self), but ends with "
                + "\(network.shape.outputs); an array of numbers is a target with several outputs")
        self.init(loss: loss, hyperparameters)
        begin(from: network)
    }
}

extension RegressionTarget {
    /// Whether a target can be more than one number: whether two outputs are not taken for two targets.
    static var hasSeveralOutputs: Bool {
        _targets(from: Matrix(rows: 1, columns: 2, repeating: 0)).count == 1
    }
}

extension MultilayerPerceptron {
    /// Sets the network as one that has been trained for no epoch.
    fileprivate mutating func begin(from network: Network<Scalar>) {
        hyperparameters.hiddenLayerSizes = network.shape.hiddenLayerSizes
        _fitted.model = TrainedModel(
            network: network, history: TrainingHistory(watching: hyperparameters.earlyStopping ? .score : .loss))
    }

    /// Sets the record of the training that made the present weights elsewhere.
    ///
    /// - Throws: `EstimatorError.invalidInput` for counts that no training reaches, and for moments of another shape.
    package mutating func resume(from record: TrainingRecord<Scalar>) throws {
        guard var model = _fitted.model else { return }
        model.history = TrainingHistory(record)
        model.optimizer = record.optimizer.map { Optimizer($0) }
        if let error = model.validationError {
            throw EstimatorError.invalidInput(argument: "the record of the training", problem: "is damaged: \(error)")
        }
        _fitted.model = model
    }
}
