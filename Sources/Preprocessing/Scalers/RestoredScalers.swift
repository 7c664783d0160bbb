// Scalers that were fitted elsewhere, with the given statistics; NaN for those of a feature without values.

extension StandardScaler {
    /// Restores the number of values, mean and variance of every feature.
    package mutating func restore(counts: [Double], means: [Double], variances: [Double]) {
        statistics = zip(counts, zip(means, variances)).map { count, moments in
            count == 0
                ? ColumnStatistics(count: 0, sum: 0, squaredDeviations: 0)
                : ColumnStatistics(count: count, sum: moments.0 * count, squaredDeviations: moments.1 * count)
        }
    }
}

extension MinMaxScaler {
    /// Restores the least and the greatest value of every feature, and the number of samples.
    package mutating func restore(minima: [Double], maxima: [Double], nSamplesSeen: Int) {
        extremes = zip(minima, maxima).map { Extremes(minimum: $0.nilWhereNaN, maximum: $1.nilWhereNaN) }
        self.nSamplesSeen = nSamplesSeen
    }
}

extension MaxAbsScaler {
    /// Restores the greatest absolute value of every feature, and the number of samples.
    package mutating func restore(maxAbs: [Double], nSamplesSeen: Int) {
        extremes = maxAbs.map { Extremes(minimum: (-$0).nilWhereNaN, maximum: $0.nilWhereNaN) }
        self.nSamplesSeen = nSamplesSeen
    }
}

extension RobustScaler {
    /// Restores the center and the scale of every feature; nil for none.
    package mutating func restore(nFeatures: Int, center: [Double]?, scale: [Double]?) {
        fitted = Fitted(
            nFeatures: nFeatures, center: center?.map(\.nilWhereNaN), scale: scale?.map(\.nilWhereNaN))
    }
}

extension Double {
    fileprivate var nilWhereNaN: Double? { isNaN ? nil : self }
}
