import Composition
import Estimators
import Inspection
import LinearAlgebra
import ModelFiles
import ModelSelection
import NeuralNetwork
import Preprocessing

extension StoredSubject {
    /// Every scaler, encoder and other transformer, fitted in several ways and not fitted.
    static func preprocessing() throws -> [StoredSubject] {
        try transformers() + encoders() + labels() + tables()
    }

    private static func transformers() throws -> [StoredSubject] {
        [
            try fitted(StandardScaler()),
            try fitted(named: "StandardScaler, mean only", StandardScaler(withStd: false)),
            try fitted(
                named: "StandardScaler of gaps", StandardScaler(), to: SmallTables.gaps, probe: SmallTables.gaps),
            try fitted(MinMaxScaler(featureRange: (-1, 2), clip: true)),
            try fitted(named: "MinMaxScaler of gaps", MinMaxScaler(), to: SmallTables.gaps, probe: SmallTables.gaps),
            try fitted(MaxAbsScaler()), try fitted(RobustScaler(unitVariance: true)),
            try fitted(named: "RobustScaler of gaps", RobustScaler(), to: SmallTables.gaps, probe: SmallTables.gaps),
            try fitted(named: "RobustScaler, centre only", RobustScaler(withScaling: false)),
            try fitted(Normalizer(norm: .l1)),
            try fitted(PolynomialFeatures(degree: .between(2, 3))), try fitted(PCA(nComponents: 2, whiten: true)),
            try fitted(named: "PCA of no component", PCA(nComponents: 0)),
            try fitted(SimpleImputer(strategy: .median, addIndicator: true)),
            try fitted(
                named: "SimpleImputer of gaps", SimpleImputer(addIndicator: true), to: SmallTables.gaps,
                probe: SmallTables.gaps),
            try fitted(KBinsDiscretizer(nBins: 4)),
            try fitted(
                named: "KBinsDiscretizer, ordinal",
                KBinsDiscretizer(nBins: [2, 3, 4], encode: .ordinal, strategy: .kmeans)),
            try fitted(QuantileTransformer(nQuantiles: 20, outputDistribution: .normal)),
            try fitted(
                named: "QuantileTransformer of gaps", QuantileTransformer(nQuantiles: 3), to: SmallTables.gaps,
                probe: SmallTables.gaps),
            try fitted(PowerTransformer()),
            try fitted(Binarizer(threshold: 1)), try fitted(VarianceThreshold(threshold: 0.01)),
            try fitted(
                named: "MissingIndicator of gaps", MissingIndicator(errorOnNew: false), to: SmallTables.gaps,
                probe: SmallTables.gaps),
            try fitted(KNNImputer(nNeighbors: 2)),
            try fitted(
                named: "KNNImputer of gaps", KNNImputer(weights: .distance, addIndicator: true), to: SmallTables.gaps,
                probe: SmallTables.gaps),
            try fitted(IterativeImputer(maxIter: 2, imputationOrder: .random, randomState: 3)),
            try fitted(
                named: "IterativeImputer of gaps", IterativeImputer(addIndicator: true, keepEmptyFeatures: true),
                to: SmallTables.gaps, probe: SmallTables.gaps),
            try fitted(SplineTransformer(knots: .quantile, extrapolation: .linear, includeBias: false)),
            try fitted(
                named: "SplineTransformer, periodic", SplineTransformer(degree: 2, extrapolation: .periodic)),
            try fitted(FeatureUnion(PCA(nComponents: 1), FeatureUnion(Binarizer(), StandardScaler()))),
            try supervised(SelectKBest(.fRegression, k: 1)),
            try supervised(
                SelectFromModel(
                    MLPRegressor<Double, Double>(hiddenLayerSizes: [2], solver: .lbfgs, maxIter: 3, randomState: 0),
                    maxFeatures: 2, randomState: 0)),
            try supervised(TargetEncoder<Double>(smooth: 2, cv: 3, randomState: 1)),
            unfitted(Binarizer()), unfitted(VarianceThreshold()), unfitted(MissingIndicator()), unfitted(KNNImputer()),
            unfitted(IterativeImputer()), unfitted(SplineTransformer()), unfitted(SelectKBest(.chi2, k: .all)),
            unfitted(TargetEncoder<Double>()),
            try fitted(named: "PowerTransformer, Box-Cox", PowerTransformer(method: .boxCox, standardize: false)),
            try fitted(Chain(Chain(SimpleImputer(), StandardScaler()), PCA(nComponents: 2))),
            unfitted(StandardScaler()), unfitted(MinMaxScaler()), unfitted(MaxAbsScaler()), unfitted(RobustScaler()),
            unfitted(Normalizer()), unfitted(PolynomialFeatures()), unfitted(PCA(nComponents: .mle)),
            unfitted(SimpleImputer(missingValues: -0.0)), unfitted(KBinsDiscretizer()), unfitted(QuantileTransformer()),
            unfitted(PowerTransformer()), unfitted(Chain(StandardScaler(), PCA())),
        ]
    }

    /// A transformer that is fitted to targets too.
    private static func supervised<Model: Transformer & Storable>(_ untrained: Model) throws -> StoredSubject {
        let x = SmallTables.positive
        let model = try untrained.fitted(x, (0..<x.rows).map { Double($0 * $0 % 11) })
        return StoredSubject(
            model, { try $0.transform(SmallTables.probe).elements },
            { try $0.fitTransform(x, (0..<x.rows).map { $0 % 2 }).elements })
    }

    private static func encoders() throws -> [StoredSubject] {
        let levels = SmallTables.positive.map { ($0 * 2).rounded() }
        let words = Matrix<String?>(
            rows: 5, columns: 2, elements: ["a", "x", "b", nil, "a", "y", "c", "x", "b", "\u{0}"])
        let numbers = Matrix(rows: 5, columns: 1, elements: [Int.min, 3, 3, 7, Int.max])
        var oneHot = OneHotEncoder<String?>(drop: .ifBinary, handleUnknown: .infrequentIfExist, maxCategories: 2)
        var dropping = OneHotEncoder<String?>(
            categories: .given([["c", "b", "a"], ["x", "y", "\u{0}", nil]]), drop: .first)
        var imputer = CategoryImputer<String?>()
        try imputer.fit(words)
        var ordinal = OrdinalEncoder<Int>(handleUnknown: .useEncodedValue, unknownValue: .nan)
        try oneHot.fit(words)
        try dropping.fit(words)
        try ordinal.fit(numbers)
        return [
            try fitted(OneHotEncoder<Double>(handleUnknown: .ignore), to: levels, probe: levels),
            try fitted(
                OrdinalEncoder<Double>(handleUnknown: .useEncodedValue, unknownValue: -1, minFrequency: 3), to: levels,
                probe: levels),
            StoredSubject(oneHot, { try $0.transform(words).elements }),
            StoredSubject(named: "OneHotEncoder of listed words", dropping, { try $0.transform(words).elements }),
            StoredSubject(ordinal, { try $0.transform(numbers).elements }),
            StoredSubject(
                imputer, { try $0.transform(words).elements.map { $0?.isEmpty ?? true ? 0 : 1 } },
                { try $0.indicator(words).elements }),
            StoredSubject(named: "OneHotEncoder, not fitted", OneHotEncoder(), { try $0.transform([["a"]]).elements }),
        ]
    }

    private static func labels() throws -> [StoredSubject] {
        var encoder = LabelEncoder<Int>()
        var binarizer = LabelBinarizer(negLabel: -1, posLabel: 2)
        var indicators = MultiLabelBinarizer(classes: ["b", "a"])
        try encoder.fit([5, -3, 5, 0])
        try binarizer.fit(["no", "yes", "\u{e9}"])
        try indicators.fit([["a"]])
        return [
            StoredSubject(encoder, { try $0.inverseTransform([0, 2, 1]).map(Double.init) }),
            StoredSubject(binarizer, { try $0.transform(["yes", "no", "?"]).elements }),
            StoredSubject(indicators, { try $0.transform([["b"], ["a", "b"]]).joined().map(Double.init) }),
            StoredSubject(
                named: "LabelEncoder, not fitted", LabelEncoder(), { try $0.transform(["a"]).map(Double.init) }),
        ]
    }

    private static func tables() throws -> [StoredSubject] {
        guard let people = SmallTables.people else { return [] }
        var columns = ColumnTransformer(
            [
                .categorical(["job"], OneHotEncoder<String?>(handleUnknown: .ignore)),
                .numeric(["age"], Chain(Chain(SimpleImputer(), StandardScaler()), PolynomialFeatures())),
                .passthrough(["hours"]), .categorical(["job"], CategoryImputer<String?>(), OrdinalEncoder<String?>()),
                .numeric(["age"], FeatureUnion(MissingIndicator(), KNNImputer())),
                .numeric(["age"], IterativeImputer(), SplineTransformer()),
            ], remainder: .passthrough)
        let unfitted = columns
        try columns.fit(people)
        return [
            StoredSubject(columns, { try $0.transform(people).elements }, learns: { try $0.fit(people) }),
            StoredSubject(named: "ColumnTransformer, not fitted", unfitted, { try $0.transform(people).elements }),
        ]
    }
}
