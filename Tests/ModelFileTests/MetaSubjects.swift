import Composition
import Estimators
import LinearAlgebra
import ModelFiles
import ModelSelection
import NeuralNetwork
import Preprocessing

extension StoredSubject {
    /// Ensembles, calibrated classifiers, thresholds, intervals and baselines.
    static func metaEstimators() throws -> [StoredSubject] {
        try ensembles() + decisions() + intervals() + baselines()
    }

    private typealias Classifier = MLPClassifier<Int, Double>
    private typealias Regressor = MLPRegressor<Double, Double>

    private static let x = SmallTables.features(rows: 24, columns: 3)
    private static let numbers = SmallTables.targets(x)
    private static let two = SmallTables.classes(x, count: 2)
    private static let three = SmallTables.classes(x, count: 3)

    private static var classifier: Classifier {
        Classifier(hiddenLayerSizes: [2], solver: .lbfgs, alpha: 1, maxIter: 60, randomState: 0, tol: 1)
    }

    private static var regressor: Regressor {
        Regressor(hiddenLayerSizes: [2], solver: .lbfgs, alpha: 1, maxIter: 60, randomState: 0, tol: 10)
    }

    private static func classifies<Model: ProbabilisticClassifier & Storable>(
        named name: String? = nil, _ untrained: Model, _ y: [Int]
    ) throws -> StoredSubject where Model.Features == Matrix<Double>, Model.Target == Int {
        var model = untrained
        try model.fit(x, y)
        return StoredSubject(
            named: name, model, { try $0.predict(x).map(Double.init) },
            { try $0.predictProba(x).elements.map { Double($0) } }, { $0.classes.map { Double($0) } })
    }

    private static func regresses<Model: Estimator & Storable>(
        named name: String? = nil, _ untrained: Model
    ) throws -> StoredSubject where Model.Features == Matrix<Double>, Model.Target == Double {
        var model = untrained
        try model.fit(x, numbers)
        return StoredSubject(named: name, model, { try $0.predict(x) }, { [try $0.score(x, numbers)] })
    }

    private static func unfitted<Model: Estimator & Storable>(
        model: Model
    ) -> StoredSubject where Model.Features == Matrix<Double> {
        StoredSubject(
            named: "\(Model.storedTypeName), not fitted", model, { [Double(try $0.predict(x).count)] })
    }

    private static func ensembles() throws -> [StoredSubject] {
        let stacked = try StackingClassifier([classifier], finalEstimator: classifier, cv: 2, passthrough: true)
            .fitted(x, three)
        return [
            try classifies(VotingClassifier([classifier, classifier], voting: .soft, weights: [1, 2]), three),
            try classifies(named: "VotingClassifier of labels", VotingClassifier([classifier, classifier]), two),
            try regresses(VotingRegressor([regressor, regressor], weights: [3, 1])),
            try classifies(
                BaggingClassifier(
                    classifier, nEstimators: 3, maxFeatures: 2, bootstrapFeatures: true, oobScore: true,
                    randomState: 1), three),
            try regresses(BaggingRegressor(regressor, nEstimators: 2, maxSamples: 0.5, randomState: 1)),
            StoredSubject(
                stacked, { try $0.predict(x).map(Double.init) }, { try $0.predictProba(x).elements },
                { try $0.transform(x).elements }),
            try regresses(StackingRegressor([regressor, regressor], finalEstimator: regressor, cv: 2)),
            unfitted(model: VotingClassifier([classifier])), unfitted(model: BaggingRegressor(regressor)),
            unfitted(model: StackingRegressor([regressor], finalEstimator: regressor)),
        ]
    }

    private static func decisions() throws -> [StoredSubject] {
        var isotonic = IsotonicRegression(outOfBounds: .clip)
        try isotonic.fit([1, 2, 3, 4, 5], [0, 2, 1, 4, 3], sampleWeight: nil)
        let methods: [CalibrationMethod] = [.sigmoid, .isotonic, .temperature]
        return try methods.map {
            try classifies(
                named: "CalibratedClassifierCV, \($0)", CalibratedClassifierCV(classifier, method: $0, cv: 2),
                $0 == .sigmoid ? two : three)
        } + [
            try classifies(
                named: "CalibratedClassifierCV without ensemble",
                CalibratedClassifierCV(classifier, cv: 2, ensemble: false), two),
            try classifies(FixedThresholdClassifier(classifier, threshold: 0.3, posLabel: 1), two),
            try classifies(
                TunedThresholdClassifierCV(classifier, scoring: .f1, thresholds: 5, cv: 2, storeCVResults: true), two),
            StoredSubject(isotonic, { try $0.predict([0, 1.5, 3, 9]) }),
            try regresses(FrozenEstimator(regressor.fitted(x, numbers))),
            unfitted(model: CalibratedClassifierCV(classifier)), unfitted(model: FixedThresholdClassifier(classifier)),
            unfitted(model: TunedThresholdClassifierCV(classifier, scoring: .f1)),
        ]
    }

    private static func intervals() throws -> [StoredSubject] {
        let sets = try ConformalClassifier(classifier, cv: 2, randomState: 0).fitted(x, three)
        let quantiles = try ConformalizedQuantileRegressor(
            MLPRegressor<[Double], Double>(
                loss: .quantiles([0.05, 0.5, 0.95]), hiddenLayerSizes: [2], maxIter: 3, randomState: 0, tol: 1e9,
                nIterNoChange: 1)
        ).fitted(x, numbers.map { [$0] })
        let methods: [ConformalMethod] = [.base, .plus, .minmax]
        return try methods.map { method in
            let model = try ConformalRegressor(regressor, method: method, cv: KFold(nSplits: 3)).fitted(x, numbers)
            return StoredSubject(
                named: "ConformalRegressor, \(method)", model, { try $0.predict(x) },
                {
                    let intervals = try $0.predictInterval(x)
                    return intervals.lower + intervals.upper
                }, { $0.conformityScores })
        } + [
            StoredSubject(
                sets, { try $0.predict(x).map(Double.init) },
                { try $0.predictSet(x).sets.flatMap { [Double($0.count)] + $0.map { Double($0) } } },
                { $0.conformityScores }),
            StoredSubject(
                quantiles,
                {
                    let intervals = try $0.predictInterval(x)
                    return intervals.lower + intervals.upper
                }),
            unfitted(model: ConformalRegressor(regressor)), unfitted(model: ConformalClassifier(classifier)),
        ]
    }

    private static func baselines() throws -> [StoredSubject] {
        let pair = try DummyRegressor<[Double], Double>(strategy: .median).fitted(x, numbers.map { [$0, -$0] })
        return try DummyClassifier<Int, Double>.Strategy.allCases.map {
            try classifies(
                named: "DummyClassifier, \($0)",
                DummyClassifier<Int, Double>(strategy: $0, randomState: 3, constant: $0 == .constant ? 1 : nil), three)
        }
            + DummyRegressor<Double, Double>.Strategy.allCases.map {
                try regresses(
                    named: "DummyRegressor, \($0)",
                    DummyRegressor<Double, Double>(
                        strategy: $0, constant: $0 == .constant ? 2 : nil, quantile: $0 == .quantile ? 0.2 : nil))
            } + [
                StoredSubject(named: "DummyRegressor of two outputs", pair, { try $0.predict(x).flatMap(\.self) }),
                unfitted(model: DummyClassifier<Int, Double>()), unfitted(model: DummyRegressor<Double, Double>()),
            ]
    }
}
