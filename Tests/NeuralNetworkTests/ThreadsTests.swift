import LinearAlgebra
import NumPyRandom
import Testing

@testable import NeuralNetwork

/// A network that is large enough for several threads gives the same results with any number of threads.
@Suite struct ThreadsTests {
    @Test(arguments: [Solver.adam, .sgd]) func trainingAgreesForAnyNumberOfThreads(solver: Solver) throws {
        try check(Double.self, solver: solver, tolerance: 1e-12)
        try check(Float.self, solver: solver, tolerance: 1e-4)
    }

    private func check<Scalar: NetworkScalar>(_: Scalar.Type, solver: Solver, tolerance: Double) throws {
        var generator = RandomState(seed: 1)
        let (rows, columns) = (400, 70)
        let elements = try generator.uniform(low: -1, high: 1, size: rows * columns).map { Scalar($0) }
        let x = Matrix<Scalar>(rows: rows, columns: columns, elements: elements)
        let y = (0..<rows).map { Int(x[$0, 0] + x[$0, 1] > 0 ? 1 : 0) + Int(x[$0, 2] > 0 ? 1 : 0) }
        var many = MLPClassifier<Int, Scalar>(
            hiddenLayerSizes: [150, 90], solver: solver, alpha: 0.01, maxIter: 4, randomState: 1)
        var one = many
        #expect(
            NetworkShape(layerUnits: [70, 150, 90, 3])?.usefulThreads(stepOf: 200) ?? 0 >= min(2, BLASThreads.count))
        try many.fit(x, y)
        try BLASThreads.withAtMost(1) { try one.fit(x, y) }
        #expect(greatestDifference(many.lossCurve, one.lossCurve) <= tolerance)
        for (first, second) in zip(many.coefs, one.coefs) { #expect(first.difference(from: second) <= tolerance) }
        for (first, second) in zip(many.intercepts, one.intercepts) {
            #expect(greatestDifference(first, second) <= tolerance)
        }
        let samples = Array(repeating: Array(0..<rows), count: 20).flatMap { $0 }
        let wide = x.selectingRows(samples)
        let alone = try BLASThreads.withAtMost(1) { try many.predictProba(wide) }
        #expect(try many.predictProba(wide).difference(from: alone) <= tolerance)
    }

    /// The last group of rows can have fewer rows than a tile of a product.
    @Test(arguments: [458, 482, 963, 1000]) func predictionsHaveTheSameBitsForAnyNumberOfThreads(rows: Int) throws {
        let x = try SmallData.features(rows: 1000, columns: 70)
        var mlp = MLPClassifier(hiddenLayerSizes: [150, 90], maxIter: 1, randomState: 1)
        try mlp.fit(x, SmallData.classes(x, count: 3))
        let some = x.selectingRows(Array(0..<rows))
        let alone = try BLASThreads.withAtMost(1) { try mlp.predictProba(x) }.selectingRows(Array(0..<rows))
        let together = try mlp.predictProba(some)
        #expect(Double.packsFactors ? together == alone : together.difference(from: alone) < 1e-14)
    }

    /// The probabilities of a sample do not depend on the other rows.
    @Test func singleRowEqualsItsRowInABatch() throws {
        let x = try SmallData.features(rows: 60)
        let y = SmallData.classes(x, count: 3)
        var mlp = MLPClassifier(hiddenLayerSizes: [30, 20], maxIter: 5, randomState: 1)
        try mlp.fit(x, y)
        let all = try mlp.predictProba(x)
        for count in 1...6 {
            let part = try mlp.predictProba(x.selectingRows(Array(0..<count)))
            #expect(part.difference(from: all.selectingRows(Array(0..<count))) < 1e-14)
        }
    }
}
