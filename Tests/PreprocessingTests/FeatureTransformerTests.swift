import Composition
import Estimators
import LinearAlgebra
import ModelSelection
import Preprocessing
import TestSupport
import Testing

@Suite("Selectors, further imputers, splines and target encoders equal scikit-learn's")
struct FeatureTransformerTests {
    private struct Parameters: Decodable {
        var threshold: Double?
        var scoreFunc: SelectKBest.ScoreFunction?
        var k: Int?
        var missingValues: Double?
        var features: MissingIndicator.Features?
        var errorOnNew: Bool?
        var nNeighbors: Int?
        var weights: KNNImputer.Weights?
        var addIndicator: Bool?
        var keepEmptyFeatures: Bool?
        var maxIter: Int?
        var initialStrategy: SimpleImputer.Strategy?
        var imputationOrder: IterativeImputer.ImputationOrder?
        var skipComplete: Bool?
        var maxValue: Double?
        var randomState: UInt32?
        var nKnots: Int?
        var degree: Int?
        var knots: [[Double]]?
        var isQuantile: Bool?
        var extrapolation: SplineTransformer.Extrapolation?
        var includeBias: Bool?
        var handleMissing: SplineTransformer.HandleMissing?
        var smooth: Double?
        var cv: Int?
        var targetType: String?

        var marker: NumberOrNaN { missingValues.map { $0.isNaN ? .nan : .number($0) } ?? .nan }
    }

    private struct Case: Decodable {
        var transformer: String
        var parameters: Parameters
        var x: [[Double]]
        var probe: [[Double]]
        var y: [Double]
        var learned: [[Double]]
        var transformed: [[Double]]
        var names: [String]
        var attributes: [String: [Double]]
    }

    @Test func equalsScikitLearn() throws {
        let cases = try fixture("feature_transformers", in: .module, of: [Case].self)
        #expect(Set(cases.map(\.transformer)).count == 8)
        for test in cases {
            let p = test.parameters
            switch test.transformer {
            case "Binarizer": try check(test, Binarizer(threshold: p.threshold ?? 0)) { _ in [:] }
            case "VarianceThreshold":
                try check(test, VarianceThreshold(threshold: p.threshold ?? 0)) { ["variances": $0.variances] }
            case "SelectKBest":
                try check(test, SelectKBest(p.scoreFunc ?? .chi2, k: .count(p.k ?? 10))) {
                    ["scores": $0.scores, "pvalues": $0.pvalues]
                }
            case "MissingIndicator":
                try check(
                    test,
                    MissingIndicator(
                        missingValues: p.marker, features: p.features ?? .all, errorOnNew: p.errorOnNew ?? true)
                ) { _ in [:] }
            case "KNNImputer":
                try check(
                    test,
                    KNNImputer(
                        missingValues: p.marker, nNeighbors: p.nNeighbors ?? 5, weights: p.weights ?? .uniform,
                        addIndicator: p.addIndicator ?? false, keepEmptyFeatures: p.keepEmptyFeatures ?? false)
                ) { _ in [:] }
            case "IterativeImputer":
                try check(
                    test,
                    IterativeImputer(
                        missingValues: p.marker, maxIter: p.maxIter ?? 10, initialStrategy: p.initialStrategy ?? .mean,
                        imputationOrder: p.imputationOrder ?? .ascending, skipComplete: p.skipComplete ?? false,
                        maxValue: p.maxValue ?? .infinity, randomState: p.randomState,
                        addIndicator: p.addIndicator ?? false, keepEmptyFeatures: p.keepEmptyFeatures ?? false)
                ) { ["nIter": [Double($0.nIter ?? -1)]] }
            case "SplineTransformer":
                let given = p.knots ?? []
                try check(
                    test,
                    SplineTransformer(
                        nKnots: p.nKnots ?? 5, degree: p.degree ?? 3,
                        knots: given.isEmpty ? (p.isQuantile == true ? .quantile : .uniform) : .given(given),
                        extrapolation: p.extrapolation ?? .constant, includeBias: p.includeBias ?? true,
                        handleMissing: p.handleMissing ?? .error)
                ) { _ in [:] }
            default:
                let encoder = TargetEncoder<Double>(
                    smooth: p.smooth.map { .samples($0) } ?? .auto, cv: p.cv ?? 5, randomState: p.randomState)
                try check(test, encoder) {
                    ["targetMean": $0.targetMean, "encodings": Array($0.encodings.joined())]
                }
                let folds: any CrossValidator =
                    p.targetType == "continuous"
                    ? KFold(nSplits: p.cv ?? 5, shuffle: true, randomState: p.randomState)
                    : StratifiedKFold(nSplits: p.cv ?? 5, shuffle: true, randomState: p.randomState)
                var other = encoder
                other.cv = folds
                try check(test, other) { _ in [:] }
            }
        }
    }

    private func check<Subject: Transformer & FeatureNaming>(
        _ test: Case, _ subject: Subject, _ attributes: (Subject) -> [String: [Double]]
    ) throws {
        let comment: Comment = "\(subject)"
        var fitted = subject
        let x = try Matrix(test.x)
        let isNumber = test.parameters.scoreFunc == .fRegression || test.parameters.targetType == "continuous"
        let learned: Matrix<Double> =
            if test.y.isEmpty {
                try fitted.fitTransform(x)
            } else if isNumber {
                try fitted.fitTransform(x, test.y)
            } else {
                try fitted.fitTransform(x, test.y.map { Int($0) })
            }
        func expect(_ values: Matrix<Double>, _ expected: [[Double]]) {
            #expect(values.rows == expected.count && values.columns == expected[0].count, comment)
            let agree = zip(values.elements, expected.joined()).allSatisfy { close($0, $1, 1e-10) }
            #expect(agree, "\(comment): \(values.elements.prefix(40)) is not \(expected.joined().prefix(40))")
        }
        expect(learned, test.learned)
        expect(try fitted.transform(Matrix(test.probe)), test.transformed)
        let names = try fitted.getFeatureNamesOut(nil)
        #expect(names.count == learned.columns, comment)
        // scikit-learn's KNNImputer gives no name to an empty feature that it keeps.
        if !(subject is KNNImputer && names.count != test.names.count) {
            #expect(names == test.names, comment)
        }
        for (name, values) in attributes(fitted) {
            let expected = test.attributes[name] ?? []
            #expect(values.count == expected.count, "\(comment) \(name)")
            let agree = zip(values, expected).allSatisfy { close($0, $1, 1e-10) }
            #expect(agree, "\(comment) \(name): \(values) is not \(expected)")
        }
    }

    // MARK: Laws

    @Test func selectorsPutColumnsBack() throws {
        let x: Matrix<Double> = [[1, 5, 2], [2, 5, 1], [4, 5, 9]]
        let selector = try VarianceThreshold().fitted(x)
        #expect(try selector.transform(x) == [[1, 2], [2, 1], [4, 9]])
        #expect(try selector.inverseTransform(selector.transform(x)) == [[1, 0, 2], [2, 0, 1], [4, 0, 9]])
        #expect(try selector.getSupport() == [true, false, true])
    }

    @Test func splinesSumToOne() throws {
        let x = Matrix<Double>(rows: 50, columns: 1, elements: (0..<50).map { Double($0 * $0 % 37) })
        let splines = try SplineTransformer(nKnots: 6, degree: 4, knots: .quantile).fitted(x).transform(x)
        for row in 0..<50 { #expect(abs((splines.row(row) as [Double]).reduce(0, +) - 1) < 1e-12) }
    }

    @Test func aUnionIsSideBySide() throws {
        let x: Matrix<Double> = [[1, 5], [2, .nan], [4, 1]]
        let union = try FeatureUnion(SimpleImputer(), MissingIndicator(), SimpleImputer(strategy: .constant)).fitted(x)
        #expect(try union.transform(x) == [[1, 5, 0, 1, 5], [2, 3, 1, 2, 0], [4, 1, 0, 4, 1]])
        #expect(try union.getFeatureNamesOut() == ["x0", "x1", "missingindicator_x1", "x0", "x1"])
    }

    @Test func categoriesOfAnyTypeAreEncodedAlike() throws {
        let words = ["a", "b", "a", "c", "b", "a", "c", "a"]
        let y: [Double] = [1, 2, 3, 4, 5, 6, 7, 8]
        var ofWords = TargetEncoder(cv: 4, shuffle: false)
        var ofNumbers = TargetEncoder<Double>(cv: 4, shuffle: false)
        let one = try ofWords.fitTransform(Matrix(rows: 8, columns: 1, elements: words), y)
        let other = try ofNumbers.fitTransform(
            Matrix(rows: 8, columns: 1, elements: words.map { Double($0.utf8.first ?? 0) }), y)
        #expect(one == other)
        #expect(ofWords.encodings == ofNumbers.encodings && ofWords.fittedTargetType == .continuous)
        #expect(try ofWords.transform([["?"]]) == [[4.5]])
    }
}
