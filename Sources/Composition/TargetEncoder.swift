public import Estimators
public import LinearAlgebra
public import ModelSelection
public import Preprocessing

/// Replaces each category by the mean of the target in that category, shrunk toward the mean of all samples.
///
/// ```swift
/// ColumnTransformer([.categorical(["zip"], TargetEncoder(randomState: 0))])
/// ```
///
/// A sample's own target must not be in its features. Therefore, ``fitTransform(_:_:)-(Matrix<Value>,_)``, which
/// pipelines and column transformers call, encodes each fold with the targets of the other folds. The encodings that
/// are learned from all samples are for new samples. With more than two classes, each feature becomes one column per
/// class.
///
/// Without a type argument, `TargetEncoder(…)` is a `TargetEncoder<String>`. A category that did not occur in `fit`
/// gets the mean of all samples. A missing value is a category of its own.
///
/// Source: D. Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes in classification and
/// prediction problems", SIGKDD Explorations 3 (2001).
public struct TargetEncoder<Value: Category>: Sendable {
    /// How the targets are interpreted.
    public enum TargetType: String, CaseIterable, Codable, Sendable {
        /// Their type decides: `Double` and `Float` are numbers, all other types are classes.
        case auto
        /// As numbers.
        case continuous
        /// As one or two classes.
        case binary
        /// As any number of classes, with one column each.
        case multiclass
    }

    /// How strongly the mean of a category is shrunk toward the mean of all samples. A literal is a number of samples.
    public enum Smooth: Hashable, Codable, Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
        /// By an empirical Bayes estimate, from the variance within each category and the variance of all samples.
        case auto
        /// As if each category had this many additional samples, whose target is the mean of all samples; at least 0.
        case samples(Double)

        /// The given number of additional samples.
        public init(floatLiteral value: Double) { self = .samples(value) }

        /// The given number of additional samples.
        public init(integerLiteral value: Int) { self = .samples(Double(value)) }
    }

    /// Where the categories come from. Default `.auto`.
    public var categoriesSource: Categories<Value>

    /// How the targets are interpreted. Default `.auto`.
    public var targetType: TargetType

    /// How strongly the mean of a category is shrunk toward the mean of all samples. Default `.auto`.
    public var smooth: Smooth

    /// The folds: a number of folds, which are stratified if the targets are classes, or a cross-validator that tests
    /// each sample once. Default 5.
    public var cv: any CrossValidator

    /// Whether to shuffle the samples first, if ``cv`` is a number of folds. Default `true`.
    public var shuffle: Bool

    /// The seed of the shuffle; nil for a different shuffle each time.
    public var randomState: UInt32?

    private var ordinal: OrdinalEncoder<Value>
    private var fitted: TargetEncodings?

    /// Creates an unfitted encoder.
    ///
    /// - Parameters:
    ///   - categories: where the categories come from, which becomes the property ``categoriesSource``.
    ///   - targetType: how the targets are interpreted.
    ///   - smooth: how strongly the mean of a category is shrunk toward the mean of all samples.
    ///   - cv: the folds: a number of folds, or a cross-validator that tests each sample once.
    ///   - shuffle: whether to shuffle the samples first, if `cv` is a number of folds.
    ///   - randomState: the seed of the shuffle.
    public init(
        categories: Categories<Value> = .auto, targetType: TargetType = .auto, smooth: Smooth = .auto,
        cv: any CrossValidator = 5, shuffle: Bool = true, randomState: UInt32? = nil
    ) {
        categoriesSource = categories
        (self.targetType, self.smooth, self.cv, self.shuffle) = (targetType, smooth, cv, shuffle)
        self.randomState = randomState
        ordinal = TargetEncoder.ordinal(categories)
    }

    /// Numbers the categories: −1 is unknown, −2 missing.
    private static func ordinal(_ categories: Categories<Value>) -> OrdinalEncoder<Value> {
        OrdinalEncoder<Value>(
            categories: categories, handleUnknown: .useEncodedValue, unknownValue: -1, encodedMissingValue: -2)
    }

    /// What is learned, as files have it.
    var stored: (ordinal: OrdinalEncoder<Value>, fitted: TargetEncodings?) {
        (fitted == nil ? TargetEncoder.ordinal(categoriesSource) : ordinal, fitted)
    }

    mutating func restore(_ ordinal: OrdinalEncoder<Value>, _ fitted: TargetEncodings?) {
        (self.ordinal, self.fitted) = (ordinal, fitted)
    }

    // MARK: Fitted attributes

    /// The categories of each feature; empty before `fit`.
    public var categories: [[Value]] { fitted == nil ? [] : ordinal.categories }

    /// The encodings of the categories, one list per feature; empty before `fit`. With more than two classes, there is
    /// one list per feature and class: first all classes of the first feature, then all classes of the second, and so
    /// on.
    public var encodings: [[Double]] { fitted?.encodings ?? [] }

    /// The mean of the target over all samples: one number, or one number per class if there are more than two classes;
    /// empty before `fit`.
    public var targetMean: [Double] { fitted?.mean ?? [] }

    /// The classes as text, in ascending order; empty before `fit` and for numbers.
    public var classes: [String] { fitted?.classes ?? [] }

    /// How the targets were interpreted; nil before `fit`.
    public var fittedTargetType: TargetType? { fitted.flatMap { TargetType(rawValue: $0.type) } }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted == nil ? nil : ordinal.nFeaturesIn }

    /// Returns the names of the encoded features, which are the names of the features. With more than two classes, the
    /// class is appended: `x0_setosa`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if there is not one name per
    ///   feature.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        guard let fitted else { throw EstimatorError.notFitted(estimator: "TargetEncoder") }
        let names = try ordinal.getFeatureNamesOut(inputFeatures)
        guard fitted.mean.count > 1 else { return names }
        return names.flatMap { name in fitted.classes.map { "\(name)_\($0)" } }
    }

    // MARK: Fit

    /// Learns the encodings from all samples. To encode these samples themselves, call
    /// ``fitTransform(_:_:)-(Matrix<Value>,_)``.
    ///
    /// - Throws: `EstimatorError` for a negative `smooth`, if `x` has no rows or columns, if there is not one target
    ///   per row, and for targets that do not match ``targetType``. In these cases, the encoder does not change.
    /// - Complexity: O(samples × features × classes).
    public mutating func fit<Target: Sendable>(_ x: Matrix<Value>, _ y: [Target]) throws { _ = try learn(x, y) }

    /// Learns the encodings from all samples, and returns the samples encoded: each fold with the targets of the other
    /// folds.
    ///
    /// - Throws: what ``fit(_:_:)-(Matrix<Value>,_)`` throws, and `EstimatorError` for a `cv` that does not test each
    ///   sample once. In these cases, the encoder does not change.
    /// - Complexity: O(samples × features × classes × folds).
    public mutating func fitTransform<Target: Sendable>(_ x: Matrix<Value>, _ y: [Target]) throws -> Matrix<Double> {
        try crossFitted(x, y)
    }

    private mutating func crossFitted<Target: Sendable>(_ x: Matrix<Value>, _ y: [Target]) throws -> Matrix<Double> {
        var learned = self
        let (codes, target) = try learned.learn(x, y)
        var encoded = Matrix<Double>(rows: x.rows, columns: x.columns * target.columns.count, repeating: 0)
        for (train, test) in try folds(target) {
            let encodings = TargetEncodings(
                codes, target, samples: train, counts: learned.ordinal.categories.map(\.count), smooth: smooth)
            encodings.encode(codes, samples: test, into: &encoded)
        }
        self = learned
        return encoded
    }

    private mutating func learn<Target: Sendable>(
        _ x: Matrix<Value>, _ y: [Target]
    ) throws -> (codes: [[Int]], target: EncodedTarget) {
        if case .samples(let count) = smooth {
            try Check.require(
                count >= 0 && count.isFinite, parameter: "smooth", count, allowed: ".auto or a number in [0, ∞)")
        }
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        let learned = try TargetEncoder.ordinal(categoriesSource).fitted(x)
        let target = try EncodedTarget(y, as: targetType.rawValue)
        let codes = try TargetEncoder.codes(x, by: learned)
        fitted = TargetEncodings(
            codes, target, samples: Array(0..<x.rows), counts: learned.categories.map(\.count), smooth: smooth)
        ordinal = learned
        return (codes, target)
    }

    /// The number of every value's category, feature by feature; −1 for unknown ones.
    private static func codes(_ x: Matrix<Value>, by ordinal: OrdinalEncoder<Value>) throws -> [[Int]] {
        let codes = try ordinal.transform(x)
        return ordinal.categories.enumerated().map { feature, categories in
            codes.column(feature).map { (code: Double) in code == -2 ? categories.count - 1 : Int(code) }
        }
    }

    private func folds(_ target: EncodedTarget) throws -> [SplitIndices] {
        let samples = SplitSamples(count: target.columns[0].count, classes: target.numbers)
        let seed = shuffle ? randomState : nil
        guard let count = cv as? Int else {
            let folds = try cv.splits(of: samples)
            var tested = [Int](repeating: 0, count: samples.count)
            for fold in folds { for sample in fold.test { tested[sample] += 1 } }
            try Check.require(
                tested.allSatisfy { $0 == 1 }, parameter: "cv", cv, allowed: "splits that test every sample once")
            return folds
        }
        return target.numbers == nil
            ? try KFold(nSplits: count, shuffle: shuffle, randomState: seed).splits(of: samples)
            : try StratifiedKFold(nSplits: count, shuffle: shuffle, randomState: seed).splits(of: samples)
    }

    // MARK: Transform

    /// Returns the encodings of the categories of each sample.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows or the wrong
    ///   number of columns.
    /// - Complexity: O(samples × features × classes).
    public func transform(_ x: Matrix<Value>) throws -> Matrix<Double> {
        guard let fitted else { throw EstimatorError.notFitted(estimator: "TargetEncoder") }
        let codes = try TargetEncoder.codes(x, by: ordinal)
        var encoded = Matrix<Double>(rows: x.rows, columns: x.columns * fitted.mean.count, repeating: 0)
        fitted.encode(codes, samples: Array(0..<x.rows), into: &encoded)
        return encoded
    }

    /// Returns a copy that is fitted to `x` and one target per sample.
    ///
    /// - Throws: what ``fit(_:_:)-(Matrix<Value>,_)`` throws.
    public func fitted<Target: Sendable>(_ x: Matrix<Value>, _ y: [Target]) throws -> Self {
        try changed(self) { try $0.fit(x, y) }
    }
}

extension TargetEncoder where Value == String {
    /// Creates an encoder of strings. The parameters are those of the general initializer.
    public init(
        categories: Categories<String> = .auto, targetType: TargetType = .auto, smooth: Smooth = .auto,
        cv: any CrossValidator = 5, shuffle: Bool = true, randomState: UInt32? = nil
    ) {
        categoriesSource = categories
        (self.targetType, self.smooth, self.cv, self.shuffle) = (targetType, smooth, cv, shuffle)
        self.randomState = randomState
        ordinal = TargetEncoder.ordinal(categories)
    }
}

extension TargetEncoder: WordEncoder, SupervisedEncoder where Value == String? {}
extension TargetEncoder: FeatureNaming {}

extension TargetEncoder: Transformer, SupervisedTransformer where Value == Double {
    /// Learns the encodings from all samples; see ``fit(_:_:)-(Matrix<Value>,_)``.
    ///
    /// - Throws: what that method throws, and an error for an infinite value.
    @_disfavoredOverload
    public mutating func fit<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws {
        try Check.features(x, allowsNaN: true)
        _ = try learn(x.map { Double($0) }, y)
    }

    /// Learns the encodings, and returns the samples encoded: each fold with the targets of the other folds. See
    /// ``fitTransform(_:_:)-(Matrix<Value>,_)``.
    ///
    /// - Throws: what that method throws, and an error for an infinite value.
    @_disfavoredOverload
    public mutating func fitTransform<Scalar: MatrixScalar, Target: Sendable>(
        _ x: Matrix<Scalar>, _ y: [Target]
    ) throws -> Matrix<Scalar> {
        try Check.features(x, allowsNaN: true)
        return try crossFitted(x.map { Double($0) }, y).map { Scalar($0) }
    }

    /// Returns the encodings of the categories of each sample; see ``transform(_:)-(Matrix<Value>)``.
    ///
    /// - Throws: what that method throws, and an error for an infinite value.
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        guard fitted != nil else { throw EstimatorError.notFitted(estimator: "TargetEncoder") }
        try Check.features(x, allowsNaN: true)
        let encoded: Matrix<Double> = try transform(x.map { Double($0) } as Matrix<Value>)
        return encoded.map { Scalar($0) }
    }
}

extension TargetEncoder: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { TargetEncoder<Value>() }

    /// What is learned, and what ``_leadingArguments`` has.
    public static var _unprinted: Set<String> { ["ordinal", "fitted", "categoriesSource"] }

    /// `categories`.
    public var _leadingArguments: [String] {
        changedParameter("categories", categoriesSource, from: Categories<Value>.auto)
    }
}
