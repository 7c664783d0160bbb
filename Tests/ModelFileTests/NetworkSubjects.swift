import Composition
import Estimators
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Preprocessing

/// A client's label type.
enum Species: String, ClassLabel, CaseIterable {
    case setosa, versicolor, virginica
}

extension StoredSubject {
    /// Classifiers, regressors and pipelines of every kind of target, solver and precision, fitted and not fitted.
    static func networks() throws -> [StoredSubject] {
        try classifiers() + regressors() + pipelines()
    }

    private static func parameters(_ solver: Solver, earlyStopping: Bool = false) -> MLPHyperparameters {
        MLPHyperparameters(
            hiddenLayerSizes: [3], activation: .tanh, solver: solver, batchSize: 16, maxIter: 4, randomState: 1,
            earlyStopping: earlyStopping, validationFraction: 0.2)
    }

    private static var options: MLPHyperparameters {
        var options = parameters(.adamW)
        options.activation = .gelu
        (options.dropout, options.maxGradientNorm, options.labelSmoothing) = (0.2, 0.5, 0.1)
        return options
    }

    /// Parameters that end training as converged after one or two epochs, whatever was stored, so that there is no
    /// warning.
    private static func endSoon(_ parameters: inout MLPHyperparameters) {
        (parameters.maxIter, parameters.maxFun) = (12, 20)
        (parameters.tol, parameters.nIterNoChange) = (1e9, 1)
    }

    private static func classifier<Target: ClassificationTarget, Scalar: NetworkScalar>(
        _ parameters: MLPHyperparameters, _ y: [Target], _: Scalar.Type = Double.self, named name: String? = nil
    ) throws -> StoredSubject {
        let x = SmallTables.features().map { Scalar($0) }
        var model = MLPClassifier<Target, Scalar>(parameters)
        try model.fit(x, y)
        return StoredSubject(
            named: name, model, { try $0.predictProba(x).elements.map { Double($0) } }, { [try $0.score(x, y)] },
            { $0.lossCurve + $0.validationScores + [$0.finalLoss ?? .nan, Double($0.t ?? 0)] },
            { model in
                // One or two steps from any stored state, in a time that does not depend on it.
                model.solver = model.solver == .lbfgs ? .adam : model.solver
                (model.earlyStopping, model.batchSize) = (false, 16)
                try model.partialFit(x, y)
                return try model.predictProba(x).elements.map { Double($0) }
            },
            { model in
                endSoon(&model.hyperparameters)
                try model.resume(x, y)
                return try model.predictProba(x).elements.map { Double($0) }
            })
    }

    private static func regressor<Target: RegressionTarget, Scalar: NetworkScalar>(
        _ loss: RegressionLoss, _ parameters: MLPHyperparameters, _ y: [Target], _: Scalar.Type = Double.self,
        named name: String? = nil
    ) throws -> StoredSubject {
        let x = SmallTables.features().map { Scalar($0) }
        var model = MLPRegressor<Target, Scalar>(loss: loss, parameters)
        try model.fit(x, y)
        @Sendable func predictions(_ model: MLPRegressor<Target, Scalar>) throws -> [Double] {
            try Target._outputs(of: model.predict(x), argument: "predictions").elements
        }
        return StoredSubject(
            named: name, model, { try predictions($0) }, { [try $0.score(x, y)] },
            { model in
                endSoon(&model.hyperparameters)
                try model.resume(x, y)
                return try predictions(model)
            })
    }

    private static func classifiers() throws -> [StoredSubject] {
        let x = SmallTables.features()
        let three = SmallTables.classes(x, count: 3)
        var odd = MLPClassifier<Bool, Float>(
            alpha: -0.0, batchSize: .count(.max), randomState: .max, tol: .infinity, nIterNoChange: .max)
        odd.classWeight = .weights([true: 0.1, false: -0.0])
        odd.monitor = .loss
        return [
            try classifier(parameters(.adam, earlyStopping: true), three),
            try classifier(parameters(.sgd), three.map { "\u{e9}\($0)" }, Float.self),
            try classifier(parameters(.lbfgs), three.map { Species.allCases[$0] }),
            try classifier(parameters(.lbfgs), three.map { $0 == 1 }, Float.self),
            try classifier(parameters(.adam), three.map { [$0 > 0 ? 1 : 0, $0 % 2] }),
            try classifier(options, three, named: "MLPClassifier, all options"),
            StoredSubject(named: "MLPClassifier, not fitted", odd, { $0.lossCurve + [$0.alpha, $0.tol] }),
        ]
    }

    private static func regressors() throws -> [StoredSubject] {
        let y = SmallTables.targets(SmallTables.features())
        return [
            try regressor(.squaredError, parameters(.sgd, earlyStopping: true), y),
            try regressor(.poisson, parameters(.adam), y.map { $0 * $0 }, Float.self),
            try regressor(.squaredError, parameters(.lbfgs), y.map { [Float($0), Float(-$0)] }, Float.self),
            try regressor(.huber(0.5), parameters(.adamW), y, named: "MLPRegressor, huber"),
            try regressor(
                .quantiles([0.1, 0.9]), parameters(.adam), y.map { [$0] }, named: "MLPRegressor, quantiles"),
        ]
    }

    private static func pipelines() throws -> [StoredSubject] {
        let x = SmallTables.features()
        let (classes, numbers) = (SmallTables.classes(x, count: 2), SmallTables.targets(x))
        var nested = Pipeline(
            StandardScaler(), Pipeline(PCA(nComponents: 3), MLPClassifier<Int, Double>(parameters(.adam))))
        try nested.fit(x, classes)
        var target = TransformedTargetRegressor(
            MLPRegressor<Double, Double>(parameters(.sgd)), transformer: MinMaxScaler())
        try target.fit(x, numbers)
        var subjects = [
            StoredSubject(nested, { try $0.predictProba(x).elements }), StoredSubject(target, { try $0.predict(x) }),
        ]
        if let people = SmallTables.people {
            var table = TablePipeline(
                ColumnTransformer([
                    .categorical(["job"], OneHotEncoder<String?>(handleUnknown: .ignore)),
                    .numeric(["age", "hours"], Chain(SimpleImputer(), StandardScaler())),
                ]),
                MLPClassifier<String, Double>(parameters(.adam)))
            try table.fit(people, ["a", "b", "b", "a", "c", "c"])
            subjects.append(StoredSubject(table, { try $0.predictProba(people).elements }))
        }
        return subjects
    }
}
