// Brent's method for the minimum of a function of one number: parabolas through the three best places, golden sections
// where a parabola does not help. Two variants, with the constants and the order of comparisons of scipy's `fminbound`
// and `brent`: near the minimum the function is flat, and the result depends on the places tried.
//
// Source: R. P. Brent, "Algorithms for minimization without derivatives" (1973), chapter 5.

/// The three best places of a search.
private struct BestPlaces {
    var best: Double
    var second: Double
    var third: Double
    var bestValue: Double
    var secondValue: Double
    var thirdValue: Double

    /// All three at one place.
    init(_ place: Double, value: Double) {
        (best, second, third) = (place, place, place)
        (bestValue, secondValue, thirdValue) = (value, value, value)
    }

    /// The step from the best place to the vertex of the parabola, as a quotient with a denominator that is not
    /// negative.
    var parabolaStep: (numerator: Double, denominator: Double) {
        let r = (best - second) * (bestValue - thirdValue)
        let q = (best - third) * (bestValue - secondValue)
        let numerator = (best - third) * q - (best - second) * r
        let denominator = 2 * (q - r)
        return (denominator > 0 ? -numerator : numerator, denominator.magnitude)
    }

    mutating func insertBest(_ place: Double, value: Double) {
        (third, thirdValue) = (second, secondValue)
        (second, secondValue) = (best, bestValue)
        (best, bestValue) = (place, value)
    }

    mutating func insertWorse(_ place: Double, value: Double) {
        if value <= secondValue || second == best {
            (third, thirdValue) = (second, secondValue)
            (second, secondValue) = (place, value)
        } else if value <= thirdValue || third == best || third == second {
            (third, thirdValue) = (place, value)
        }
    }
}

/// Where the search goes next: to the vertex of the parabola where that helps, else into the larger side of the
/// interval.
private struct BrentSteps {
    /// The share of that side.
    let golden: Double
    private var step = 0.0
    private var stepBefore = 0.0

    init(golden: Double) { self.golden = golden }

    /// The place to try next, between `a` and `b` and not nearer than `tolerance` to the best one.
    mutating func next(from places: BestPlaces, between a: Double, and b: Double, tolerance: Double) -> Double {
        let x = places.best
        let middle = 0.5 * (a + b)
        var usesParabola = false
        if stepBefore.magnitude > tolerance {
            let (p, q) = places.parabolaStep
            let limit = stepBefore
            stepBefore = step
            if p.magnitude < (0.5 * q * limit).magnitude, p > q * (a - x), p < q * (b - x) {
                usesParabola = true
                step = p / q
                if x + step - a < 2 * tolerance || b - (x + step) < 2 * tolerance {
                    step = middle >= x ? tolerance : -tolerance
                }
            }
        }
        if !usesParabola {
            stepBefore = x >= middle ? a - x : b - x
            step = golden * stepBefore
        }
        return x + (step >= 0 ? 1 : -1) * max(step.magnitude, tolerance)
    }
}

/// A place in [`lower`, `upper`] at which `function` is least, to about 10⁻⁸.
func minimum(from lower: Double, to upper: Double, of function: (Double) -> Double) -> Double {
    let golden = 0.5 * (3 - 5.0.squareRoot())
    let start = lower + golden * (upper - lower)
    return minimum(
        from: BestPlaces(start, value: function(start)), between: lower, and: upper, golden: golden, rounds: 499,
        tolerance: { 2.2e-16.squareRoot() * $0.magnitude + 1.48e-8 / 3 }, continues: { $0 > $1 },
        isBetter: { $0 <= $1 },
        of: function)
}

/// A place at which `function` has a minimum, to about 10⁻⁸, searched from two places outwards; nil if none is found.
func minimum(startingFrom first: Double, _ second: Double, of function: (Double) -> Double) -> Double? {
    guard let bracket = Bracket(first, second, of: function) else { return nil }
    return minimum(
        from: BestPlaces(bracket.middle, value: bracket.middleValue), between: min(bracket.left, bracket.right),
        and: max(bracket.left, bracket.right), golden: 0.381966, rounds: 500,
        tolerance: { 1.48e-8 * $0.magnitude + 1e-11 }, continues: { !($0 < $1) }, isBetter: { !($0 > $1) }, of: function
    )
}

/// The search of both variants.
private func minimum(
    from start: BestPlaces, between lower: Double, and upper: Double, golden: Double, rounds: Int,
    tolerance: (Double) -> Double, continues: (_ distance: Double, _ limit: Double) -> Bool,
    isBetter: (_ value: Double, _ best: Double) -> Bool, of function: (Double) -> Double
) -> Double {
    var (places, steps, a, b) = (start, BrentSteps(golden: golden), lower, upper)
    for _ in 0..<rounds {
        let x = places.best
        let tolerance = tolerance(x)
        guard continues((x - 0.5 * (a + b)).magnitude, 2 * tolerance - 0.5 * (b - a)) else { break }
        let place = steps.next(from: places, between: a, and: b, tolerance: tolerance)
        let value = function(place)
        if isBetter(value, places.bestValue) {
            if place >= x { a = x } else { b = x }
            places.insertBest(place, value: value)
        } else {
            if place < x { a = place } else { b = place }
            places.insertWorse(place, value: value)
        }
    }
    return places.best
}

/// Three places of which the middle one has the least value.
private struct Bracket {
    var left: Double
    var middle: Double
    var right: Double
    var middleValue: Double

    /// Goes downhill with growing steps until the function rises; nil if it does not rise, or is NaN.
    init?(_ first: Double, _ second: Double, of function: (Double) -> Double) {
        let (growth, limit, tiny) = (1.618034, 110.0, 1e-21)
        var (xa, xb) = (first, second)
        var (fa, fb) = (function(xa), function(xb))
        if fa < fb {
            swap(&xa, &xb)
            swap(&fa, &fb)
        }
        var xc = xb + growth * (xb - xa)
        var fc = function(xc)
        var rounds = 0
        while fc < fb {
            if rounds > 1000 { return nil }
            rounds += 1
            let r = (xb - xa) * (fb - fc)
            let q = (xb - xc) * (fb - fa)
            let difference = q - r
            let denominator = difference.magnitude < tiny ? 2 * tiny : 2 * difference
            var place = xb - ((xb - xc) * q - (xb - xa) * r) / denominator
            var value: Double
            let farthest = xb + limit * (xc - xb)
            if (place - xc) * (xb - place) > 0 {
                value = function(place)
                if value < fc {
                    (xa, fa, xb, fb) = (xb, fb, place, value)
                    break
                }
                if value > fb {
                    (xc, fc) = (place, value)
                    break
                }
                place = xc + growth * (xc - xb)
                value = function(place)
            } else if (place - farthest) * (farthest - xc) >= 0 {
                place = farthest
                value = function(place)
            } else if (place - farthest) * (xc - place) > 0 {
                value = function(place)
                if value < fc {
                    (xb, fb, xc, fc) = (xc, fc, place, value)
                    place = xc + growth * (xc - xb)
                    value = function(place)
                }
            } else {
                place = xc + growth * (xc - xb)
                value = function(place)
            }
            (xa, fa, xb, fb, xc, fc) = (xb, fb, xc, fc, place, value)
        }
        let isLowest = (fb < fc && fb <= fa) || (fb < fa && fb <= fc)
        let isOrdered = (xa < xb && xb < xc) || (xc < xb && xb < xa)
        guard isLowest, isOrdered, xa.isFinite, xb.isFinite, xc.isFinite else { return nil }
        (left, middle, right, middleValue) = (xa, xb, xc, fb)
    }
}
