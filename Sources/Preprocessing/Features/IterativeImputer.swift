public import Estimators
public import LinearAlgebra
public import ModelFiles
import NumPyRandom

/// Replaces the missing values of every feature by a regression on all other features, round after round.
///
/// The first round starts from the result of a ``SimpleImputer``. The regression is scikit-learn's default, a Bayesian
/// ridge, whose penalties are estimated from the data.
///
/// Source: S. van Buuren, K. Groothuis-Oudshoorn, "mice: Multivariate Imputation by Chained Equations in R", Journal of
/// Statistical Software 45 (2011).
public struct IterativeImputer: Transformer, FeatureNaming, Equatable {
    /// The order in which the features of a round are imputed.
    public enum ImputationOrder: String, CaseIterable, Codable, Sendable {
        /// From the feature with the fewest missing values.
        case ascending
        /// From the feature with the most missing values.
        case descending
        /// From the first feature.
        case roman
        /// From the last feature.
        case arabic
        /// In another random order in every round.
        case random
    }

    /// The mark of a missing value: `.nan` or a number. With a number, NaN is an error. Default `.nan`.
    public var missingValues: NumberOrNaN
    /// The greatest number of rounds, at least 0. Default 10.
    public var maxIter: Int
    /// The rounds end when no sample changes by more than this share of the greatest value. Default 0.001.
    public var tol: Double
    /// What the first round starts from. Default `.mean`.
    public var initialStrategy: SimpleImputer.Strategy
    /// The number that `.constant` starts from; nil for 0. Default nil.
    public var fillValue: Double?
    /// The order in which the features of a round are imputed. Default `.ascending`.
    public var imputationOrder: ImputationOrder
    /// Whether features without missing values in `fit` are not learned, so that later ones keep their initial value.
    /// Default `false`.
    public var skipComplete: Bool
    /// The least value that is filled in. Default −∞.
    public var minValue: Double
    /// The greatest value that is filled in. Default ∞.
    public var maxValue: Double
    /// The seed of the order `.random`; nil for others every time.
    public var randomState: UInt32?
    /// Whether to append, for every feature with missing values in `fit`, a column that is 1 where it was missing.
    /// Default `false`.
    public var addIndicator: Bool
    /// Whether a feature without any value stays, filled with 0 (`.constant`: with `fillValue`). Default `false`.
    public var keepEmptyFeatures: Bool

    private var fitted: Fitted?

    private struct Fitted: Equatable {
        var initial: SimpleImputer
        var indicator: MissingIndicator
        /// The features that stay, in ascending order.
        var kept: [Int]
        /// Those of `kept` that had no value, by place.
        var empty: [Int]
        var rounds: Int
        /// The regressions in the order in which they were made, each of a place in `kept` on all others.
        var steps: [Step]
    }

    private struct Step: Equatable {
        var feature: Int
        var model: BayesianRidge
    }

    /// An unfitted imputer; the parameters are the properties.
    public init(
        missingValues: NumberOrNaN = .nan, maxIter: Int = 10, tol: Double = 1e-3,
        initialStrategy: SimpleImputer.Strategy = .mean, fillValue: Double? = nil,
        imputationOrder: ImputationOrder = .ascending, skipComplete: Bool = false, minValue: Double = -.infinity,
        maxValue: Double = .infinity, randomState: UInt32? = nil, addIndicator: Bool = false,
        keepEmptyFeatures: Bool = false
    ) {
        (self.missingValues, self.maxIter, self.tol) = (missingValues, maxIter, tol)
        (self.initialStrategy, self.fillValue, self.imputationOrder) = (initialStrategy, fillValue, imputationOrder)
        (self.skipComplete, self.minValue, self.maxValue) = (skipComplete, minValue, maxValue)
        (self.randomState, self.addIndicator, self.keepEmptyFeatures) = (randomState, addIndicator, keepEmptyFeatures)
    }

    /// The number of rounds; nil before `fit`.
    public var nIter: Int? { fitted?.rounds }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted?.initial.nFeaturesIn }

    /// The features that have an indicator column; empty before `fit`, and without `addIndicator`.
    public var indicatorFeatures: [Int] { addIndicator ? fitted?.indicator.features ?? [] : [] }

    /// The names of the transformed features; those of indicators begin with `missingindicator_`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "IterativeImputer")
        return (fitted?.kept ?? []).map { names[$0] } + indicatorFeatures.map { "missingindicator_\(names[$0])" }
    }

    // MARK: Fit

    /// Learns the regressions of every feature on the others.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for parameters out of range; `EstimatorError.invalidInput` if `x` has no
    ///   rows or columns, contains an infinite value, or NaN where that does not stand for a missing value.
    /// - Complexity: O(rounds × samples × features³).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.require(maxIter >= 0, parameter: "maxIter", maxIter, allowed: "an integer of at least 0")
        try Check.require(tol >= 0 && tol.isFinite, parameter: "tol", tol, allowed: "a number in [0, ∞)")
        try Check.require(
            minValue < maxValue, parameter: "minValue", minValue, allowed: "less than maxValue, \(maxValue)")
        let initial = try SimpleImputer(
            missingValues: missingValues, strategy: initialStrategy, fillValue: fillValue,
            keepEmptyFeatures: keepEmptyFeatures
        ).fitted(x)
        let all = (0..<x.columns).map { isMissing(x, $0) }
        let kept = all.indices.filter { keepEmptyFeatures || all[$0].contains(false) }
        let empty = kept.indices.filter { !all[kept[$0]].contains(false) }
        let missing = kept.indices.map { empty.contains($0) ? all[kept[$0]].map { _ in false } : all[kept[$0]] }
        var learned = Fitted(
            initial: initial,
            indicator: try MissingIndicator(missingValues: missingValues, errorOnNew: false).fitted(x), kept: kept,
            empty: empty, rounds: 0, steps: [])
        defer { fitted = learned }
        guard maxIter > 0, kept.count > 1, missing.contains(where: { $0.contains(false) }) else { return }

        var filled = try initial.transform(x.doubles)
        let greatest =
            kept.indices.flatMap { place in
                (0..<x.rows).filter { !missing[place][$0] }.map { abs(filled[$0, place]) }
            }.max() ?? 0
        var random = RandomState(seed: randomState)
        var order = order(missing, using: &random)
        for _ in 0..<maxIter {
            let previous = filled
            if imputationOrder == .random { order = self.order(missing, using: &random) }
            learned.rounds += 1
            for place in order {
                let known = (0..<x.rows).filter { !missing[place][$0] }
                let others = kept.indices.filter { $0 != place }
                let target: [Double] = filled.column(place)
                let step = Step(
                    feature: place,
                    model: try BayesianRidge(
                        filled.selectingRows(known).selectingColumns(others), known.map { target[$0] }))
                impute(&filled, by: step, where: missing[place])
                learned.steps.append(step)
            }
            let change =
                (0..<x.rows).map { row in
                    kept.indices.reduce(0) { $0 + abs(filled[row, $1] - previous[row, $1]) }
                }.max() ?? 0
            if change < tol * greatest { return }
        }
        FitWarnings.report(
            FitWarning(
                "IterativeImputer reached maxIter = \(maxIter) before its values settled. Raise maxIter to go on.",
                kind: "IterativeImputer reached maxIter before its values settled."))
    }

    /// Whether every sample's value of a feature is missing.
    private func isMissing<Scalar: MatrixScalar>(_ x: Matrix<Scalar>, _ feature: Int) -> [Bool] {
        let marker = missingValues.rounded(to: Scalar.self)
        return (0..<x.rows).map { marker.matches(Double(x[$0, feature])) }
    }

    /// The places of the features in the order of a round.
    private func order(_ missing: [[Bool]], using random: inout RandomState) -> [Int] {
        let counts = missing.map { column in column.count { $0 } }
        var places = counts.indices.filter { !skipComplete || counts[$0] > 0 }
        switch imputationOrder {
        case .roman: break
        case .arabic: places.reverse()
        case .ascending: places.sort { (counts[$0], $0) < (counts[$1], $1) }
        case .descending: places.sort { (counts[$1], $1) < (counts[$0], $0) }
        case .random: random.shuffle(&places)
        }
        return places
    }

    private func impute(_ filled: inout Matrix<Double>, by step: Step, where missing: [Bool]) {
        for row in missing.indices where missing[row] {
            var others: [Double] = filled.row(row)
            others.remove(at: step.feature)
            filled[row, step.feature] = min(max(step.model.predict(others), minValue), maxValue)
        }
    }

    // MARK: Transform

    /// The features with missing values filled in, without those that `fit` saw no value of, followed by the indicators.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another number
    ///   of columns, an infinite value, or NaN where that does not stand for a missing value.
    /// - Complexity: O(rounds × samples × features²).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(
            x, nFeaturesIn: nFeaturesIn, of: "IterativeImputer", allowsNaN: missingValues.value.isNaN)
        guard let fitted else { return x }
        var filled = try fitted.initial.transform(x).doubles
        let missing = fitted.kept.map { isMissing(x, $0) }
        if missing.contains(where: { $0.contains(false) }) {
            for step in fitted.steps where !fitted.empty.contains(step.feature) {
                impute(&filled, by: step, where: missing[step.feature])
            }
        }
        let result = Matrix<Scalar>(rounding: filled)
        guard addIndicator else { return try Check.representable(result, by: "IterativeImputer") }
        let indicators = try fitted.indicator.transform(x)
        return Matrix(
            rows: x.rows, columns: result.columns + indicators.columns,
            elements: (0..<x.rows).flatMap { result.rowSlice($0) + indicators.rowSlice($0) })
    }
}

extension IterativeImputer: Storable {
    private enum CodingKeys: String, CodingKey {
        case missingValues, maxIter, tol, initialStrategy, fillValue, imputationOrder, skipComplete, minValue, maxValue
        case randomState, addIndicator, keepEmptyFeatures, initial, indicator, kept, empty, rounds, features, weights
        case intercepts
    }

    /// `IterativeImputer`.
    public static var storedTypeName: String { "IterativeImputer" }

    /// Decodes an imputer.
    ///
    /// - Throws: `DecodingError` for regressions that do not fit the features.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            missingValues: try container.decode(NumberOrNaN.self, forKey: .missingValues),
            maxIter: try container.decode(Int.self, forKey: .maxIter),
            tol: try container.decode(Double.self, forKey: .tol),
            initialStrategy: try container.decode(SimpleImputer.Strategy.self, forKey: .initialStrategy),
            fillValue: try container.decodeIfPresent(Double.self, forKey: .fillValue),
            imputationOrder: try container.decode(ImputationOrder.self, forKey: .imputationOrder),
            skipComplete: try container.decode(Bool.self, forKey: .skipComplete),
            minValue: try container.decodeIfPresent(Double.self, forKey: .minValue) ?? -.infinity,
            maxValue: try container.decodeIfPresent(Double.self, forKey: .maxValue) ?? .infinity,
            randomState: try container.decodeIfPresent(UInt32.self, forKey: .randomState),
            addIndicator: try container.decode(Bool.self, forKey: .addIndicator),
            keepEmptyFeatures: try container.decode(Bool.self, forKey: .keepEmptyFeatures))
        guard let rounds = try container.decodeCountIfPresent(forKey: .rounds) else { return }
        let initial = try container.decode(SimpleImputer.self, forKey: .initial)
        let indicator = try container.decode(MissingIndicator.self, forKey: .indicator)
        let count = initial.nFeaturesIn ?? 0
        let kept: [Int] = try container.decodeVector(forKey: .kept)
        let empty: [Int] = try container.decodeVector(forKey: .empty)
        let features: [Int] = try container.decodeVector(forKey: .features)
        let intercepts: [Double] = try container.decodeVector(forKey: .intercepts, count: features.count)
        let weights: [Double] = try container.decodeVector(forKey: .weights)
        try container.require(
            count > 0 && indicator.nFeaturesIn == count && indicator.missingValues == missingValues
                && initial.missingValues == missingValues && !initial.addIndicator && !indicator.errorOnNew, .initial,
            "must be fitted to the features of the imputer")
        try container.require(
            kept == initial.statistics.indices.filter { !initial.statistics[$0].isNaN }, .kept,
            "must be the features with an initial value")
        try container.requireAscending(empty, below: max(kept.count, 1), .empty, "features")
        let width = max(0, kept.count - 1)
        try container.requireCount(weights.count, features.count * width, .weights)
        try container.require(
            features.allSatisfy(kept.indices.contains), .features, "must be features, from 0 to \(width)")
        fitted = Fitted(
            initial: initial, indicator: indicator, kept: kept, empty: empty, rounds: rounds,
            steps: features.indices.map { step in
                Step(
                    feature: features[step],
                    model: BayesianRidge(
                        weights: Array(weights[step * width..<(step + 1) * width]), intercept: intercepts[step]))
            })
    }

    /// Encodes the imputer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(missingValues, forKey: .missingValues)
        try container.encode(maxIter, forKey: .maxIter)
        try container.encode(tol, forKey: .tol)
        try container.encode(initialStrategy, forKey: .initialStrategy)
        try container.encodeIfPresent(fillValue, forKey: .fillValue)
        try container.encode(imputationOrder, forKey: .imputationOrder)
        try container.encode(skipComplete, forKey: .skipComplete)
        // JSON has no infinity.
        if minValue.isFinite { try container.encode(minValue, forKey: .minValue) }
        if maxValue.isFinite { try container.encode(maxValue, forKey: .maxValue) }
        try container.encodeIfPresent(randomState, forKey: .randomState)
        try container.encode(addIndicator, forKey: .addIndicator)
        try container.encode(keepEmptyFeatures, forKey: .keepEmptyFeatures)
        guard let fitted else { return }
        try container.encode(fitted.rounds, forKey: .rounds)
        try container.encode(fitted.initial, forKey: .initial)
        try container.encode(fitted.indicator, forKey: .indicator)
        try container.encode(Tensor(fitted.kept), forKey: .kept)
        try container.encode(Tensor(fitted.empty), forKey: .empty)
        try container.encode(Tensor(fitted.steps.map(\.feature)), forKey: .features)
        try container.encode(Tensor(fitted.steps.map(\.model.intercept)), forKey: .intercepts)
        try container.encode(Tensor(fitted.steps.flatMap(\.model.weights)), forKey: .weights)
    }
}
