public import Estimators
public import LinearAlgebra

/// Makes every feature more like a normal one, by a power whose exponent λ has the greatest likelihood.
///
/// NaN counts as a missing value: `fit` leaves it out, `transform` keeps it. Everything is computed and kept in double
/// precision regardless of the precision of the features.
///
/// Where a likelihood is greatest, it is flat: λ changes it only in its square, so that of λ some eight digits are
/// determined and the rest is rounding errors of logarithms. scikit-learn's own λ move by up to 5·10⁻⁷ when NumPy
/// computes without AVX-512. Likelihoods agree to the last digits, and what a given λ makes of a number does too.
public struct PowerTransformer: OneToOneTransformer, InvertibleTransformer, Equatable, Codable {
    /// The family of powers.
    public enum Method: String, CaseIterable, Codable, Sendable {
        /// ((x + 1)^λ − 1)/λ, mirrored with 2 − λ for negative numbers: any numbers.
        ///
        /// Source: I.-K. Yeo, R. A. Johnson, "A new family of power transformations to improve normality or symmetry",
        /// Biometrika 87 (2000).
        case yeoJohnson
        /// (x^λ − 1)/λ: positive numbers only.
        ///
        /// Source: G. E. P. Box, D. R. Cox, "An analysis of transformations", Journal of the Royal Statistical Society
        /// B 26 (1964).
        case boxCox
    }

    /// The family of powers. Default `.yeoJohnson`.
    public var method: Method

    /// Whether to bring the transformed features to mean 0 and variance 1. Default `true`.
    public var standardize: Bool

    private var fitted: Fitted?

    /// An unfitted transformer.
    ///
    /// - Parameters:
    ///   - method: the family of powers.
    ///   - standardize: whether to bring the transformed features to mean 0 and variance 1.
    public init(method: Method = .yeoJohnson, standardize: Bool = true) {
        self.method = method
        self.standardize = standardize
    }

    // MARK: Fitted attributes

    /// The exponent λ of every feature; empty before `fit`.
    public var lambdas: [Double] { fitted?.lambdas ?? [] }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted?.lambdas.count }

    /// What brings the powers to mean 0 and variance 1; nil before `fit` and where nothing does.
    package var scaler: StandardScaler? { fitted?.scaler }

    // MARK: Fit

    /// Finds the exponent of every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, contains an infinite value, a column
    ///   without values, or for `.boxCox` a number that is not positive or a constant column.
    /// - Complexity: O(samples × features), some 30 passes.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.features(x, allowsNaN: true)
        try checkSigns(x)
        var doubles = x.doubles
        let range = NumberRange(of: Scalar.self)
        var lambdas: [Double] = []
        for column in 0..<x.columns {
            let values = doubles.column(column)
            let present = values.filter { !$0.isNaN }
            try Check.require(
                !present.isEmpty, "x", "must have a number in every column, but column \(column) has none")
            switch method {
            case .yeoJohnson where isConstant(present):
                lambdas.append(1)
                continue
            case .yeoJohnson:
                lambdas.append(YeoJohnson.likeliestLambda(of: present, in: range))
            case .boxCox:
                try Check.require(
                    present.contains { $0 != present[0] }, "x",
                    "must have different numbers in every column for .boxCox, but column \(column) has only \(present[0])"
                )
                let (unlimited, lambda) = try BoxCox.likeliestLambda(of: present, in: range, column: column)
                if lambda != unlimited { warn(ofLimit: lambda, insteadOf: unlimited, column: column) }
                lambdas.append(lambda)
            }
            let lambda = lambdas[column]
            for row in 0..<x.rows { doubles[row, column] = power(values[row], lambda) }
        }
        var scaler: StandardScaler?
        if standardize { scaler = try changed(StandardScaler()) { try $0.fitPowers(doubles) } }
        fitted = Fitted(lambdas: lambdas, scaler: scaler)
    }

    private func warn(ofLimit lambda: Double, insteadOf unlimited: Double, column: Int) {
        FitWarnings.report(
            FitWarning(
                "PowerTransformer limits the exponent of column \(column) to \(lambda); with the likeliest one, "
                    + "\(unlimited), the powers would overflow. Subtract a constant from the column first, or use "
                    + ".yeoJohnson.",
                kind: "PowerTransformer limits an exponent with which powers would overflow."))
    }

    /// Whether the variance is 0 but for rounding.
    private func isConstant(_ values: [Double]) -> Bool {
        if values.allSatisfy({ $0 == values[0] }) { return true }
        let n = Double(values.count)
        let mean = pairwiseSum(values) / n
        let variance = pairwiseSum(values.map { ($0 - mean) * ($0 - mean) }) / n
        let rounding = n * mean * Double.ulpOfOne
        return variance <= n * Double.ulpOfOne * variance + rounding * rounding
    }

    private func checkSigns<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        guard method == .boxCox, let bad = x.elements.firstIndex(where: { $0 <= 0 }) else { return }
        try Check.require(
            false, "x",
            "must contain positive numbers only for .boxCox, but x\(x.place(of: bad)) is \(x.elements[bad])")
    }

    private func power(_ x: Double, _ lambda: Double) -> Double {
        method == .boxCox ? BoxCox.transform(x, lambda) : YeoJohnson.transform(x, lambda)
    }

    // MARK: Transform

    /// The transformed features, in a new matrix.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, an infinite value, or for `.boxCox` a number that is not positive.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "PowerTransformer")
        try checkSigns(x)
        func exponent(_ column: Int) -> String { " (exponent \(lambdas[column]))" }
        return try x.inDoublePrecision(by: "PowerTransformer", detail: exponent) { x in
            try x.applyToRows(with: lambdas, power)
            if let scaler = fitted?.scaler {
                try x.applyToRows(with: Array(zip(scaler.mean, scaler.scale))) { ($0 - $1.0) / $1.1 }
            }
        }
    }

    /// The features of which ``transform(_:)`` makes `x`, in a new matrix; NaN for numbers that are no result of
    /// `transform`.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or an infinite value.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "PowerTransformer")
        return try x.inDoublePrecision { x in
            if let scaler = fitted?.scaler {
                try x.applyToRows(with: Array(zip(scaler.mean, scaler.scale))) { $0 * $1.1 + $1.0 }
            }
            var beyond = Set<Int>()
            try x.applyToRows(with: Array(zip(lambdas, 0...))) { value, column in
                let (lambda, number) = column
                let original = method == .boxCox ? BoxCox.inverse(value, lambda) : YeoJohnson.inverse(value, lambda)
                if original.isNaN, !value.isNaN { beyond.insert(number) }
                return original
            }
            if !beyond.isEmpty { warn(ofNumbersBeyondPowers: beyond.sorted()) }
        }
    }

    private func warn(ofNumbersBeyondPowers columns: [Int]) {
        let texts = columns.map { "column \($0), exponent \(lambdas[$0])" }
        FitWarnings.report(
            FitWarning(
                "PowerTransformer: inverseTransform gives NaN for numbers that no power reaches "
                    + "(\(texts.joined(separator: "; "))).",
                kind: "PowerTransformer gave NaN for numbers that no power reaches."))
    }
}
