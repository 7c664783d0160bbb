public import Estimators
public import LinearAlgebra
import NumPyRandom

/// The edges must fit in memory: 2²⁷ numbers are 1 GB.
private let mostBins = 1 << 27

/// Bins are wider than this.
private let leastWidth = 1e-8

/// Replaces every feature by the bin that its value falls in.
///
/// A bin contains its lower edge; the first and the last bin also contain the values beyond them. A constant feature
/// has one bin.
public struct KBinsDiscretizer: InvertibleTransformer, Equatable {
    /// How many bins a feature has; an integer literal is the same for all.
    public enum Bins: Hashable, Codable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
        /// The same number for all features, at least 2.
        case all(Int)
        /// One number for every feature, at least 2 each.
        case each([Int])

        /// The same number for all features.
        public init(integerLiteral value: Int) { self = .all(value) }

        /// One number for every feature.
        public init(arrayLiteral counts: Int...) { self = .each(counts) }
    }

    /// How the bins are encoded.
    public enum Encode: String, CaseIterable, Codable, Sendable {
        /// A column of 0 and 1 for every bin of every feature. (scikit-learn's `onehot` is the same as a sparse
        /// matrix.)
        case onehotDense
        /// The number of the bin, from 0.
        case ordinal
    }

    /// How the edges of the bins are found.
    public enum Strategy: String, CaseIterable, Codable, Sendable {
        /// All bins of a feature are equally wide.
        case uniform
        /// All bins of a feature have equally many samples.
        case quantile
        /// All samples of a bin have the same nearest center of a k-means clustering of the feature.
        case kmeans
    }

    /// How many bins a feature has. Default 5.
    public var nBins: Bins

    /// How the bins are encoded. Default `.onehotDense`.
    public var encode: Encode

    /// How the edges of the bins are found. Default `.quantile`.
    public var strategy: Strategy

    /// How quantiles are defined, for `.quantile`; the first two only with weights. Default `.averagedInvertedCDF`.
    public var quantileMethod: QuantileMethod

    /// The most samples from which edges are found, at least 1; of more, as many are drawn with replacement; nil for
    /// any number. Default 200 000.
    public var subsample: Int?

    /// The seed of the draw; nil for another every time. Default nil.
    public var randomState: UInt32?

    /// The edges of every feature's bins; none for a constant feature.
    var fittedEdges: [[Double]] = []

    /// An unfitted discretizer.
    ///
    /// - Parameters:
    ///   - nBins: how many bins a feature has.
    ///   - encode: how the bins are encoded.
    ///   - strategy: how the edges of the bins are found.
    ///   - quantileMethod: how quantiles are defined.
    ///   - subsample: the most samples from which edges are found.
    ///   - randomState: the seed of the draw of samples.
    public init(
        nBins: Bins = 5, encode: Encode = .onehotDense, strategy: Strategy = .quantile,
        quantileMethod: QuantileMethod = .averagedInvertedCDF, subsample: Int? = 200_000, randomState: UInt32? = nil
    ) {
        self.nBins = nBins
        self.encode = encode
        self.strategy = strategy
        self.quantileMethod = quantileMethod
        self.subsample = subsample
        self.randomState = randomState
    }

    // MARK: Fitted attributes

    /// The edges of every feature's bins, ascending; −∞ and ∞ for a constant feature; empty before `fit`.
    public var binEdges: [[Double]] { fittedEdges.map { $0.isEmpty ? [-.infinity, .infinity] : $0 } }

    /// The number of every feature's bins, fewer than requested if bins would be narrower than 10⁻⁸; empty before
    /// `fit`.
    public var binCounts: [Int] { binEdges.map { $0.count - 1 } }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fittedEdges.isEmpty ? nil : fittedEdges.count }

    /// The names of the transformed features; a bin's column is `x0_1.0`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "KBinsDiscretizer")
        guard encode == .onehotDense else { return names }
        return zip(names, binCounts).flatMap { name, count in (0..<count).map { "\(name)_\(Double($0))" } }
    }

    // MARK: Fit

    static let constraints: [ParameterConstraint<KBinsDiscretizer>] = [
        ParameterConstraint("nBins", \.nBins, allowed: "an integer of at least 2, or one for every feature") {
            switch $0 {
            case .all(let count): count >= 2
            case .each(let counts): counts.allSatisfy { $0 >= 2 }
            }
        },
        ParameterConstraint("subsample", \.subsample, allowed: "nil or an integer of at least 1") { $0 ?? 1 >= 1 },
    ]

    /// Finds the edges of the bins of every column of `x`.
    ///
    /// - Throws: what ``fit(_:sampleWeight:)`` throws.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try fit(x, sampleWeight: nil)
    }

    /// Finds the edges of the bins of every column of `x`, samples weighing differently.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError.invalidParameter` for parameters out of range, or a ``quantileMethod`` that takes no
    ///   weights; `EstimatorError.invalidInput` if `x` has no rows or columns, or contains NaN or an infinite value, or
    ///   has a feature without a bin where ``encode`` is `.onehotDense`, or for weights that are negative, not finite,
    ///   or sum to 0.
    /// - Complexity: O(features × samples × log samples).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>, sampleWeight: [Double]?) throws {
        for constraint in KBinsDiscretizer.constraints { try constraint.check(self) }
        try Check.features(x)
        try Check.sampleWeight(sampleWeight, count: x.rows)
        let counts: [Int]
        switch nBins {
        case .all(let count): counts = [Int](repeating: count, count: x.columns)
        case .each(let each):
            try Check.perFeature(each.count, argument: "nBins", features: x.columns)
            counts = each
        }
        try Check.require(
            counts.allSatisfy { $0 <= mostBins / x.columns }, parameter: "nBins", nBins,
            allowed: "small enough for the edges to fit in memory, at most \(mostBins / x.columns) for each feature")
        let (samples, weights) = try drawn(from: x.doubles, weights: sampleWeight)
        try Check.require(
            weights == nil || strategy != .quantile || [.invertedCDF, .averagedInvertedCDF].contains(quantileMethod),
            parameter: "quantileMethod", ".\(quantileMethod)",
            allowed: ".invertedCDF or .averagedInvertedCDF with sampleWeight")
        let found = zip(0..., counts).map { edges(of: samples.column($0), weights: weights, count: $1) }
        try requireBins(between: found)
        fittedEdges = found
        warn(ofFewerThan: counts)
        if strategy == .kmeans { warn(ofFewerValuesIn: samples, than: counts) }
    }

    /// Warns of features with fewer different values than bins, between which k-means finds no middles.
    private func warn(ofFewerValuesIn samples: Matrix<Double>, than counts: [Int]) {
        let different = (0..<samples.columns).map { Set(samples.column($0)).count }
        // A constant feature has been named.
        let features = zip(different, counts).enumerated().filter { 1 < $0.1.0 && $0.1.0 < $0.1.1 }.map {
            "feature \($0) has \($1.0) different values for \($1.1) bins"
        }
        guard !features.isEmpty else { return }
        FitWarnings.report(
            FitWarning(
                "KBinsDiscretizer: \(features.joined(separator: "; ")), so that some bins stay empty. Decrease nBins.",
                kind: "KBinsDiscretizer found fewer different values than nBins. Decrease nBins."))
    }

    /// Warns of features with fewer bins than requested.
    private func warn(ofFewerThan counts: [Int]) {
        let fewer = zip(binCounts, counts).enumerated().filter { $1.0 < $1.1 }
        guard !fewer.isEmpty else { return }
        let features = fewer.map { feature, count in
            "feature \(feature) has \(count.0 == 1 ? "one bin and becomes constant" : "\(count.0) bins"), not \(count.1)"
        }
        FitWarnings.report(
            FitWarning(
                "KBinsDiscretizer: \(features.joined(separator: "; ")). Bins that are not wider than 1e-8 are left out. "
                    + "Decrease nBins, or use strategy .uniform.",
                kind: "KBinsDiscretizer found fewer bins than nBins. Decrease nBins."))
    }

    /// Rejects a feature without a bin if every bin is to have a column.
    ///
    /// A feature has one edge and no bin if all its edges are within 10⁻⁸, or one sample has all the weight.
    private func requireBins(between edges: [[Double]]) throws {
        guard encode == .onehotDense, let feature = edges.firstIndex(where: { $0.count == 1 }) else { return }
        try Check.require(
            false, "x",
            "must have weighted values further apart than 1e-8 for encode .onehotDense, but feature \(feature) has no "
                + "such bin")
    }

    private func drawn(
        from x: Matrix<Double>, weights: [Double]?
    ) throws -> (samples: Matrix<Double>, weights: [Double]?) {
        guard let subsample, subsample < x.rows else { return (x, weights) }
        var random = RandomState(seed: randomState)
        guard let weights else {
            return (x.selectingRows(try random.choice(x.rows, size: subsample)), nil)
        }
        let sum = pairwiseSum(weights)
        let indices = try random.choice(x.rows, size: subsample, p: weights.map { $0 / sum })
        return (x.selectingRows(indices), nil)
    }

    /// The edges of the bins of one feature; none if it is constant.
    private func edges(
        of values: [Double], weights: [Double]?, count: Int, leastWidth: Double = leastWidth
    ) -> [Double] {
        var counted = values
        if let weights, strategy != .quantile { counted = zip(values, weights).filter { $0.1 != 0 }.map(\.0) }
        guard let least = counted.min(), let greatest = counted.max(), least < greatest else { return [] }
        let unit = max(least.magnitude, greatest.magnitude).binade
        if unit > 0x1p500 {
            // Squares would overflow. A power of two is divided out, which rounds nothing.
            let scaled = edges(
                of: values.map { $0 / unit }, weights: weights, count: count, leastWidth: leastWidth / unit)
            return scaled.map { $0 * unit }
        }
        /// The edges without those that are hardly above the one before.
        func wideEnough(_ edges: [Double]) -> [Double] {
            edges.prefix(1) + zip(edges, edges.dropFirst()).filter { $1 - $0 > leastWidth }.map(\.1)
        }
        switch strategy {
        case .uniform:
            return linspace(least, greatest, count: count + 1)
        case .quantile:
            let percents = linspace(0, 100, count: count + 1)
            guard let weights else {
                let sorted = values.sorted()
                return wideEnough(percents.map { quantileMethod.quantile($0 / 100, of: sorted) })
            }
            let sample = WeightedSample(values, weights: weights)
            let averages = quantileMethod == .averagedInvertedCDF
            return wideEnough(percents.map { sample.percentile($0, averages: averages) })
        case .kmeans:
            let uniform = linspace(least, greatest, count: count + 1)
            let starts = zip(uniform.dropFirst(), uniform).map { ($0 + $1) * 0.5 }
            let centers = clusterCenters(of: values, weights: weights, startingAt: starts).sorted()
            let middles = zip(centers.dropFirst(), centers).map { ($0 + $1) * 0.5 }
            return wideEnough([least] + middles.filter { greatest - $0 > leastWidth } + [greatest])
        }
    }

    // MARK: Transform

    /// The bins of the features: samples × features, or × bins where ``encode`` is `.onehotDense`.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or contains NaN or an infinite value.
    /// - Complexity: O(samples × features × log bins).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        let bins = try bins(of: x)
        guard encode == .onehotDense else { return Matrix(rounding: bins) }
        let starts = firstColumns
        var encoded = Matrix<Scalar>(rows: x.rows, columns: starts[starts.count - 1], repeating: 0)
        for sample in 0..<x.rows {
            for feature in 0..<x.columns { encoded[sample, starts[feature] + Int(bins[sample, feature])] = 1 }
        }
        return encoded
    }

    /// A column of 0 and 1 for each bin, of which only the ones are stored, whatever ``encode`` is.
    ///
    /// It is what scikit-learn makes with `encode="onehot"`, its default.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: what ``transform(_:)`` throws.
    /// - Complexity: O(samples × features × log bins).
    public func transformSparse<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> SparseMatrix<Scalar> {
        let bins = try bins(of: x)
        let starts = firstColumns
        var encoded = SparseRows<Scalar>()
        for sample in 0..<x.rows {
            for feature in 0..<x.columns { encoded.append(1, column: starts[feature] + Int(bins[sample, feature])) }
            encoded.endRow()
        }
        return try encoded.matrix(columns: starts[starts.count - 1])
    }

    /// The number of every value's bin.
    private func bins<Scalar: MatrixScalar>(of x: Matrix<Scalar>) throws -> Matrix<Double> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "KBinsDiscretizer", allowsNaN: false)
        try requireBins(between: fittedEdges)
        var bins = x.doubles
        let inner = fittedEdges.map { Array($0.dropFirst().dropLast()) }
        try bins.applyToRows(with: inner) { value, inner in Double(inner.prefix { $0 <= value }.count) }
        return bins
    }

    /// The first column of every feature where every bin has one, and the number of all.
    private var firstColumns: [Int] { binCounts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) } }

    /// The middle of the bins, in a new matrix of samples × features; NaN for a constant feature.
    ///
    /// - Parameter x: what ``transform(_:)`` gives.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or a number that is no bin's, or no bin for a feature.
    /// - Complexity: O(samples × columns).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: "KBinsDiscretizer") }
        let starts = firstColumns
        let isOneHot = encode == .onehotDense
        try Check.invertible(x, nFeaturesOut: isOneHot ? starts[nFeaturesIn] : nFeaturesIn)
        let middles = binEdges.map { edges in zip(edges.dropFirst(), edges).map { midpoint($0, $1) } }
        var original = Matrix<Double>(rows: x.rows, columns: nFeaturesIn, repeating: 0)
        for sample in 0..<x.rows {
            for feature in 0..<nFeaturesIn {
                let bin =
                    isOneHot
                    ? greatestColumn(of: x.rowSlice(sample), starts[feature]..<starts[feature + 1])
                    : Int(exactly: x[sample, feature].rounded(.towardZero))
                try Check.require(
                    middles[feature].indices.contains(bin ?? -1), "x",
                    "must have one of the \(middles[feature].count) bins for feature \(feature), but has none in row "
                        + "\(sample)")
                original[sample, feature] = middles[feature][bin ?? 0]
            }
        }
        return Matrix(rounding: original)
    }

    /// The place of the greatest value among the columns; nil if they are all 0.
    private func greatestColumn<Scalar: MatrixScalar>(of row: ArraySlice<Scalar>, _ columns: Range<Int>) -> Int? {
        let values = row.dropFirst(columns.lowerBound).prefix(columns.count)
        guard values.contains(where: { $0 != 0 }), let greatest = values.max() else { return nil }
        return values.firstIndex(of: greatest).map { $0 - values.startIndex }
    }
}
