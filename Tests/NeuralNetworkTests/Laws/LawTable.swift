import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// A type-erased row of the table of estimators.
struct LawTableRow: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: @Sendable (EstimatorLaw) async throws -> Void

    /// All target types × Double and Float × all solvers, and both losses of the regressor.
    static let all: [LawTableRow] = Solver.allCases.flatMap { rows(Double.self, $0) + rows(Float.self, $0) }

    private static func rows<Scalar: NetworkScalar>(_: Scalar.Type, _ solver: Solver) -> [LawTableRow] {
        let doubles: Matrix<Double>? = try? SmallData.features(Double.self)
        guard let doubles else { return [] }
        let x = Matrix(
            rows: doubles.rows, columns: doubles.columns, elements: Scalar.rounding(doubles.elements))
        let two = SmallData.classes(doubles, count: 2)
        let three = SmallData.classes(doubles, count: 3)
        let numbers = SmallData.numbers(doubles)
        let counts = numbers.map { ($0 + 3).rounded() }

        return [
            classifier(x, two, solver), classifier(x, three, solver),
            classifier(x, three.map { "class \($0)" }, solver),
            classifier(x, two.map { $0 == 1 }, solver), classifier(x, three.map { Species.allCases[$0] }, solver),
            classifier(x, SmallData.indicators(doubles), solver),
            regressor(x, numbers, .squaredError, solver),
            regressor(x, numbers.map { Float($0) }, .squaredError, solver),
            regressor(x, numbers.map { [$0, 1 - $0 * $0] }, .squaredError, solver),
            regressor(x, numbers.map { [Float($0), 1] }, .squaredError, solver), regressor(x, counts, .poisson, solver),
            regressor(x, counts.map { [$0, 2] }, .poisson, solver),
        ]
    }

    private static func classifier<Target: ClassificationTarget, Scalar: NetworkScalar>(
        _ x: Matrix<Scalar>, _ y: [Target], _ solver: Solver
    ) -> LawTableRow {
        let subject = LawSubject(make: { MLPClassifier<Target, Scalar>($0) }, solver: solver, x: x, y: y)
        let name = "MLPClassifier<\(Target.self), \(Scalar.self)> \(solver), \(Set(y).count) kinds of target"
        return LawTableRow(testDescription: name) { try await subject.check($0) }
    }

    private static func regressor<Target: RegressionTarget, Scalar: NetworkScalar>(
        _ x: Matrix<Scalar>, _ y: [Target], _ loss: RegressionLoss, _ solver: Solver
    ) -> LawTableRow {
        let subject = LawSubject(
            make: { MLPRegressor<Target, Scalar>(loss: loss, $0) }, solver: solver, x: x, y: y)
        return LawTableRow(testDescription: "MLPRegressor<\(Target.self), \(Scalar.self)> \(loss) \(solver)") {
            try await subject.check($0)
        }
    }
}
