import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Sizes that exceed the memory of any machine are rejected before anything is allocated.
@Suite struct CapacityTests {
    @Test(arguments: [
        [Int.max], [1_000_000_000], [.max, .max], [100, Int(Int32.max)], [1 << 16, 1 << 16], [400_000_000],
        [1, 400_000_000, 1],
    ])
    func rejectsEnormousLayers(sizes: [Int]) throws {
        let x = try SmallData.features()
        for solver in Solver.allCases {
            var mlp = MLPRegressor(hiddenLayerSizes: sizes, solver: solver)
            let error = #expect(throws: EstimatorError.self) { try mlp.fit(x, SmallData.numbers(x)) }
            #expect(error?.description.hasPrefix("hiddenLayerSizes must be ") == true)
            #expect(error?.description.contains("\(sizes)") == true)
            #expect(mlp.nIter == nil)
        }
    }

    @Test func enormousBatchSizeUsesAllSamples() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var enormous = MLPRegressor(batchSize: .count(.max), maxIter: 2, randomState: 1)
        var all = MLPRegressor(batchSize: .count(x.rows), maxIter: 2, randomState: 1)
        try enormous.fit(x, y)
        try all.fit(x, y)
        #expect(enormous.fitted == all.fitted)
    }

    @Test func demandCountsParametersAndBatch() throws {
        let shape = try #require(NetworkShape(layerUnits: [4, 100, 1]))
        let adam = MemoryDemand(shape, batchSize: 200, isSparse: false, solver: .adam, scalar: Double.self)
        // 601 parameters in seven arrays; per sample 105 units, one target, and twice the errors of 100 units.
        #expect(adam.parameters == 7 * 8 * 601)
        #expect(adam.batch == 8 * 200 * (105 + 1 + 2 * 100))
        let sparse = MemoryDemand(shape, batchSize: 200, isSparse: true, solver: .adam, scalar: Double.self)
        #expect(sparse.batch == adam.batch - 8 * 200 * 4)
        let narrow = MemoryDemand(shape, batchSize: 200, isSparse: false, solver: .adam, scalar: Float.self)
        #expect(narrow.bytes == adam.bytes / 2)
        let lbfgs = MemoryDemand(shape, batchSize: 200, isSparse: false, solver: .lbfgs, scalar: Float.self)
        #expect(lbfgs.parameters == 26 * 8 * 601)
        #expect(MemoryDemand.available > 1e8)
    }

    /// As a dense matrix, it would take 32 GB.
    @Test(arguments: Solver.allCases) func sparseFeaturesNeedNoDenseMemory(solver: Solver) throws {
        let (rows, columns) = (20_000, 200_000)
        let x = try SparseMatrix<Double>(
            rows: rows, columns: columns, rowOffsets: Array(0...rows), columnIndices: (0..<rows).map { $0 * 7 },
            values: Array(repeating: 1, count: rows))
        var mlp = MLPRegressor(
            hiddenLayerSizes: [1], solver: solver, batchSize: .count(rows), maxIter: 1, randomState: 1)
        try mlp.fit(x, (0..<rows).map { Double($0 % 2) })
        #expect(mlp.nIter == 1)
    }

    @Test func errorNamesTheParameterThatIsTooLarge() throws {
        let shape = try #require(NetworkShape(layerUnits: [4, 100, 1]))
        let demand = MemoryDemand(shape, batchSize: 100_000, isSparse: false, solver: .adam, scalar: Double.self)
        try demand.check(MLPHyperparameters(), available: demand.bytes)
        let batch = #expect(throws: EstimatorError.self) {
            try demand.check(MLPHyperparameters(batchSize: 100_000), available: 1e8)
        }
        #expect(batch?.description.hasPrefix("batchSize must be small enough") == true)
        #expect(batch?.description.contains("0.1 GB") == true)
        let layers = #expect(throws: EstimatorError.self) {
            try demand.check(MLPHyperparameters(batchSize: 100_000), available: 1e4)
        }
        #expect(layers?.description.hasPrefix("hiddenLayerSizes must be small enough") == true)
    }
}
