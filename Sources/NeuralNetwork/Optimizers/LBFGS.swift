import LinearAlgebra

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
    struct State: Sendable {
        var parameters: [Double]
        var value: Double
        var gradient: [Double]
        var iterations = 0
        var evaluations = 1
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
    private static let trialsPerSearch = 20

    /// Minimises `function` from `start`.
    ///
    /// - Parameter shouldStop: asked after every iteration.
    /// - Throws: what `function` throws.
    /// - Complexity: a few evaluations and O(parameters) per iteration.
    func minimize(
        from start: [Double], _ function: Function, shouldStop: () -> Bool = { false }
    ) throws -> (state: State, outcome: Outcome) {
        var gradient = [Double](repeating: 0, count: start.count)
        let value = try function(start, &gradient)
        var state = State(parameters: start, value: value, gradient: gradient)
        if isFlat(gradient) { return (state, .converged) }

        var memory = CurvatureMemory(capacity: LBFGS.pairsKept)
        while true {
            guard let step = try search(from: state, with: memory, function) else {
                // A direction that leads nowhere: forget the curvature, and give up where there was none to forget.
                if memory.isEmpty { return (state, .stuck) }
                memory.removeAll()
                continue
            }
            let previous = state
            state = step.end
            state.iterations += 1

            if state.iterations >= maxIter { return (state, .reachedMaxIter) }
            if state.evaluations > maxFun { return (state, .reachedMaxFun) }
            if isFlat(state.gradient) || hasStalled(from: previous.value, to: state.value) {
                return (state, .converged)
            }
            if shouldStop() { return (state, .stopped) }

            // Only a step along which the slope has risen says anything of a minimum.
            if step.curvature > Double.ulpOfOne * step.expectedDecrease {
                memory.append(
                    step: step.vector, change: zip(state.gradient, previous.gradient).map { $0 - $1 },
                    curvature: step.curvature)
            }
        }
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
    private func search(from start: State, with memory: CurvatureMemory, _ function: Function) throws -> Step? {
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
            trial.evaluations += 1
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

    private func isFlat(_ gradient: [Double]) -> Bool {
        gradient.allSatisfy { abs($0) <= gradientTolerance }
    }

    private func hasStalled(from previous: Double, to value: Double) -> Bool {
        previous - value <= LBFGS.valueTolerance * max(abs(previous), abs(value), 1)
    }
}
