import Estimators
import LinearAlgebra
import NumPyRandom
import Testing

@testable import NeuralNetwork

/// Training and prediction with sparse features equal those with the dense matrix, except for the order of sums.
@Suite struct SparseTests {
    /// Returns a table in which about a fifth of the elements is not 0, with a zero row and a zero column.
    private static func table(seed: UInt32 = 5) throws -> (dense: Matrix<Double>, sparse: SparseMatrix<Double>) {
        var generator = RandomState(seed: seed)
        var dense = Matrix<Double>(rows: 60, columns: 12, repeating: 0)
        for row in 1..<60 {
            for column in 0..<11 where generator.randomSample() < 0.2 {
                dense[row, column] = try generator.normal(loc: 0, scale: 2)
            }
        }
        return (dense, SparseMatrix(dense))
    }

    private static let labels = (0..<60).map { ($0 * 7) % 3 }
    private static let weights = (0..<60).map { Double($0 % 4) / 2 + 0.25 }

    @Test(
        arguments: Solver.allCases, [false, true])
    func classifiersAgree(solver: Solver, weighted: Bool) throws {
        let (dense, sparse) = try Self.table()
        let weights = weighted ? Self.weights : nil
        let untrained = MLPClassifier(
            hiddenLayerSizes: [7, 3], activation: .tanh, solver: solver, batchSize: 16, maxIter: 12, randomState: 3)
        var (a, b) = (untrained, untrained)
        try a.fit(dense, Self.labels, sampleWeight: weights)
        try b.fit(sparse, Self.labels, sampleWeight: weights)
        #expect(
            greatestDifference(a.fitted.model?.network.parameters ?? [], b.fitted.model?.network.parameters ?? [])
                < 1e-9)
        #expect(greatestDifference(a.lossCurve, b.lossCurve) < 1e-10)
        #expect(try a.predictProba(dense).difference(from: b.predictProba(sparse)) < 1e-9)
        #expect(try a.predictLogProba(dense).difference(from: b.predictLogProba(sparse)) < 1e-8)
        #expect(try a.predict(dense) == b.predict(sparse))
        #expect(try a.score(dense, Self.labels) == b.score(sparse, Self.labels))
    }

    @Test func earlyStoppingAndPartialFitAgree() throws {
        let (dense, sparse) = try Self.table()
        let untrained = MLPClassifier(
            hiddenLayerSizes: [6], maxIter: 30, randomState: 1, earlyStopping: true, validationFraction: 0.2)
        var (a, b) = (untrained, untrained)
        try a.fit(dense, Self.labels)
        try b.fit(sparse, Self.labels)
        #expect(a.validationScores == b.validationScores && !a.validationScores.isEmpty)

        var (c, d) = (
            MLPClassifier(hiddenLayerSizes: [6], randomState: 1), MLPClassifier(hiddenLayerSizes: [6], randomState: 1)
        )
        for _ in 0..<3 {
            try c.partialFit(dense, Self.labels, classes: [0, 1, 2])
            try d.partialFit(sparse, Self.labels, classes: [0, 1, 2])
        }
        #expect(greatestDifference(c.lossCurve, d.lossCurve) < 1e-10)
    }

    @Test func regressorsAgreeInBothPrecisions() throws {
        let (dense, sparse) = try Self.table()
        let y = Self.labels.map { Double($0) - 0.5 }
        var (a, b) = (
            MLPRegressor(hiddenLayerSizes: [5], maxIter: 20, randomState: 2),
            MLPRegressor(hiddenLayerSizes: [5], maxIter: 20, randomState: 2)
        )
        try a.fit(dense, y)
        try b.fit(sparse, y)
        #expect(try greatestDifference(a.predict(dense), b.predict(sparse)) < 1e-10)
        try b.partialFit(sparse, y)
        #expect(try b.score(sparse, y).isFinite)

        var single = MLPRegressor<Float, Float>(hiddenLayerSizes: [5], maxIter: 20, randomState: 2)
        try single.fit(SparseMatrix(dense.map { Float($0) }), y.map { Float($0) })
        #expect(greatestDifference(single.lossCurve, a.lossCurve) < 1e-4)
    }

    /// Samples with a few full columns and one of many categories, of which most batches lack most.
    private static func wideTable<Scalar: NetworkScalar>(
        _: Scalar.Type, categories: Int = 700
    ) throws -> SparseMatrix<Scalar> {
        var generator = RandomState(seed: 8)
        let (rows, full) = (260, 5)
        var (indices, values): ([Int], [Scalar]) = ([], [])
        for row in 0..<rows {
            indices += Array(0..<full) + [full + (row * row) % categories]
            values += try generator.normal(loc: 0, scale: 1, size: full).map { Scalar($0) } + [1]
        }
        return try SparseMatrix(
            rows: rows, columns: full + categories,
            rowOffsets: Array(stride(from: 0, through: indices.count, by: full + 1)),
            columnIndices: indices, values: values)
    }

    /// Cores exchange what belongs to the features that occur in a batch. Threads pay off if there is much else to do.
    @Test func threadsPayOffIfFewFeaturesOccurInABatch() throws {
        func threads(_ units: [Int], categories: Int, rows: Int = 100) throws -> Int {
            let x = try Self.wideTable(Double.self, categories: categories)
            let data = TrainingData(
                features: .sparse(x), targets: Matrix(rows: x.rows, columns: 1, repeating: 0), weights: nil)
            let shape = try #require(NetworkShape(layerUnits: [x.columns] + units + [1]))
            return BLASThreads.withAtMost(2) { data.usefulThreads(in: shape, stepOf: rows) }
        }
        let several = min(2, BLASThreads.count)
        #expect(try threads([60], categories: 700) == 1)
        #expect(try threads([60], categories: 8_000) == several)
        #expect(try threads([600, 600, 600], categories: 700) == several)
        #expect(try threads([60], categories: 8_000, rows: 1) == 1)
    }

    @Test func theColumnsOfABatchAreEstimatedFromTheirOccurrences() throws {
        let x = SparseMatrix<Double>([[1, 2, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0]])
        #expect(x.expectedColumns(inRows: 1) == 1.25)
        #expect(x.expectedColumns(inRows: 2) == 2 - 0.5625)
    }

    /// The bits do not depend on the number of threads, and the gradient of a category that a batch lacks is 0.
    @Test(arguments: Solver.allCases) func threadsDoNotChangeTheBits(solver: Solver) throws {
        try checkThreads(Double.self, solver, tolerance: 1e-11)
        try checkThreads(Float.self, solver, tolerance: 2e-3)
    }

    private func checkThreads<Scalar: NetworkScalar>(_: Scalar.Type, _ solver: Solver, tolerance: Double) throws {
        // So many features that several threads pay off.
        let x = try Self.wideTable(Scalar.self, categories: 8_000)
        let y = (0..<x.rows).map { Double(($0 * 7) % 11) / 5 }
        var many = MLPRegressor<Double, Scalar>(
            hiddenLayerSizes: [60], solver: solver, alpha: 0.01, batchSize: 100, maxIter: 4, randomState: 1)
        var (one, dense) = (many, many)
        try many.fit(x, y)
        try BLASThreads.withAtMost(1) { try one.fit(x, y) }
        #expect(many == one)
        #expect(try many.predict(x) == BLASThreads.withAtMost(1) { try one.predict(x) })
        try dense.fit(x.dense, y)
        #expect(greatestDifference(many.lossCurve, dense.lossCurve) <= tolerance)
        for (first, second) in zip(many.coefs, dense.coefs) { #expect(first.difference(from: second) <= tolerance) }

        // A second fit begins with a clean gradient.
        var again = many
        try again.fit(x, y)
        #expect(again == many)
    }

    @Test func rejectsInvalidInput() throws {
        let (_, sparse) = try Self.table()
        var mlp = MLPClassifier(hiddenLayerSizes: [4], maxIter: 3, randomState: 0)
        #expect(throws: EstimatorError.notFitted(estimator: "MLPClassifier")) { try mlp.predict(sparse) }
        let nan = try SparseMatrix<Double>(
            rows: 2, columns: 12, rowOffsets: [0, 1, 1], columnIndices: [3], values: [.nan])
        let error = #expect(throws: EstimatorError.self) { try mlp.fit(nan, [0, 1]) }
        #expect(error?.description.contains("x.values[0] is nan") == true)
        let empty = try SparseMatrix<Double>(rows: 0, columns: 3, rowOffsets: [0], columnIndices: [], values: [])
        #expect(throws: EstimatorError.self) { try mlp.fit(empty, []) }
        try mlp.fit(sparse, Self.labels)
        let narrow = SparseMatrix<Double>([[1, 2], [0, 1]])
        let width = #expect(throws: EstimatorError.self) { try mlp.predict(narrow) }
        #expect(width?.description.contains("12 columns") == true)
    }
}
