import Composition
import Estimators
import LinearAlgebra
import ModelSelection
import Preprocessing
import TestSupport
import Testing

private let good: Matrix<Double> = [[1, 2], [3, 5], [4, 9]]

/// Calls `fit`, which must throw and leave the transformer unchanged.
private func parameter<Subject: Transformer & Equatable>(_ subject: Subject, mentions: String...) -> Refusal {
    Refusal("\(subject)", mentions: mentions[0], mentions.count > 1 ? mentions[1] : "but is") {
        var fitted = subject
        defer { #expect(fitted == subject) }
        try fitted.fit(good)
    }
}

private let parameterRefusals = [
    parameter(MinMaxScaler(featureRange: (1, 1)), mentions: "featureRange", "(1.0, 1.0)"),
    parameter(MinMaxScaler(featureRange: (0, .infinity)), mentions: "featureRange", "inf"),
    parameter(RobustScaler(quantileRange: (75, 25)), mentions: "quantileRange", "(75.0, 25.0)"),
    parameter(RobustScaler(quantileRange: (-1, 25)), mentions: "quantileRange", "-1.0"),
    parameter(RobustScaler(quantileRange: (0, 100), unitVariance: true), mentions: "quantileRange", "unitVariance"),
    parameter(PolynomialFeatures(degree: -1), mentions: "degree", "-1"),
    parameter(PolynomialFeatures(degree: .between(3, 2)), mentions: "degree", "between(3, 2)"),
    parameter(PolynomialFeatures(degree: 0, includeBias: false), mentions: "degree", "includeBias"),
    parameter(PolynomialFeatures(degree: .upTo(.max)), mentions: "degree", "factors"),
    parameter(SimpleImputer(strategy: .constant, fillValue: .infinity), mentions: "fillValue", "inf"),
    parameter(Binarizer(threshold: .infinity), mentions: "threshold", "inf"),
    parameter(VarianceThreshold(threshold: -1), mentions: "threshold", "-1.0"),
    parameter(KNNImputer(nNeighbors: 0), mentions: "nNeighbors", "0"),
    parameter(IterativeImputer(maxIter: -1), mentions: "maxIter", "-1"),
    parameter(IterativeImputer(tol: -1), mentions: "tol", "-1.0"),
    parameter(IterativeImputer(minValue: 2, maxValue: 1), mentions: "minValue", "2.0"),
    parameter(SplineTransformer(nKnots: 1), mentions: "nKnots", "1"),
    parameter(SplineTransformer(degree: -1), mentions: "degree", "-1"),
    parameter(SplineTransformer(knots: [[1, 2]]), mentions: "knots", "two rows"),
    parameter(SplineTransformer(knots: [[1, 2], [1, 3]]), mentions: "knots", "ascending"),
    parameter(SplineTransformer(nKnots: 3, extrapolation: .periodic), mentions: "degree", "periodic"),
    parameter(PCA(nComponents: 3), mentions: "nComponents", "from 0 to 2"),
    parameter(PCA(nComponents: -1), mentions: "nComponents", "-1"),
    parameter(PCA(nComponents: 1.5), mentions: "nComponents", "1.5"),
    parameter(PCA(nComponents: 0, svdSolver: .randomized), mentions: "nComponents", "from 1 to 2"),
    parameter(PCA(nComponents: .mle, svdSolver: .randomized), mentions: "nComponents", "mle"),
    parameter(PCA(iteratedPower: -1), mentions: "iteratedPower"),
    parameter(PCA(nOversamples: 0), mentions: "nOversamples", "0"),
    parameter(PCA(nComponents: 1, svdSolver: .randomized, nOversamples: .max), mentions: "nOversamples"),
    parameter(PCA(nComponents: 1, svdSolver: .randomized, nOversamples: 1 << 33), mentions: "nOversamples"),
    parameter(KBinsDiscretizer(nBins: .all(.max)), mentions: "nBins", "memory"),
    parameter(KBinsDiscretizer(nBins: [2, 1 << 33]), mentions: "nBins", "memory"),
    parameter(KBinsDiscretizer(nBins: 1), mentions: "nBins", "1"),
    parameter(KBinsDiscretizer(nBins: [2, 3, 4]), mentions: "nBins", "2 features"),
    parameter(KBinsDiscretizer(subsample: 0), mentions: "subsample"),
    parameter(QuantileTransformer(nQuantiles: 0), mentions: "nQuantiles", "0"),
    parameter(QuantileTransformer(nQuantiles: 11, subsample: 10), mentions: "nQuantiles", "11"),
    parameter(OneHotEncoder<Double>(categories: [[1, 3, 4]]), mentions: "categories", "has 1"),
    parameter(OneHotEncoder<Double>(categories: [[4, 3, 1], [2, 5, 9]]), mentions: "categories[0]", "ascending"),
    parameter(OneHotEncoder<Double>(categories: [[1, 3, 4], []]), mentions: "categories[1]"),
    parameter(OneHotEncoder<Double>(categories: [[1, 3, 4], [2, 5]]), mentions: "x[2, 1]", "9.0"),
    parameter(OneHotEncoder<Double>(drop: .categories([7, 2])), mentions: "drop[0]", "7.0"),
    parameter(OneHotEncoder<Double>(minFrequency: 1.5), mentions: "minFrequency", "1.5"),
    parameter(OneHotEncoder<Double>(maxCategories: 0), mentions: "maxCategories", "0"),
    parameter(OrdinalEncoder<Double>(handleUnknown: .useEncodedValue), mentions: "unknownValue", "nil"),
    parameter(OrdinalEncoder<Double>(unknownValue: -1), mentions: "unknownValue", "-1"),
    parameter(
        OrdinalEncoder<Double>(handleUnknown: .useEncodedValue, unknownValue: 2), mentions: "unknownValue", "2.0"),
]

/// All requirements on a table, for one transformer.
private func table<Subject: Transformer & Equatable>(
    _ subject: Subject, allowsNaN: Bool, needsFit: Bool = true
) -> [Refusal] {
    let name = "\(Subject.self)"
    func use(_ what: String, _ x: Matrix<Double>, mentions: String, _ value: String) -> [Refusal] {
        [
            Refusal("\(name).fit: \(what)", mentions: mentions, value) {
                var fitted = subject
                try fitted.fit(good)
                let before = fitted
                defer { #expect(fitted == before) }
                try fitted.fit(x)
            },
            Refusal("\(name).transform: \(what)", mentions: mentions, value) {
                var fitted = subject
                try fitted.fit(good)
                _ = try fitted.transform(x)
            },
        ]
    }
    var refusals = use("no rows", Matrix(rows: 0, columns: 2, elements: []), mentions: "x", "0 × 2")
    refusals += use("infinite", [[1, 2], [.infinity, 1]], mentions: "x[1, 0]", "inf")
    if !allowsNaN { refusals += use("NaN", [[1, .nan], [3, 1]], mentions: "x[0, 1]", "nan") }
    refusals.append(
        Refusal("\(name): another width", mentions: "x", "2 columns") {
            var fitted = subject
            try fitted.fit(good)
            _ = try fitted.transform([[1, 2, 3]] as Matrix<Float>)
        })
    if needsFit {
        refusals.append(
            Refusal("\(name): not fitted", mentions: "not fitted") { _ = try subject.transform(good) })
    }
    return refusals
}

private let tableRefusals =
    table(MinMaxScaler(), allowsNaN: true) + table(MaxAbsScaler(), allowsNaN: true)
    + table(RobustScaler(), allowsNaN: true) + table(Normalizer(), allowsNaN: false, needsFit: false)
    + table(PolynomialFeatures(), allowsNaN: false) + table(SimpleImputer(), allowsNaN: true)
    + table(SimpleImputer(missingValues: -1), allowsNaN: false) + table(PCA(), allowsNaN: false)
    + table(KBinsDiscretizer(nBins: 2), allowsNaN: false) + table(QuantileTransformer(), allowsNaN: true)
    + table(PowerTransformer(), allowsNaN: true) + table(Binarizer(), allowsNaN: false, needsFit: false)
    + table(VarianceThreshold(), allowsNaN: true) + table(MissingIndicator(errorOnNew: false), allowsNaN: true)
    + table(KNNImputer(), allowsNaN: true) + table(KNNImputer(missingValues: -1), allowsNaN: false)
    + table(IterativeImputer(), allowsNaN: true) + table(IterativeImputer(missingValues: -1), allowsNaN: false)
    + table(SplineTransformer(), allowsNaN: false)
    + table(FeatureUnion(StandardScaler(), Binarizer()), allowsNaN: false)

private let otherRefusals = [
    Refusal("no feature varies", mentions: "x", "above 100.0") {
        _ = try VarianceThreshold(threshold: 100).fitted(good)
    },
    Refusal("a selection without targets", mentions: "y", "SelectKBest") { _ = try SelectKBest().fitted(good) },
    Refusal("targets of another number", mentions: "y", "2 where x has 3") {
        _ = try SelectKBest().fitted(good, [1, 2])
    },
    Refusal("one class", mentions: "y", "two classes") { _ = try SelectKBest().fitted(good, [1, 1, 1]) },
    Refusal("counts below 0", mentions: "x[0, 0]", "-1.0") {
        _ = try SelectKBest(.chi2).fitted([[-1], [2]] as Matrix<Double>, [0, 1])
    },
    Refusal("numbers as classes", mentions: "Double", "class") { _ = try SelectKBest().fitted(good, [1.5, 2, 3]) },
    Refusal("new missing values", mentions: "column 1", "errorOnNew") {
        _ = try MissingIndicator().fitted(good).transform([[1, .nan]] as Matrix<Double>)
    },
    Refusal("a value beyond the knots", mentions: "x[0, 1]", "column 1", "10.0") {
        _ = try SplineTransformer(extrapolation: .error).fitted(good).transform([[3, 10]] as Matrix<Double>)
    },
    Refusal("one sample for splines", mentions: "two rows", "1") {
        _ = try SplineTransformer().fitted([[1, 2]] as Matrix<Double>)
    },
    Refusal("a target encoding without targets", mentions: "y", "TargetEncoder") {
        var encoder = TargetEncoder<Double>()
        try encoder.fit(good)
    },
    Refusal("smoothing below 0", mentions: "smooth", "-1.0") {
        _ = try TargetEncoder<String>(smooth: -1).fitted([["a"], ["b"]], [1.0, 2])
    },
    Refusal("folds that test a sample twice", mentions: "cv", "ShuffleSplit") {
        var encoder = TargetEncoder<String>(cv: ShuffleSplit(nSplits: 3, testSize: 1, randomState: 0))
        _ = try encoder.fitTransform([["a"], ["b"], ["a"]], [1.0, 2, 3])
    },
    Refusal("three classes as two", mentions: "y", "has 3") {
        _ = try TargetEncoder<String>(targetType: .binary).fitted([["a"], ["b"], ["a"]], [1, 2, 3])
    },
    Refusal("an encoder before fit", mentions: "TargetEncoder", "not fitted") {
        _ = try TargetEncoder<String>().transform([["a"]])
    },
    Refusal("one row", mentions: "x", "two rows") {
        var pca = PCA()
        try pca.fit([[1, 2]] as Matrix<Double>)
    },
    Refusal("Box-Cox of 0", mentions: "x[1, 0]", "0.0") {
        var power = PowerTransformer(method: .boxCox)
        try power.fit([[1], [0]] as Matrix<Double>)
    },
    Refusal("Box-Cox of a constant", mentions: "x", "column 1") {
        var power = PowerTransformer(method: .boxCox)
        try power.fit([[1, 3], [2, 3]] as Matrix<Double>)
    },
    Refusal("a power of nothing", mentions: "x", "column 0") {
        var power = PowerTransformer()
        try power.fit([[.nan], [.nan]] as Matrix<Double>)
    },
    Refusal("inverse of an imputer without indicators", mentions: "addIndicator", "false") {
        var imputer = SimpleImputer()
        try imputer.fit(good)
        _ = try imputer.inverseTransform(good)
    },
    Refusal("an unknown category", mentions: "x[0, 1]", "green") {
        var encoder = OneHotEncoder()
        try encoder.fit([["a", "red"], ["b", "blue"]])
        _ = try encoder.transform([["a", "green"]])
    },
    Refusal("zeros that mean nothing", mentions: "x", "row 1") {
        var encoder = OneHotEncoder()
        try encoder.fit([["a"], ["b"]])
        _ = try encoder.inverseTransform([[1, 0], [0, 0]] as Matrix<Double>)
    },
    Refusal("a number without category", mentions: "x[0, 0]", "7.0") {
        var encoder = OrdinalEncoder()
        try encoder.fit([["a"], ["b"]])
        _ = try encoder.inverseTransform([[7]] as Matrix<Double>)
    },
    Refusal("a bin that is none", mentions: "x", "feature 0") {
        var bins = KBinsDiscretizer(nBins: 2, encode: .ordinal)
        try bins.fit(good)
        _ = try bins.inverseTransform([[2, 0]] as Matrix<Double>)
    },
    Refusal("weights for other quantiles", mentions: "quantileMethod", "hazen") {
        var bins = KBinsDiscretizer(nBins: 2, quantileMethod: .hazen)
        try bins.fit(good, sampleWeight: [1, 2, 1])
    },
    Refusal("a feature without a bin", mentions: "x", "feature 0") {
        var bins = KBinsDiscretizer(nBins: 2)
        try bins.fit([[0], [1e-9], [2e-9]] as Matrix<Double>)
    },
    Refusal("all the weight on one sample", mentions: "x", "feature 0") {
        var bins = KBinsDiscretizer(nBins: 2)
        try bins.fit(good, sampleWeight: [1, 0, 0])
    },
    Refusal("a column for a bin that is none", mentions: "x", "feature 0") {
        var bins = KBinsDiscretizer(nBins: 2, encode: .ordinal)
        let near: Matrix<Double> = [[0], [1e-9], [2e-9]]
        #expect(try bins.fitTransform(near) == [[0], [0], [0]])
        bins.encode = .onehotDense
        _ = try bins.transform(near)
    },
    Refusal("an unknown label", mentions: "y[1]", "c") {
        var encoder = LabelEncoder()
        try encoder.fit(["a", "b"])
        _ = try encoder.transform(["a", "c"])
    },
    Refusal("a number without class", mentions: "y[0]", "-1") {
        var encoder = LabelEncoder<Int>()
        try encoder.fit([3, 4])
        _ = try encoder.inverseTransform([-1])
    },
    Refusal("labels out of order", mentions: "negLabel", "1") {
        var binarizer = LabelBinarizer(negLabel: 1, posLabel: 1)
        try binarizer.fit(["a", "b"])
    },
    Refusal("scores of another width", mentions: "y", "1 × 4") {
        var binarizer = LabelBinarizer<Int>()
        try binarizer.fit([1, 2, 3])
        _ = try binarizer.inverseTransform([[1, 0, 0, 0]] as Matrix<Double>)
    },
    Refusal("no labels", mentions: "y", "empty") {
        var encoder = LabelEncoder()
        try encoder.fit([])
    },
    Refusal("a class twice", mentions: "classes", "a") {
        var binarizer = MultiLabelBinarizer(classes: ["a", "a"])
        try binarizer.fit([["a"]])
    },
    Refusal("an indicator of 2", mentions: "y[0]", "2") {
        var binarizer = MultiLabelBinarizer()
        try binarizer.fit([["a", "b"]])
        _ = try binarizer.inverseTransform([[2, 0]])
    },
    Refusal("another number of names", mentions: "inputFeatures", "2 features") {
        var scaler = MinMaxScaler()
        try scaler.fit(good)
        _ = try scaler.getFeatureNamesOut(["a"])
    },
]

@Suite("Transformers refuse what they cannot use, and stay as they are")
struct TransformerRefusalTests {
    @Test(arguments: parameterRefusals) func parameters(_ refusal: Refusal) { refusal.check() }
    @Test(arguments: tableRefusals) func tables(_ refusal: Refusal) { refusal.check() }
    @Test(arguments: otherRefusals) func others(_ refusal: Refusal) { refusal.check() }

    @Test func extremeNumbersDoNotCrash() throws {
        let greatest = Double.greatestFiniteMagnitude
        let x: Matrix<Double> = [[greatest, -greatest], [-greatest, 0], [.leastNonzeroMagnitude, greatest]]
        func use<Subject: Transformer>(_ subject: Subject) {
            var fitted = subject
            _ = try? fitted.fitTransform(x)
            _ = try? fitted.fitTransform(x.map { Float($0 / greatest) })
        }
        use(MinMaxScaler())
        use(MaxAbsScaler())
        use(RobustScaler())
        use(Normalizer())
        use(PolynomialFeatures(degree: 3))
        use(SimpleImputer())
        use(PCA())
        use(KBinsDiscretizer(strategy: .kmeans))
        use(KBinsDiscretizer(strategy: .uniform))
        use(QuantileTransformer(outputDistribution: .normal))
        use(PowerTransformer())
        use(OneHotEncoder<Double>())
        use(VarianceThreshold())
        use(KNNImputer())
        use(IterativeImputer())
        use(SplineTransformer(extrapolation: .linear))
        _ = try? SelectKBest(.fRegression).fitted(x, [1.0, 2, greatest])
        _ = try? TargetEncoder<Double>().fitted(x, [1.0, 2, greatest])
    }
}
