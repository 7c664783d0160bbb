import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Simultaneous fits and predictions, small enough for the thread sanitizer.
@Suite struct ConcurrencyTests {
    @Test(arguments: Solver.allCases) func fitsAndPredictionsCanOverlap(solver: Solver) async throws {
        let x = try SmallData.features(rows: 64)
        let y = SmallData.classes(x, count: 3)
        var shared = MLPClassifier(hiddenLayerSizes: [8], solver: solver, maxIter: 3, randomState: 1)
        try shared.fit(x, y)
        let model = shared
        let expected = try model.predictProba(x)
        try await withThrowingTaskGroup(of: Matrix<Double>.self) { group in
            for index in 0..<8 {
                group.addTask {
                    if index % 2 == 0 { return try model.predictProba(x) }
                    var own = model
                    try own.fit(x, y)
                    return try own.predictProba(x)
                }
            }
            for try await probabilities in group { #expect(probabilities == expected) }
        }
    }
}
