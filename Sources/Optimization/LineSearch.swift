/// A search along a line for a step that sufficiently decreases a function and its slope.
///
/// A step t is accepted if f(t) ≤ f(0) + ftol·t·f′(0) and |f′(t)| ≤ gtol·|f′(0)| (the strong Wolfe conditions), or if
/// the interval that contains such a step has shrunk to a tenth. The caller evaluates f and f′ at each trial step.
///
/// Source: J. J. Moré, D. J. Thuente, "Line search algorithms with guaranteed sufficient decrease", ACM Transactions on
/// Mathematical Software 20 (1994), with the constants of L-BFGS-B.
struct LineSearch: Equatable, Sendable {
    /// The value and slope of the function at a step.
    struct Point: Equatable, Sendable {
        var step: Double
        var value: Double
        var slope: Double
    }

    /// What to do after a trial step.
    enum Decision: Equatable {
        case accept
        case tryStep(Double)
    }

    private static let ftol = 1e-3
    private static let gtol = 0.9
    private static let xtol = 0.1
    static let maximalStep = 1e10

    private let origin: Point
    /// The slope of the line of sufficient decrease: values below this line have decreased enough.
    private let sufficientSlope: Double

    /// One end of the interval: the step with the lowest value so far.
    private var best: Point
    /// The other end of the interval. Only valid if ``isBracketed``.
    private var other: Point
    private var isBracketed = false
    /// Whether a trial step has decreased f sufficiently and slopes upward. From then on, the interval is that of f
    /// itself.
    private var isSecondStage = false
    private var width = LineSearch.maximalStep
    private var previousWidth = 2 * LineSearch.maximalStep
    private var lowerBound = 0.0
    private var upperBound: Double

    /// Starts a search with the value and (negative) slope at step 0, and the first step to try.
    init(value: Double, slope: Double, firstStep: Double) {
        origin = Point(step: 0, value: value, slope: slope)
        sufficientSlope = LineSearch.ftol * slope
        best = origin
        other = origin
        upperBound = 5 * firstStep
    }

    /// Evaluates a trial step and chooses the next.
    mutating func observe(_ trial: Point) -> Decision {
        let sufficientValue = origin.value + trial.step * sufficientSlope
        if trial.value <= sufficientValue, trial.slope >= 0 { isSecondStage = true }
        if isAcceptable(trial, sufficientValue: sufficientValue) { return .accept }

        var next: Double
        if !isSecondStage, trial.value <= best.value, trial.value > sufficientValue {
            // The value has decreased, but not sufficiently. Until it has, the interval is that of f minus the line of
            // sufficient decrease, a function that is certain to have a minimum in it.
            var tiltedBest = best.tilted(by: sufficientSlope)
            var tiltedOther = other.tilted(by: sufficientSlope)
            next = interpolate(&tiltedBest, &tiltedOther, trial.tilted(by: sufficientSlope))
            best = tiltedBest.tilted(by: -sufficientSlope)
            other = tiltedOther.tilted(by: -sufficientSlope)
        } else {
            var (newBest, newOther) = (best, other)
            next = interpolate(&newBest, &newOther, trial)
            (best, other) = (newBest, newOther)
        }

        if isBracketed {
            // Halve an interval that shrinks too slowly.
            if abs(other.step - best.step) >= 0.66 * previousWidth { next = best.step + 0.5 * (other.step - best.step) }
            previousWidth = width
            width = abs(other.step - best.step)
            lowerBound = min(best.step, other.step)
            upperBound = max(best.step, other.step)
        } else {
            lowerBound = next + 1.1 * (next - best.step)
            upperBound = next + 4 * (next - best.step)
        }
        next = min(max(next, 0), LineSearch.maximalStep)
        // No further progress is possible: return to the best step.
        if isBracketed, next <= lowerBound || next >= upperBound || isNarrow { next = best.step }
        return .tryStep(next)
    }

    private var isNarrow: Bool { upperBound - lowerBound <= LineSearch.xtol * upperBound }

    private func isAcceptable(_ trial: Point, sufficientValue: Double) -> Bool {
        let decreases = trial.value <= sufficientValue
        if decreases, abs(trial.slope) <= LineSearch.gtol * -origin.slope { return true }
        if isBracketed, isNarrow || trial.step <= lowerBound || trial.step >= upperBound { return true }
        if trial.step == LineSearch.maximalStep, decreases, trial.slope <= sufficientSlope { return true }
        return trial.step == 0 && (!decreases || trial.slope >= sufficientSlope)
    }

    /// Chooses a step by interpolation and updates the interval with the trial point.
    private mutating func interpolate(_ best: inout Point, _ other: inout Point, _ trial: Point) -> Double {
        let slopeHasTurned = trial.slope * (best.slope < 0 ? -1 : 1) < 0
        let next: Double

        if trial.value > best.value {
            // Higher value: the minimum is in between. Use the cubic's, or the midpoint of cubic and quadratic.
            isBracketed = true
            let cubic = Point.cubicMinimum(from: best, to: trial)
            let secantSlope = (best.value - trial.value) / (trial.step - best.step)
            let quadratic =
                best.step + ((best.slope / (secantSlope + best.slope)) / 2) * (trial.step - best.step)
            next =
                abs(cubic - best.step) <= abs(quadratic - best.step) ? cubic : cubic + (quadratic - cubic) / 2
        } else if slopeHasTurned {
            // Lower value and a slope of opposite sign: the minimum is in between. Use the farther of cubic and secant.
            isBracketed = true
            let cubic = Point.cubicMinimum(from: trial, to: best)
            let secant = Point.secantMinimum(trial, best)
            next = abs(cubic - trial.step) > abs(secant - trial.step) ? cubic : secant
        } else if abs(trial.slope) < abs(best.slope) {
            // Lower value and a gentler slope: the minimum is beyond the trial step.
            let cubic =
                Point.cubicMinimumBeyond(trial, best) ?? (trial.step > best.step ? upperBound : lowerBound)
            let secant = Point.secantMinimum(trial, best)
            if isBracketed {
                let nearer = abs(cubic - trial.step) < abs(secant - trial.step) ? cubic : secant
                let limit = trial.step + 0.66 * (other.step - trial.step)
                next = trial.step > best.step ? min(limit, nearer) : max(limit, nearer)
            } else {
                let farther = abs(cubic - trial.step) > abs(secant - trial.step) ? cubic : secant
                next = min(max(farther, lowerBound), upperBound)
            }
        } else if isBracketed {
            // Lower value and a slope that is not gentler.
            next = Point.cubicMinimum(from: trial, to: other)
        } else {
            next = trial.step > best.step ? upperBound : lowerBound
        }

        if trial.value > best.value {
            other = trial
        } else {
            if slopeHasTurned { other = best }
            best = trial
        }
        return next
    }
}

// MARK: - Interpolation

extension LineSearch.Point {
    /// Returns the point on f minus the line through 0 with the given slope.
    fileprivate func tilted(by slope: Double) -> LineSearch.Point {
        LineSearch.Point(step: step, value: value - step * slope, slope: self.slope - slope)
    }

    /// Returns the minimizer of the cubic that has the values and slopes of both points, in terms of `a`.
    fileprivate static func cubicMinimum(from a: LineSearch.Point, to b: LineSearch.Point) -> Double {
        let theta = 3 * (a.value - b.value) / (b.step - a.step) + a.slope + b.slope
        let scale = max(abs(theta), abs(a.slope), abs(b.slope))
        var gamma = scale * ((theta / scale) * (theta / scale) - (a.slope / scale) * (b.slope / scale)).squareRoot()
        if b.step < a.step { gamma = -gamma }
        let ratio = ((gamma - a.slope) + theta) / (((gamma - a.slope) + gamma) + b.slope)
        return a.step + ratio * (b.step - a.step)
    }

    /// Returns the minimizer of the cubic through both points if it is beyond `trial`, seen from `best`; otherwise nil.
    fileprivate static func cubicMinimumBeyond(_ trial: LineSearch.Point, _ best: LineSearch.Point) -> Double? {
        let theta = 3 * (best.value - trial.value) / (trial.step - best.step) + best.slope + trial.slope
        let scale = max(abs(theta), abs(best.slope), abs(trial.slope))
        // A cubic without a minimum has no root here.
        let discriminant = (theta / scale) * (theta / scale) - (best.slope / scale) * (trial.slope / scale)
        var gamma = scale * max(0, discriminant).squareRoot()
        if trial.step > best.step { gamma = -gamma }
        let ratio = ((gamma - trial.slope) + theta) / ((gamma + (best.slope - trial.slope)) + gamma)
        return ratio < 0 && gamma != 0 ? trial.step + ratio * (best.step - trial.step) : nil
    }

    /// Returns the zero of the line through the slopes of both points.
    fileprivate static func secantMinimum(_ trial: LineSearch.Point, _ best: LineSearch.Point) -> Double {
        trial.step + (trial.slope / (trial.slope - best.slope)) * (best.step - trial.step)
    }
}
