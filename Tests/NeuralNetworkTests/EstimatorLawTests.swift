import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Checks all laws of estimators for every row of one table.
@Suite struct EstimatorLawTests {
    @Test(arguments: LawTableRow.all) func allLawsHold(of row: LawTableRow) async throws {
        for law in EstimatorLaw.allCases {
            do { try await row.check(law) } catch { Issue.record(error, "\(law)") }
        }
    }

    @Test func tableHasAllCombinations() {
        // 6 classifiers and 6 regressors × 2 precisions × 4 solvers. The table would be empty if creating it failed.
        #expect(LawTableRow.all.count == 96)
    }

    @Test(arguments: Solver.allCases) func floatAndDoubleAgree(solver: Solver) throws {
        let x = try SmallData.features()
        let narrow = try SmallData.features(Float.self)
        let three = SmallData.classes(x, count: 3)
        let numbers = SmallData.numbers(x)
        let parameters = MLPHyperparameters(
            hiddenLayerSizes: [6], activation: .tanh, solver: solver, maxIter: 10, randomState: 5)

        var classifier = MLPClassifier<Int, Double>(parameters)
        var narrowClassifier = MLPClassifier<Int, Float>(parameters)
        try classifier.fit(x, three)
        try narrowClassifier.fit(narrow, three)
        let probabilities = try narrowClassifier.predictProba(narrow).map { Double($0) }
        #expect(try probabilities.difference(from: classifier.predictProba(x)) < 1e-3)

        var regressor = MLPRegressor<Double, Double>(parameters)
        var narrowRegressor = MLPRegressor<Double, Float>(parameters)
        try regressor.fit(x, numbers)
        try narrowRegressor.fit(narrow, numbers)
        #expect(try greatestDifference(narrowRegressor.predict(narrow), regressor.predict(x)) < 1e-3)
    }
}
