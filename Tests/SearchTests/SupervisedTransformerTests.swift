import Composition
import Estimators
import LinearAlgebra
import Metrics
import ModelSelection
import Preprocessing
import Tables
import Testing

/// Transformers that learn from the targets, inside of everything that is built of others.
@Suite struct SupervisedTransformerTests {
    /// Replaces each value by the mean target of the training samples that have it, or by the mean of all.
    struct TargetMeans<Value: Hashable & Sendable>: Sendable {
        var means: [Value: Double] = [:]
        var mean = 0.0

        init() {}

        init<Target>(of values: [Value], _ y: [Target]) throws {
            guard let y = y as? [Double] else { throw EstimatorError.notSupported("TargetMeans of \(Target.self)") }
            means = Dictionary(grouping: zip(values, y), by: \.0).mapValues { pairs in
                pairs.reduce(0) { $0 + $1.1 } / Double(pairs.count)
            }
            mean = y.reduce(0, +) / Double(y.count)
        }

        func callAsFunction(_ value: Value) -> Double { means[value] ?? mean }
    }

    struct NumericTargetMeans: SupervisedTransformer {
        var learned = TargetMeans<Double>()

        mutating func fit<Scalar: MatrixScalar, Target>(_ x: Matrix<Scalar>, _ y: [Target]) throws {
            learned = try TargetMeans(of: x.elements.map { Double($0) }, y)
        }

        func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) -> Matrix<Scalar> {
            x.map { Scalar(learned(Double($0))) }
        }
    }

    struct CategoricalTargetMeans: SupervisedEncoder {
        var learned = TargetMeans<String?>()

        mutating func fit<Target>(_ x: Matrix<String?>, _ y: [Target]) throws {
            learned = try TargetMeans(of: x.elements, y)
        }

        func transform(_ x: Matrix<String?>) -> Matrix<Double> { x.map { learned($0) } }
    }

    /// Gives an estimator other features to learn from than to predict from, as cross-fitting does.
    struct CrossFitted: SupervisedTransformer {
        var isFitted = false

        mutating func fit<Scalar: MatrixScalar, Target>(_ x: Matrix<Scalar>, _ y: [Target]) { isFitted = true }
        func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) -> Matrix<Scalar> { x }
        mutating func fitTransform<Scalar: MatrixScalar, Target>(
            _ x: Matrix<Scalar>, _ y: [Target]
        ) -> Matrix<Scalar> {
            fit(x, y)
            return x.map { -$0 }
        }
    }

    /// Predicts the first feature, and notes the features that it was fitted to.
    struct FirstFeature: MatrixEstimator {
        typealias Scalar = Double
        var shift = 0.0
        var seen: [Double] = []

        mutating func fit(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) { seen = x.elements }
        func predict(_ x: Matrix<Double>) -> [Double] { x.column(0).map { $0 + shift } }
        func score(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws -> Double {
            try r2Score(y, predict(x), sampleWeight: sampleWeight)
        }
    }

    private let x: Matrix<Double> = [[1], [1], [2], [2], [2], [3]]
    private let y: [Double] = [1, 3, 4, 5, 6, 9]
    private let means: [Double] = [2, 2, 5, 5, 5, 9]

    /// Every sample is of a value of its own: only who has seen a sample's target can know it.
    private static let ids = Matrix(rows: 12, columns: 1, elements: (0..<12).map(Double.init))
    private static let targets = (0..<12).map { Double($0 * 7 % 12) }
    private static let table = try? Table([
        "id": .numbers(ids.elements), "name": .strings((0..<12).map { "n\($0)" }),
    ])
    private static let cv = KFold(nSplits: 3, shuffle: true, randomState: 0)

    @Test func pipelinesPassTheTargetsOn() throws {
        let pipeline = try Pipeline(NumericTargetMeans(), FirstFeature()).fitted(x, y)
        #expect(pipeline.last.seen == means)
        #expect(try pipeline.predict([[1], [7]]) == [2, y.reduce(0, +) / 6])
        let second = try Pipeline(FunctionTransformer { $0 * 2 }, NumericTargetMeans(), FirstFeature()).fitted(x, y)
        #expect(second.last.seen == means)
        let first = try Pipeline(NumericTargetMeans(), FunctionTransformer { $0 * 2 }, FirstFeature()).fitted(x, y)
        #expect(first.last.seen == means.map { $0 * 2 })
    }

    @Test func chainsPassTheTargetsOn() throws {
        let chain = try Chain(NumericTargetMeans(), NumericTargetMeans()).fitted(x, y)
        #expect(try chain.transform(x).elements == means)
        #expect(try StandardScaler().fitted(x, y) == StandardScaler().fitted(x), "others ignore the targets")
    }

    @Test func whatAnEstimatorLearnsFromMayDiffer() throws {
        let pipeline = try Pipeline(CrossFitted(), FunctionTransformer { $0 }, FirstFeature()).fitted(x, y)
        #expect(pipeline.last.seen == x.elements.map { -$0 })
        #expect(try pipeline.predict(x) == x.elements)
        let table = try Table(["id": .numbers(x.elements)])
        let columns = ColumnTransformer([.numeric(["id"], CrossFitted())])
        let tablePipeline = try TablePipeline(columns, FirstFeature()).fitted(table, y)
        #expect(tablePipeline.last.seen == x.elements.map { -$0 })
    }

    @Test func columnTransformersPassTheTargetsOn() throws {
        let table = try Table([
            "number": .numbers(x.elements), "word": .strings(["a", "a", "b", "b", "b", nil]),
        ])
        let columns = ColumnTransformer([
            .numeric(["number"], NumericTargetMeans()), .categorical(["word"], CategoricalTargetMeans()),
            .categorical(["word"], CategoryImputer(), CategoricalTargetMeans()), .numeric(["number"]),
        ])
        let fitted = try columns.fitted(table, y)
        let features = try fitted.transform(table)
        #expect(features.column(0) == means && features.column(1) == means)
        #expect(features.column(2) == [2, 2, 6, 6, 6, 6], "the gap is a b")
        #expect(features.column(3) == x.elements)
        #expect(try TablePipeline(columns, FirstFeature()).fitted(table, y).last.seen == features.elements)
    }

    @Test func withoutTargetsTheErrorSaysWhatToDo() throws {
        var transformer = NumericTargetMeans()
        let error = #expect(throws: EstimatorError.self) { try transformer.fit(x) }
        #expect(
            error?.description
                == "y must be given to NumericTargetMeans(), which learns from the target: call fit(x, y).")
        var encoder = CategoricalTargetMeans()
        #expect(throws: EstimatorError.self) { try encoder.fit(Matrix(rows: 1, columns: 1, elements: ["a"])) }
        let table = try Table(["number": .numbers(x.elements)])
        #expect(throws: EstimatorError.self) {
            try ColumnTransformer([.numeric(["number"], NumericTargetMeans())]).fitted(table)
        }
    }

    @Test func targetsOfAnotherNumberAreRejectedBeforeATransformerSeesThem() throws {
        let table = try Table(["number": .numbers(x.elements)])
        let columns = ColumnTransformer([.numeric(["number"], NumericTargetMeans())])
        for body in [
            { _ = try Pipeline(NumericTargetMeans(), FirstFeature()).fitted(x, [1, 2]) },
            { _ = try TablePipeline(columns, FirstFeature()).fitted(table, [1, 2]) },
            { _ = try columns.fitted(table, [1, 2]) },
        ] {
            let error = #expect(throws: EstimatorError.self) { try body() }
            #expect(error?.description == "y must have as many samples as x, but has 2 where x has 6.")
        }
    }

    // MARK: Leakage

    /// Were a target of the test side seen, its sample would be predicted without an error.
    private func expectNoLeak<Model: Estimator>(
        _ model: Model, _ x: Model.Features, sourceLocation: SourceLocation = #_sourceLocation
    ) throws where Model.Target == Double {
        let y = SupervisedTransformerTests.targets
        #expect(try model.fitted(x, y).score(x, y) == 1, "what was seen is known", sourceLocation: sourceLocation)
        let scores = try crossValScore(model, x, y, cv: SupervisedTransformerTests.cv)
        for (score, split) in zip(scores, try SupervisedTransformerTests.cv.split(nSamples: 12)) {
            let train = split.train.map { y[$0] }
            let mean = train.reduce(0, +) / Double(train.count)
            let expected = try r2Score(split.test.map { y[$0] }, split.test.map { _ in mean })
            #expect(score == expected && score <= 0, sourceLocation: sourceLocation)
        }
    }

    @Test func crossValidationHidesTheTargetsOfTheTestSide() throws {
        try expectNoLeak(Pipeline(NumericTargetMeans(), FirstFeature()), SupervisedTransformerTests.ids)
        let table = try #require(SupervisedTransformerTests.table)
        for part in [
            ColumnTransformer.Part.numeric(["id"], NumericTargetMeans()),
            .categorical(["name"], CategoricalTargetMeans()),
        ] {
            try expectNoLeak(TablePipeline(ColumnTransformer([part]), FirstFeature()), table)
        }
    }

    @Test func searchesHideTheTargetsOfTheTestSide() throws {
        let pipeline = Pipeline(NumericTargetMeans(), FirstFeature())
        let (ids, targets) = (SupervisedTransformerTests.ids, SupervisedTransformerTests.targets)
        var search = GridSearchCV(
            pipeline, paramGrid: [.init(\.last.shift, [0, 100])], nJobs: 2, cv: SupervisedTransformerTests.cv)
        try search.fit(ids, targets)
        let scores = try crossValScore(pipeline, ids, targets, cv: SupervisedTransformerTests.cv)
        #expect(abs(search.cvResults.meanTestScore[0] - scores.reduce(0, +) / 3) < 1e-12)
        #expect(search.bestScore.map { $0 <= 0 } == true)
        #expect(try search.score(ids, targets) == 1, "the best one is fitted to all samples")
    }

    // MARK: The target encoder

    /// Every category occurs once, so that an encoding with the sample's own target would be the target.
    @Test func targetEncodingDoesNotLeak() throws {
        let x = Matrix<Double>(rows: 60, columns: 1, elements: (0..<60).map(Double.init))
        let y = (0..<60).map { Double($0 * 37 % 60) }
        let encoder = TargetEncoder<Double>(smooth: 0, cv: 5, randomState: 0)
        let pipeline = Pipeline(encoder, FirstFeature())
        // In fit, every sample gets the mean of the folds that it is not in: as many numbers as there are folds.
        let fitted = try pipeline.fitted(x, y)
        #expect(Set(fitted.last.seen).count == 5)
        // In a cross-validation, the categories of the test side are unknown, and no target of theirs is told.
        let scores = try crossValScore(pipeline, x, y, cv: KFold(nSplits: 4))
        #expect(scores.allSatisfy { $0 <= 0 })
        let splits = try KFold(nSplits: 4).split(nSamples: 60)
        let result = try crossValPredict(pipeline, x, y, cv: KFold(nSplits: 4))
        for (train, test) in splits {
            let mean = train.reduce(0) { $0 + y[$1] } / Double(train.count)
            for sample in test { #expect(abs(result[sample] - mean) < 1e-12) }
        }
        // The encoding of all samples, which is for new ones, would tell every target.
        #expect(try encoder.fitted(x, y).transform(x).elements == y)
    }

    @Test func targetEncodingOfATableIsCrossFitted() throws {
        let words = (0..<30).map { "w\($0)" }
        let table = try Table(["word": .strings(words)])
        let y = (0..<30).map { Double($0 * 7 % 30) }
        let columns = ColumnTransformer([.categorical(["word"], TargetEncoder(smooth: 0, cv: 3, randomState: 1))])
        let fitted = try TablePipeline(columns, FirstFeature()).fitted(table, y)
        #expect(Set(fitted.last.seen).count == 3)
        #expect(try fitted.predict(table) == y)
    }
}
