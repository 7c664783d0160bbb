import Optimization
import Testing

/// Minimization by L-BFGS of a faulty function.
@Suite struct LBFGSTests {
    /// A gradient of the wrong sign leads uphill. A search with the curvature and one without it fail, then L-BFGS
    /// stops.
    @Test func failedLineSearchesCountTheirEvaluations() throws {
        var calls = 0
        func value(_ p: [Double], _ gradient: inout [Double]) -> Double {
            calls += 1
            let (x, y) = (p[0], p[1])
            let sign: Double = calls == 8 ? -1 : 1
            gradient = [sign * (2 * (x - 1) - 400 * x * (y - x * x)), sign * 200 * (y - x * x)]
            return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
        }
        let minimizer = LBFGS(maxIter: 100, maxFun: 1_000, gradientTolerance: 1e-6)
        var point = try minimizer.begin(at: [-1.2, 1], value)
        #expect(try minimizer.minimize(from: &point, value) == .stuck)
        #expect(calls == 48 && point.state.evaluations == calls)
    }
}
