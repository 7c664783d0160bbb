/// The B-splines of one feature.
///
/// Source: C. de Boor, "A Practical Guide to Splines", 2001.
package struct SplineBasis: Equatable, Sendable {
    /// The knots within the range of the feature.
    let knots: [Double]
    /// The same with `degree` further knots on each side.
    package let all: [Double]
    package let degree: Int
    /// The number of splines.
    package let count: Int

    /// From the first to the last knot.
    package var range: ClosedRange<Double> { all[degree]...max(all[degree], all[all.count - degree - 1]) }

    init(knots: [Double], degree: Int, isPeriodic: Bool) {
        let (first, last) = (knots[0], knots[knots.count - 1])
        self.knots = knots
        self.degree = degree
        if isPeriodic {
            let period = last - first
            let before = knots.dropLast().suffix(degree).map { $0 - period }
            all = before + knots + knots.dropFirst().prefix(degree).map { $0 + period }
            count = knots.count - 1
        } else {
            let (below, above) = (knots[1] - first, last - knots[knots.count - 2])
            let before = (0..<degree).map { first - Double(degree - $0) * below }
            all = before + knots + (0..<degree).map { last + Double($0 + 1) * above }
            count = knots.count + degree - 1
        }
    }

    /// The value of every spline.
    func values(at x: Double, _ extrapolation: SplineTransformer.Extrapolation) -> [Double] {
        let edge = min(max(x, range.lowerBound), range.upperBound)
        switch extrapolation {
        case .error, .continue: return values(at: x)
        case .constant: return values(at: edge)
        case .linear:
            let start = values(at: edge)
            guard edge != x else { return start }
            return zip(start, values(at: edge, isDerivative: true)).map { $0 + (x - edge) * $1 }
        case .periodic:
            let period = range.upperBound - range.lowerBound
            guard period > 0 else { return values(at: 0) }
            let rest = (x - range.lowerBound).truncatingRemainder(dividingBy: period)
            return values(at: range.lowerBound + (rest < 0 ? rest + period : rest))
        }
    }

    package func values(at x: Double, isDerivative: Bool = false) -> [Double] {
        let last = all.count - degree - 2
        var interval = degree
        while interval < last, x >= all[interval + 1] { interval += 1 }
        // The degree + 1 splines that are not 0, degree by degree.
        var splines = [1.0] + [Double](repeating: 0, count: degree)
        for order in stride(from: 1, through: degree, by: 1) {
            let lower = splines
            let differentiates = isDerivative && order == degree
            splines[0] = 0
            for number in 1...order {
                let (right, left) = (all[interval + number], all[interval + number - order])
                guard right != left else {
                    splines[number] = 0
                    continue
                }
                let slope = lower[number - 1] / (right - left)
                if differentiates {
                    splines[number - 1] -= Double(order) * slope
                    splines[number] = Double(order) * slope
                } else {
                    splines[number - 1] += slope * (right - x)
                    splines[number] = slope * (x - left)
                }
            }
        }
        if isDerivative, degree == 0 { splines[0] = 0 }
        var values = [Double](repeating: 0, count: count)
        for (number, value) in splines.enumerated() { values[(interval - degree + number) % count] += value }
        return values
    }
}
