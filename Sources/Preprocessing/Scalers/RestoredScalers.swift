// Scalers that were fitted elsewhere: the statistics are taken as they are, NaN standing for those of a feature without
// values.

extension StandardScaler {
    /// Takes of every feature the number of values, their mean and their variance.
    package mutating func restore(counts: [Double], means: [Double], variances: [Double]) {
        statistics = zip(counts, zip(means, variances)).map { count, moments in
            count == 0
                ? ColumnStatistics(count: 0, sum: 0, squaredDeviations: 0)
                : ColumnStatistics(count: count, sum: moments.0 * count, squaredDeviations: moments.1 * count)
        }
    }
}

extension MinMaxScaler {
    /// Takes the least and the greatest value of every feature, and the number of samples.
    package mutating func restore(minima: [Double], maxima: [Double], nSamplesSeen: Int) {
        extremes = zip(minima, maxima).map { Extremes(minimum: $0.nilWhereNaN, maximum: $1.nilWhereNaN) }
        self.nSamplesSeen = nSamplesSeen
    }
}

extension MaxAbsScaler {
    /// Takes the greatest absolute value of every feature, and the number of samples.
    package mutating func restore(maxAbs: [Double], nSamplesSeen: Int) {
        extremes = maxAbs.map { Extremes(minimum: (-$0).nilWhereNaN, maximum: $0.nilWhereNaN) }
        self.nSamplesSeen = nSamplesSeen
    }
}

extension RobustScaler {
    /// Takes the centre and the scale of every feature; nil where there is none to take.
    package mutating func restore(nFeatures: Int, center: [Double]?, scale: [Double]?) {
        fitted = Fitted(
            nFeatures: nFeatures, center: center?.map(\.nilWhereNaN), scale: scale?.map(\.nilWhereNaN))
    }
}

extension Double {
    fileprivate var nilWhereNaN: Double? { isNaN ? nil : self }
}
