import Estimators
import LinearAlgebra
public import NeuralNetwork

extension MLPClassifier: SkopsReadable where Target: SkopsTarget {
    /// Reads an `MLPClassifier`, fitted or not.
    ///
    /// Weights are converted to the precision of `Scalar`.
    ///
    /// - Throws: ``InterchangeError``, or `EstimatorError` for weights that do not form a network.
    public init(_ object: SkopsObject) throws {
        let attributes = try object.attributes(of: "sklearn.neural_network._multilayer_perceptron.MLPClassifier")
        let hyperparameters = try MLPHyperparameters(attributes)
        guard attributes[optional: "coefs_"] != nil else {
            self.init(hyperparameters)
            return
        }
        let network = try FittedAttributes<Scalar>(attributes, hyperparameters)

        let kind = try attributes["_label_binarizer"].attributes(of: "sklearn.preprocessing._label.LabelBinarizer")[
            "y_type_"]
        let isMultilabel = try kind.string == "multilabel-indicator"
        guard isMultilabel == Target.isMultilabel else {
            throw kind.malformed(
                "is \(try kind.string), which \(Target.self) cannot stand for: [Int] is the target of multilabel "
                    + "classifiers and of no others")
        }
        let count = network.outputs == 1 && !isMultilabel ? 2 : network.outputs
        try self.init(
            coefs: network.coefs, intercepts: network.intercepts,
            classes: try Target.classes(attributes["classes_"], count: count), hyperparameters)
        try resume(from: network.record)
    }
}

extension MLPRegressor: SkopsReadable {
    /// Reads an `MLPRegressor`, fitted or not.
    ///
    /// Weights are converted to the precision of `Scalar`.
    ///
    /// - Throws: ``InterchangeError``, or `EstimatorError` for weights that do not form a network.
    public init(_ object: SkopsObject) throws {
        let attributes = try object.attributes(of: "sklearn.neural_network._multilayer_perceptron.MLPRegressor")
        let hyperparameters = try MLPHyperparameters(attributes)
        let loss = try attributes["loss"]
        let losses: [String: RegressionLoss] = ["squared_error": .squaredError, "poisson": .poisson]
        guard let loss = losses[try loss.string] else {
            throw loss.malformed("must be squared_error or poisson, but is \(try loss.string)")
        }
        guard attributes[optional: "coefs_"] != nil else {
            self.init(loss: loss, hyperparameters)
            return
        }
        let network = try FittedAttributes<Scalar>(attributes, hyperparameters)
        try self.init(coefs: network.coefs, intercepts: network.intercepts, loss: loss, hyperparameters)
        try resume(from: network.record)
    }
}

/// The fitted attributes of both of scikit-learn's estimators.
private struct FittedAttributes<Scalar: NetworkScalar> {
    var coefs: [Matrix<Scalar>]
    var intercepts: [[Scalar]]
    var record: TrainingRecord<Scalar>

    var outputs: Int { intercepts.last?.count ?? 0 }

    init(_ attributes: SkopsObject.Attributes, _ hyperparameters: MLPHyperparameters) throws {
        coefs = try attributes["coefs_"].elements.map { try $0.matrix() }
        intercepts = try attributes["intercepts_"].elements.map { try $0.vector() }
        let shapes = coefs.map { [$0.rows, $0.columns] } + intercepts.map { [$0.count] }
        let watchesScore = attributes[optional: "best_validation_score_"] != nil
        let best = try attributes[optional: watchesScore ? "best_validation_score_" : "best_loss_"]?.number
        record = TrainingRecord(
            nIter: try attributes["n_iter_"].integer,
            t: try attributes["t_"].integer,
            lossCurve: try attributes[optional: "loss_curve_"]?.numbers() ?? [],
            finalLoss: try attributes[optional: "loss_"]?.number,
            validationScores: try attributes[optional: "validation_scores_"]?.numbers() ?? [],
            watchesScore: best == nil ? hyperparameters.earlyStopping : watchesScore,
            best: best,
            epochsWithoutImprovement: try attributes[optional: "_no_improvement_count"]?.integer ?? 0,
            optimizer: try attributes[optional: "_optimizer"].map { try $0.optimizer(of: shapes) })
    }
}

// MARK: - Layers

extension SkopsObject {
    /// Returns a matrix from an array of real numbers with two dimensions, or from one with one dimension as a single
    /// row.
    fileprivate func matrix<Scalar: NetworkScalar>(dimensions: Int = 2) throws -> Matrix<Scalar> {
        let array = try array
        guard case .float = array.element, array.shape.count == dimensions, let columns = array.shape.last,
            let numbers = array.numbers(Scalar.self)
        else {
            throw unsupported(
                "an array of float32 or float64 with \(dimensions) dimension\(dimensions == 1 ? "" : "s")",
                found: "one of \(array.element) and shape \(array.shape)")
        }
        let rows = dimensions == 1 ? 1 : array.shape[0]
        return array.isFortranOrder && dimensions > 1
            ? Matrix(rows: columns, columns: rows, elements: numbers).transposed
            : Matrix(rows: rows, columns: columns, elements: numbers)
    }

    fileprivate func vector<Scalar: NetworkScalar>() throws -> [Scalar] { try matrix(dimensions: 1).elements }

    fileprivate func numbers() throws -> [Double] { try elements.map { try $0.number } }
}

// MARK: - Optimizers

extension SkopsObject {
    private static let module = "sklearn.neural_network._stochastic_optimizers"

    /// Returns an optimizer with its moments, for parameters of the given shapes: first coefficients, then intercepts.
    fileprivate func optimizer<Scalar: NetworkScalar>(of parameters: [[Int]]) throws -> TrainingRecord<Scalar>.Optimizer
    {
        switch typeName {
        case "\(SkopsObject.module).AdamOptimizer":
            let attributes = try attributes(of: typeName)
            return .adam(
                learningRateInit: try attributes["learning_rate_init"].number,
                learningRate: try attributes["learning_rate"].number,
                beta1: try attributes["beta_1"].number, beta2: try attributes["beta_2"].number,
                epsilon: try attributes["epsilon"].number, step: try attributes["t"].integer,
                firstMoment: try attributes["ms"].moment(parameters),
                secondMoment: try attributes["vs"].moment(parameters))
        case "\(SkopsObject.module).SGDOptimizer":
            let attributes = try attributes(of: typeName)
            return .sgd(
                rule: try attributes["lr_schedule"].choice(),
                learningRateInit: try attributes["learning_rate_init"].number,
                learningRate: try attributes["learning_rate"].number, powerT: try attributes["power_t"].number,
                momentum: try attributes["momentum"].number, nesterovsMomentum: try attributes["nesterov"].bool,
                velocity: try attributes["velocities"].moment(parameters))
        default: throw unsupported("AdamOptimizer or SGDOptimizer")
        }
    }

    /// Returns one number per parameter: first for the coefficients of all layers, then for the intercepts.
    private func moment<Scalar: NetworkScalar>(_ parameters: [[Int]]) throws -> [Scalar] {
        let arrays = try elements
        guard arrays.count == parameters.count else {
            throw malformed(
                "must have an array for each of the \(parameters.count) coefs_ and intercepts_, but has \(arrays.count)"
            )
        }
        var moment: [Scalar] = []
        moment.reserveCapacity(parameters.reduce(0) { $0 + $1.reduce(1, *) })
        for (array, shape) in zip(arrays, parameters) {
            let numbers: Matrix<Scalar> = try array.matrix(dimensions: shape.count)
            guard numbers.count == shape.reduce(1, *), numbers.columns == shape.last else {
                throw array.malformed("must have the shape \(shape) of its parameters")
            }
            moment += numbers.elements
        }
        return moment
    }
}
