public import Estimators
public import LinearAlgebra

/// Principal component analysis: turns the features into fewer that are uncorrelated and keep most of the variance.
///
/// Formula: z = (x − mean)·componentsᵀ, where the rows of `components` are the right singular vectors of the centered
/// data given to `fit`, in descending order of their singular values. The entry of greatest absolute value of each is
/// positive.
///
/// Everything is computed and kept in double precision regardless of the precision of the features, and on one thread:
/// BLAS rounds by the number of threads, and a pipeline must learn the same in a search of one job and of many.
public struct PCA: InvertibleTransformer, Equatable, Codable {
    /// How many components are kept; a literal is enough: 2 or 0.95.
    public enum Components: Hashable, Codable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
        /// This many, from 0 to the smaller of the numbers of samples and features.
        case count(Int)
        /// As many as explain more than this share of the variance, in (0, 1).
        case share(Double)
        /// As many as Minka's estimate of maximum likelihood says.
        case mle

        /// This many.
        public init(integerLiteral value: Int) { self = .count(value) }

        /// As many as explain more than this share of the variance.
        public init(floatLiteral value: Double) { self = .share(value) }
    }

    /// The method that finds the components.
    public enum SVDSolver: String, CaseIterable, Codable, Sendable {
        /// `.covarianceEigh` for up to 1000 features and at least ten times as many samples; else `.full` up to 500
        /// samples and features, or where a share or at least 80 % of the components are requested; else `.randomized`.
        case auto
        /// The singular value decomposition of the centered data.
        case full
        /// The eigenvalues of the covariance matrix: faster for many samples, less accurate for small components.
        case covarianceEigh
        /// Halko's randomized approximation, which needs a number of components.
        case randomized
    }

    /// How many components are kept; nil for all. Default nil.
    public var nComponents: Components?

    /// Whether `transform` scales every component to variance 1. Default `false`.
    public var whiten: Bool

    /// The method that finds the components. Default `.auto`.
    public var svdSolver: SVDSolver

    /// How often `.randomized` iterates, at least 0; nil for 4, or 7 where less than a tenth of the components are
    /// kept. Default nil.
    public var iteratedPower: Int?

    /// How many random directions `.randomized` takes beyond the components, at least 1. Default 10.
    public var nOversamples: Int

    /// The seed of `.randomized`; nil for another every time. Default nil.
    public var randomState: UInt32?

    private var fitted: Fitted?

    /// An unfitted analysis.
    ///
    /// - Parameters:
    ///   - nComponents: how many components are kept; nil for all.
    ///   - whiten: whether to scale every component to variance 1.
    ///   - svdSolver: the method that finds the components.
    ///   - iteratedPower: how often `.randomized` iterates.
    ///   - nOversamples: how many random directions `.randomized` takes beyond the components.
    ///   - randomState: the seed of `.randomized`.
    public init(
        nComponents: Components? = nil, whiten: Bool = false, svdSolver: SVDSolver = .auto, iteratedPower: Int? = nil,
        nOversamples: Int = 10, randomState: UInt32? = nil
    ) {
        self.nComponents = nComponents
        self.whiten = whiten
        self.svdSolver = svdSolver
        self.iteratedPower = iteratedPower
        self.nOversamples = nOversamples
        self.randomState = randomState
    }

    // MARK: Fitted attributes

    /// Components × features, orthonormal rows; no rows before `fit`.
    public var components: Matrix<Double> { fitted?.components ?? Matrix(rows: 0, columns: 0, elements: []) }

    /// The variance of every component, with samples − 1 as divisor; empty before `fit`.
    public var explainedVariance: [Double] { fitted?.explainedVariance ?? [] }

    /// The share of every component in the variance of all features; NaN where that is 0; empty before `fit`.
    public var explainedVarianceRatio: [Double] {
        guard let fitted else { return [] }
        return fitted.explainedVariance.map { $0 / fitted.totalVariance }
    }

    /// The singular values of the centered data; empty before `fit`.
    public var singularValues: [Double] { fitted?.singularValues ?? [] }

    /// The mean of every feature; empty before `fit`.
    public var mean: [Double] { fitted?.mean ?? [] }

    /// The mean variance of the components that are not kept; 0 where all are; nil before `fit`.
    public var noiseVariance: Double? { fitted?.noiseVariance }

    /// The number of samples seen by `fit`; nil before.
    public var nSamples: Int? { fitted?.nSamples }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted?.mean.count }

    /// The names `pca0`, `pca1`, … of the components.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func getFeatureNamesOut() throws -> [String] {
        guard let fitted else { throw EstimatorError.notFitted(estimator: "PCA") }
        return (0..<fitted.components.rows).map { "pca\($0)" }
    }

    // MARK: Fit

    static let constraints: [ParameterConstraint<PCA>] = [
        ParameterConstraint(
            "nComponents", \.nComponents, allowed: "nil, .mle, a count of at least 0 or a share in (0, 1)"
        ) {
            switch $0 {
            case nil, .mle: true
            case .count(let count): count >= 0
            case .share(let share): share > 0 && share < 1
            }
        },
        ParameterConstraint("iteratedPower", \.iteratedPower, allowed: "nil or an integer of at least 0") {
            $0 ?? 0 >= 0
        },
        .integer("nOversamples", \.nOversamples, from: 1),
    ]

    /// Finds the principal components of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for parameters out of range or, for the solver or the size of `x`,
    ///   not possible; `EstimatorError.invalidInput` if `x` has fewer than two rows or no columns, or contains NaN or
    ///   an infinite value; `LinearAlgebraError` when the decomposition fails.
    /// - Complexity: O(samples × features × min(samples, features)); with `.covarianceEigh` O(samples × features² +
    ///   features³); with `.randomized` O(samples × features × components).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        for constraint in PCA.constraints { try constraint.check(self) }
        try Check.features(x)
        try Check.require(x.rows > 1, "x", "must have at least two rows, but has \(x.rows)")
        let doubles = x.doubles
        let mean = doubles.columnSums().map { $0 / Double(x.rows) }
        let solver = chosenSolver(rows: x.rows, columns: x.columns)
        fitted = try BLASThreads.withAtMost(1) {
            solver == .randomized
                ? try approximated(doubles, mean: mean) : try decomposed(doubles, mean: mean, solver: solver)
        }
    }

    private func chosenSolver(rows: Int, columns: Int) -> SVDSolver {
        guard svdSolver == .auto else { return svdSolver }
        if columns <= 1000, rows >= 10 * columns { return .covarianceEigh }
        if max(rows, columns) <= 500 { return .full }
        if case .count(let count) = nComponents, count >= 1, Double(count) < 0.8 * Double(min(rows, columns)) {
            return .randomized
        }
        return .full
    }

    private func decomposed(_ x: Matrix<Double>, mean: [Double], solver: SVDSolver) throws -> Fitted {
        let most = min(x.rows, x.columns)
        if case .count(let count) = nComponents { try checkCount(count, from: 0, to: most) }
        try Check.require(
            nComponents != .mle || x.rows >= x.columns, parameter: "nComponents", ".mle",
            allowed: "something else for fewer samples than features")
        let spectrum =
            solver == .covarianceEigh
            ? try Spectrum.ofCovariance(of: x, mean: mean) : try Spectrum.ofCentered(x, mean: mean)
        let total = spectrum.variances.reduce(0, +)
        let kept: Int
        switch nComponents {
        case nil: kept = most
        case .count(let count): kept = count
        case .mle: kept = likeliestDimension(variances: spectrum.variances, nSamples: x.rows)
        case .share(let share):
            var explained = 0.0
            let below = spectrum.variances.prefix { variance in
                explained += variance / total
                return explained <= share
            }
            kept = min(below.count + 1, most)
        }
        let rest = spectrum.variances.dropFirst(kept)
        return fittedState(
            spectrum, kept: kept, nSamples: x.rows, mean: mean, totalVariance: total,
            noiseVariance: kept < most ? rest.reduce(0, +) / Double(rest.count) : 0)
    }

    private func approximated(_ x: Matrix<Double>, mean: [Double]) throws -> Fitted {
        let most = min(x.rows, x.columns)
        let kept: Int
        switch nComponents {
        case nil: kept = most
        case .count(let count): kept = count
        case .share, .mle:
            throw EstimatorError.invalidParameter(
                name: "nComponents", value: "\(nComponents ?? .mle)", allowed: "a count where svdSolver is .randomized")
        }
        try checkCount(kept, from: 1, to: most)
        let (spectrum, total) = try Spectrum.approximating(
            x, mean: mean, nComponents: kept, nOversamples: nOversamples, iterations: iteratedPower,
            randomState: randomState)
        let noise = kept < most ? (total - spectrum.variances.reduce(0, +)) / Double(most - kept) : 0
        return fittedState(
            spectrum, kept: kept, nSamples: x.rows, mean: mean, totalVariance: total, noiseVariance: noise)
    }

    private func checkCount(_ count: Int, from least: Int, to most: Int) throws {
        try Check.require(
            count >= least && count <= most, parameter: "nComponents", count,
            allowed: "from \(least) to \(most), the smaller of the numbers of samples and features")
    }

    private func fittedState(
        _ spectrum: Spectrum, kept: Int, nSamples: Int, mean: [Double], totalVariance: Double, noiseVariance: Double
    ) -> Fitted {
        Fitted(
            nSamples: nSamples, mean: mean, components: spectrum.vectors.selectingRows(Array(0..<kept)),
            singularValues: Array(spectrum.singularValues.prefix(kept)),
            explainedVariance: Array(spectrum.variances.prefix(kept)), totalVariance: totalVariance,
            noiseVariance: noiseVariance)
    }

    // MARK: Transform

    /// Samples × components.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or contains NaN or an infinite value.
    /// - Complexity: O(samples × features × components).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "PCA", allowsNaN: false)
        var scores = Matrix<Double>(rows: x.rows, columns: components.rows, repeating: 0)
        // Centered first: far from 0, the difference of two products would lose digits.
        var centered = x.doubles
        try centered.applyToRows(with: mean) { $0 - $1 }
        try BLASThreads.withAtMost(1) { try matmul(centered, components, transposeB: true, into: &scores) }
        if whiten { try scores.applyToRows(with: deviations) { $0 / max($1, .ulpOfOne) } }
        return try Check.representable(Matrix(rounding: scores), by: "PCA", allowsNaN: false)
    }

    /// The features of which ``transform(_:)`` makes `x`, without the part of the components that are not kept.
    ///
    /// - Parameter x: samples × components.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or contains NaN or an infinite value.
    /// - Complexity: O(samples × features × components).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        guard fitted != nil else { throw EstimatorError.notFitted(estimator: "PCA") }
        try Check.invertible(x, nFeaturesOut: components.rows)
        var scores = x.doubles
        if whiten { try scores.applyToRows(with: deviations) { $0 * $1 } }
        var features = try BLASThreads.withAtMost(1) { try matmul(scores, components) }
        try features.addToRows(mean)
        return try Check.representable(Matrix(rounding: features), by: "PCA", allowsNaN: false)
    }

    private var deviations: [Double] { explainedVariance.map { $0.squareRoot() } }
}
