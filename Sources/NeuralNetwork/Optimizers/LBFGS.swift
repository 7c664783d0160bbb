import Estimators
import LinearAlgebra
import ModelFiles

/// Minimises a smooth function of many parameters by limited-memory BFGS.
///
/// It knows no network: the function is a closure that returns its value and writes its gradient. Iterations, stopping
/// rules and restarts are those of L-BFGS-B without bounds.
///
/// Source: R. H. Byrd, P. Lu, J. Nocedal, C. Zhu, "A limited memory algorithm for bound constrained optimization", SIAM
/// Journal on Scientific Computing 16 (1995).
struct LBFGS: Equatable, Sendable {
    /// How the search ended.
    enum Outcome: Equatable, Sendable {
        /// No component of the gradient exceeds the tolerance, or the value has stopped falling.
        case converged
        case reachedMaxIter
        case reachedMaxFun
        /// No step along the steepest descent decreased the value: rounding errors prevent progress.
        case stuck
        /// The caller asked to stop.
        case stopped
    }

    /// Where the search has come to.
    struct State: Equatable, Sendable, Codable {
        @CodedAsTensor var parameters: [Double]
        var value: Double
        @CodedAsTensor var gradient: [Double]
        var iterations = 0
        var evaluations = 1
    }

    /// Where the search has come to, with all that it needs to go on from there.
    struct Point: Equatable, Sendable, Codable {
        var state: State
        /// The value before the last iteration; nil before the first.
        var previousValue: Double?
        var memory = CurvatureMemory(capacity: LBFGS.pairsKept)
    }

    /// Writes the gradient at `parameters` and returns the value there.
    typealias Function = (_ parameters: [Double], _ gradient: inout [Double]) throws -> Double

    /// The most iterations.
    let maxIter: Int
    /// The most evaluations; an iteration that has begun is completed.
    let maxFun: Int
    /// The greatest component of the gradient that counts as 0.
    let gradientTolerance: Double

    /// The relative decrease of the value that counts as none.
    private static let valueTolerance = 1e7 * Double.ulpOfOne
    private static let pairsKept = 10
    /// The arrays with a number per parameter that a search keeps: the pairs, the line search's points and a direction.
    static let arrayCount = 2 * pairsKept + 3
    private static let trialsPerSearch = 20

    /// The point at which a search begins.
    ///
    /// - Throws: what `function` throws.
    func begin(at start: [Double], _ function: Function) throws -> Point {
        var gradient = [Double](repeating: 0, count: start.count)
        let value = try function(start, &gradient)
        return Point(state: State(parameters: start, value: value, gradient: gradient))
    }

    /// Minimises `function` on from `point`, which is left where the search has come to.
    ///
    /// A search that was ended and goes on comes to the same point as one that was not.
    ///
    /// - Parameter shouldStop: asked after every iteration.
    /// - Throws: what `function` and `shouldStop` throw.
    /// - Complexity: a few evaluations and O(parameters) per iteration.
    func minimize(
        from point: inout Point, _ function: Function, shouldStop: (Point) throws -> Bool = { _ in false }
    ) throws -> Outcome {
        if let outcome = outcome(at: point) { return outcome }
        while true {
            guard let step = try search(from: &point.state, with: point.memory, function) else {
                // A direction that leads nowhere: forget the curvature, and give up where there was none to forget.
                if point.memory.isEmpty { return .stuck }
                point.memory.removeAll()
                continue
            }
            advance(&point, by: step)
            // Asked after every iteration, also where the search ends anyway.
            let isToStop = try shouldStop(point)
            if let outcome = outcome(at: point) { return outcome }
            if isToStop { return .stopped }
        }
    }

    private func advance(_ point: inout Point, by step: Step) {
        let previous = point.state
        point.previousValue = previous.value
        point.state = step.end
        point.state.iterations += 1
        // Only a step along which the slope has risen says anything of a minimum.
        if step.curvature > Double.ulpOfOne * step.expectedDecrease {
            point.memory.append(
                step: step.vector, change: zip(step.end.gradient, previous.gradient).map { $0 - $1 },
                curvature: step.curvature)
        }
    }

    /// How the search ends at `point`; nil where it does not.
    private func outcome(at point: Point) -> Outcome? {
        if point.state.iterations >= maxIter { return .reachedMaxIter }
        if point.state.evaluations > maxFun { return .reachedMaxFun }
        if isFlat(point.state.gradient) { return .converged }
        if let previous = point.previousValue, hasStalled(from: previous, to: point.state.value) { return .converged }
        return nil
    }

    /// What a line search came to.
    private struct Step {
        let end: State
        /// s, the change of the parameters.
        let vector: [Double]
        /// sᵀy, how much the slope has risen over the step.
        let curvature: Double
        /// −sᵀg at the beginning.
        let expectedDecrease: Double
    }

    /// Searches along the quasi-Newton direction; nil when no step along it is any good.
    ///
    /// Of `start` only the number of evaluations changes: those of a search in vain count too.
    private func search(from start: inout State, with memory: CurvatureMemory, _ function: Function) throws -> Step? {
        let count = start.parameters.count
        let target = zip(start.parameters, memory.direction(for: start.gradient)).map { $0 + $1 }
        let direction = zip(target, start.parameters).map { $0 - $1 }
        let slope = Double.dot(start.gradient, direction, count: count)
        guard slope < 0 else { return nil }

        // Nothing is known of the curvature at first: a step of length 1.
        let length = Double.dot(direction, direction, count: count).squareRoot()
        var step = start.iterations == 0 ? min(1 / length, LineSearch.maximalStep) : 1
        var search = LineSearch(value: start.value, slope: slope, firstStep: step)
        var trial = start
        for _ in 0..<LBFGS.trialsPerSearch {
            trial.parameters = step == 1 ? target : zip(direction, start.parameters).map { step * $0 + $1 }
            trial.value = try function(trial.parameters, &trial.gradient)
            start.evaluations += 1
            trial.evaluations = start.evaluations
            let trialSlope = Double.dot(trial.gradient, direction, count: count)
            switch search.observe(LineSearch.Point(step: step, value: trial.value, slope: trialSlope)) {
            case .tryStep(let next):
                step = next
            case .accept:
                return Step(
                    end: trial, vector: step == 1 ? direction : direction.map { $0 * step },
                    curvature: (trialSlope - slope) * step, expectedDecrease: -slope * step)
            }
        }
        return nil
    }

    /// Whether a search over `count` parameters can be at `point`.
    static func isValid(_ point: Point, count: Int) -> Bool {
        let state = point.state
        return state.parameters.count == count && state.gradient.count == count
            && (0...(1 << 60)).contains(state.iterations) && (0...(1 << 60)).contains(state.evaluations)
            && point.memory.capacity == pairsKept && point.memory.isValid(count: count)
    }

    private func isFlat(_ gradient: [Double]) -> Bool {
        gradient.allSatisfy { abs($0) <= gradientTolerance }
    }

    private func hasStalled(from previous: Double, to value: Double) -> Bool {
        previous - value <= LBFGS.valueTolerance * max(abs(previous), abs(value), 1)
    }
}
