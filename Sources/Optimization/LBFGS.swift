import Estimators
import LinearAlgebra
package import ModelFiles

/// Minimizes a smooth function of many parameters by limited-memory BFGS.
///
/// It is independent of networks: the function is a closure that returns its value and writes its gradient. Iterations,
/// stopping rules and restarts are those of L-BFGS-B without bounds.
///
/// Source: R. H. Byrd, P. Lu, J. Nocedal, C. Zhu, "A limited memory algorithm for bound constrained optimization", SIAM
/// Journal on Scientific Computing 16 (1995).
package struct LBFGS: Equatable, Sendable {
    /// The reason why the search ended.
    package enum Outcome: Equatable, Sendable {
        /// No component of the gradient exceeds the tolerance, or the value has stopped decreasing.
        case converged
        case reachedMaxIter
        case reachedMaxFun
        /// No step along the steepest descent decreased the value: rounding errors prevent progress.
        case stuck
        /// The caller asked to stop.
        case stopped
    }

    /// The current point of the search.
    package struct State: Equatable, Sendable, Codable {
        @CodedAsTensor package var parameters: [Double]
        package var value: Double
        @CodedAsTensor package var gradient: [Double]
        package var iterations = 0
        package var evaluations = 1
    }

    /// The current point of the search, with everything needed to resume from it.
    package struct Point: Equatable, Sendable, Codable {
        package var state: State
        /// The value before the last iteration; nil before the first.
        package var previousValue: Double?
        package var memory = CurvatureMemory(capacity: LBFGS.pairsKept)
    }

    /// Writes the gradient at `parameters` and returns the value there.
    package typealias Function = (_ parameters: [Double], _ gradient: inout [Double]) throws -> Double

    /// The maximum number of iterations.
    package let maxIter: Int
    /// The maximum number of evaluations. An iteration that has started is completed.
    package let maxFun: Int
    /// The largest component of the gradient that counts as 0.
    package let gradientTolerance: Double
    /// The relative decrease of the value that counts as 0. Default: SciPy's.
    package let valueTolerance: Double

    /// A search that stops at these limits.
    package init(
        maxIter: Int, maxFun: Int, gradientTolerance: Double, valueTolerance: Double = 1e7 * Double.ulpOfOne
    ) {
        self.maxIter = maxIter
        self.maxFun = maxFun
        self.gradientTolerance = gradientTolerance
        self.valueTolerance = valueTolerance
    }

    private static let pairsKept = 10
    /// The number of arrays of one number per parameter that a search keeps: the pairs, the line search's points, a
    /// direction.
    package static let arrayCount = 2 * pairsKept + 3
    private static let trialsPerSearch = 20

    /// Evaluates the function at `start` and returns the first point of the search.
    ///
    /// - Throws: what `function` throws.
    package func begin(at start: [Double], _ function: Function) throws -> Point {
        var gradient = [Double](repeating: 0, count: start.count)
        let value = try function(start, &gradient)
        return Point(state: State(parameters: start, value: value, gradient: gradient))
    }

    /// Minimizes `function`, starting at `point`, which is updated to where the search ends.
    ///
    /// Stopping a search and resuming it gives the same result as a search that does not stop.
    ///
    /// - Parameter shouldStop: called after each iteration.
    /// - Throws: what `function` and `shouldStop` throw.
    /// - Complexity: a few evaluations and O(parameters) per iteration.
    package func minimize(
        from point: inout Point, _ function: Function, shouldStop: (Point) throws -> Bool = { _ in false }
    ) throws -> Outcome {
        if let outcome = outcome(at: point) { return outcome }
        while true {
            guard let step = try search(from: &point.state, with: point.memory, function) else {
                // No step along this direction works. Discard the curvature and try again; if there is none, stop.
                if point.memory.isEmpty { return .stuck }
                point.memory.removeAll()
                continue
            }
            advance(&point, by: step)
            // Called after every iteration, even if the search ends anyway.
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
        // Only a step along which the slope has risen contains information about a minimum.
        if step.curvature > Double.ulpOfOne * step.expectedDecrease {
            point.memory.append(
                step: step.vector, change: zip(step.end.gradient, previous.gradient).map { $0 - $1 },
                curvature: step.curvature)
        }
    }

    /// Returns why the search ends at `point`; nil if it does not end.
    private func outcome(at point: Point) -> Outcome? {
        if point.state.iterations >= maxIter { return .reachedMaxIter }
        if point.state.evaluations > maxFun { return .reachedMaxFun }
        if isFlat(point.state.gradient) { return .converged }
        if let previous = point.previousValue, hasStalled(from: previous, to: point.state.value) { return .converged }
        return nil
    }

    /// The result of a line search.
    private struct Step {
        let end: State
        /// s, the change of the parameters.
        let vector: [Double]
        /// sᵀy: how much the slope has risen over the step.
        let curvature: Double
        /// −sᵀg at the start of the step.
        let expectedDecrease: Double
    }

    /// Searches along the quasi-Newton direction. Returns nil if no step along it is acceptable.
    ///
    /// Only the number of evaluations of `start` changes. Evaluations of an unsuccessful search count too.
    private func search(from start: inout State, with memory: CurvatureMemory, _ function: Function) throws -> Step? {
        let count = start.parameters.count
        let target = zip(start.parameters, memory.direction(for: start.gradient)).map { $0 + $1 }
        let direction = zip(target, start.parameters).map { $0 - $1 }
        let slope = Double.dot(start.gradient, direction, count: count)
        guard slope < 0 else { return nil }

        // At first the curvature is unknown, and the step has length 1.
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

    /// Whether `point` is a valid state of a search over `count` parameters.
    package static func isValid(_ point: Point, count: Int) -> Bool {
        let state = point.state
        return state.parameters.count == count && state.gradient.count == count
            && (0...(1 << 60)).contains(state.iterations) && (0...(1 << 60)).contains(state.evaluations)
            && point.memory.capacity == pairsKept && point.memory.isValid(count: count)
    }

    private func isFlat(_ gradient: [Double]) -> Bool {
        gradient.allSatisfy { abs($0) <= gradientTolerance }
    }

    private func hasStalled(from previous: Double, to value: Double) -> Bool {
        previous - value <= valueTolerance * max(abs(previous), abs(value), 1)
    }
}
