import LinearAlgebra

extension Matrix<Double> {
    /// The values of a column that are not NaN, in ascending order.
    func sortedColumn(_ column: Int) -> [Double] {
        self.column(column).filter { !$0.isNaN }.sorted()
    }
}

extension [Double] {
    /// The mean of at least one number, also where their sum overflows.
    var meanWithoutOverflow: Double {
        let mean = reduce(0, +) / Double(count)
        // Rounding must not make two values of a constant column.
        guard let least = self.min(), let greatest = self.max() else { return mean }
        return Swift.min(Swift.max(mean.isFinite ? mean : reduce(0) { $0 + $1 / Double(count) }, least), greatest)
    }

    /// The median of ascending numbers, of which there is at least one.
    var medianOfSorted: Double {
        midpoint(self[(count - 1) / 2], self[count / 2])
    }
}

/// How the quantiles of a finite sample are defined.
///
/// Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996),
/// definitions 1 to 9 in this order.
public enum QuantileMethod: String, CaseIterable, Codable, Sendable {
    /// The smallest value whose empirical distribution function reaches the probability.
    case invertedCDF
    /// Like `invertedCDF`, with the mean of two values where the distribution function equals the probability.
    case averagedInvertedCDF
    /// The value whose rank is closest.
    case closestObservation
    /// Linear in the empirical distribution function.
    case interpolatedInvertedCDF
    /// Linear, with knots in the middle of the steps.
    case hazen
    /// Linear, with knots at the mean order statistics of the uniform distribution.
    case weibull
    /// Linear, with the least value at 0 and the greatest at 1.
    case linear
    /// Linear, about median-unbiased whatever the distribution.
    case medianUnbiased
    /// Linear, about unbiased for the normal distribution.
    case normalUnbiased

    /// The quantile of `sorted` for the probability `q`.
    ///
    /// - Precondition: `sorted` is ascending, has an element and no NaN, and `q` is in [0, 1].
    func quantile(_ q: Double, of sorted: [Double]) -> Double {
        let n = Double(sorted.count)
        switch self {
        case .invertedCDF:
            return QuantileMethod.step(sorted, at: n * q - 1) { fraction, _ in fraction == 0 }
        case .closestObservation:
            return QuantileMethod.step(sorted, at: n * q - 1 - 0.5) { fraction, floor in
                fraction == 0 && floor.truncatingRemainder(dividingBy: 2).magnitude == 1
            }
        case .averagedInvertedCDF:
            return QuantileMethod.interpolate(sorted, at: n * q - 1) { $0 == 0 ? 0.5 : 1 }
        case .linear:
            return QuantileMethod.interpolate(sorted, at: (n - 1) * q) { $0 }
        case .interpolatedInvertedCDF: return interpolate(sorted, q, 0, 1)
        case .hazen: return interpolate(sorted, q, 0.5, 0.5)
        case .weibull: return interpolate(sorted, q, 0, 0)
        case .medianUnbiased: return interpolate(sorted, q, 1 / 3.0, 1 / 3.0)
        case .normalUnbiased: return interpolate(sorted, q, 3 / 8.0, 3 / 8.0)
        }
    }

    /// Interpolation at the place that Hyndman and Fan's constants α and β give.
    private func interpolate(_ sorted: [Double], _ q: Double, _ alpha: Double, _ beta: Double) -> Double {
        let place = Double(sorted.count) * q + (alpha + q * (1 - alpha - beta)) - 1
        return QuantileMethod.interpolate(sorted, at: place) { $0 }
    }

    /// The value at `place`, which lies between two indices, weighed as `weight` says from the fraction.
    private static func interpolate(
        _ sorted: [Double], at place: Double, weight: (_ fraction: Double) -> Double
    ) -> Double {
        if place >= Double(sorted.count - 1) { return sorted[sorted.count - 1] }
        if place < 0 { return sorted[0] }
        let floor = place.rounded(.down)
        let (before, after) = (sorted[Int(floor)], sorted[Int(floor) + 1])
        let t = weight(place - floor)
        // A distance that overflows is not needed.
        guard (after - before).isFinite else { return before * (1 - t) + after * t }
        // From the nearer end, so that both ends are exact.
        return t < 0.5 ? before + (after - before) * t : after - (after - before) * (1 - t)
    }

    /// The value at the index below `place` where `stays` says so, else at the index above.
    private static func step(
        _ sorted: [Double], at place: Double, where stays: (_ fraction: Double, _ floor: Double) -> Bool
    ) -> Double {
        let floor = place.rounded(.down)
        let index = stays(place - floor, floor) ? floor : floor + 1
        return sorted[min(max(Int(index), 0), sorted.count - 1)]
    }
}

/// The numbers from `start` to `end` in `count` equal steps, both ends included.
func linspace(_ start: Double, _ end: Double, count: Int) -> [Double] {
    guard count > 1 else { return count == 1 ? [start] : [] }
    let width = end - start
    guard width.isFinite else { return linspace(start / 2, end / 2, count: count).map { $0 * 2 } }
    let step = width / Double(count - 1)
    // The step of a tiny interval can underflow to 0.
    let numbers = (0..<(count - 1)).map { index in
        step == 0 ? Double(index) / Double(count - 1) * width + start : Double(index) * step + start
    }
    return numbers + [end]
}
