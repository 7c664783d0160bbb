public import Estimators
public import LinearAlgebra
public import ModelFiles

/// Replaces every category of every feature by its number: 0, 1, 2, ….
///
/// `OrdinalEncoder(…)` alone means `OrdinalEncoder<String>`. Missing values, NaN of `Double` and nil of optionals, get
/// `encodedMissingValue`.
public struct OrdinalEncoder<Value: Category>: Equatable, Sendable {
    /// How a category that did not occur in `fit` is treated.
    public enum HandleUnknown: String, CaseIterable, Codable, Sendable {
        /// An error is thrown.
        case error
        /// It gets `unknownValue`.
        case useEncodedValue
    }

    /// Where the categories come from. Default `.auto`.
    public var categoriesSource: Categories<Value>

    /// How a category that did not occur in `fit` is treated. Default `.error`.
    public var handleUnknown: HandleUnknown

    /// The code of unknown categories, `.nan` or an integer that is no category's; only with `.useEncodedValue`, and
    /// needed there. Default nil.
    public var unknownValue: NumberOrNaN?

    /// The code of missing values, `.nan` or an integer that is no category's. Default `.nan`.
    public var encodedMissingValue: NumberOrNaN

    /// How often a category must occur to have a code of its own; rarer ones share one. Nil for any number. Default
    /// nil.
    public var minFrequency: MinFrequency?

    /// The most codes of a feature, one for its infrequent categories included and that of missing values not; nil for
    /// any number. Default nil.
    public var maxCategories: Int?

    private var features: [FeatureCategories<Value>] = []

    // MARK: Fitted attributes

    /// The categories of every feature, in the order of their numbers; empty before `fit`.
    public var categories: [[Value]] { features.map(\.values) }

    /// The infrequent categories of every feature, which share one number; empty before `fit`.
    public var infrequentCategories: [[Value]] {
        features.map { feature in feature.infrequent.compactMap { feature.value($0) } }
    }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { features.isEmpty ? nil : features.count }

    /// The names of the encoded features, which are those of the features.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "OrdinalEncoder")
    }

    // MARK: Fit

    /// Learns the categories of every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for parameters out of range or codes that categories have;
    ///   `EstimatorError.invalidInput` if `x` has no rows or columns, or a value that is not among the categories
    ///   listed, where ``handleUnknown`` is `.error`.
    /// - Complexity: O(samples × features), and sorting the categories.
    public mutating func fit(_ x: Matrix<Value>) throws {
        try checkUnknownValue()
        let learned = try CategoryLearning.categories(
            of: x, from: categoriesSource, rejectsUnknown: handleUnknown == .error, minFrequency: minFrequency,
            maxCategories: maxCategories, groupsMissing: false)
        if let unknownValue { try checkCode(unknownValue, name: "unknownValue", isFreeIn: learned) }
        try checkCode(encodedMissingValue, name: "encodedMissingValue", isFreeIn: learned.filter(\.hasMissing))
        features = learned
    }

    private func checkUnknownValue() throws {
        let needsValue = handleUnknown == .useEncodedValue
        try Check.require(
            needsValue == (unknownValue != nil), parameter: "unknownValue", plain(unknownValue?.value as Any),
            allowed: "\(needsValue ? "an integer or .nan" : "nil") where handleUnknown is .\(handleUnknown)")
    }

    /// Rejects a code that is no integer, or that a category has.
    private func checkCode(_ code: NumberOrNaN, name: String, isFreeIn features: [FeatureCategories<Value>]) throws {
        let value = code.value
        if value.isNaN { return }
        try Check.require(
            value.isFinite && value == value.rounded(), parameter: name, value, allowed: "an integer or .nan")
        for feature in features {
            // What scikit-learn checks: one less than the codes in use where categories are grouped.
            let count = feature.present.count - feature.infrequent.count
            try Check.require(
                value < 0 || value >= Double(count), parameter: name, value,
                allowed: ".nan or an integer that is not the number of a category")
        }
    }

    // MARK: Transform

    /// The number of each sample's category for every feature.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or an unknown category where ``handleUnknown`` is `.error`.
    /// - Complexity: O(samples × features).
    public func transform(_ x: Matrix<Value>) throws -> Matrix<Double> {
        try CategoryLearning.checkTransformable(x, nFeaturesIn: nFeaturesIn, of: "OrdinalEncoder")
        var encoded = Matrix<Double>(rows: x.rows, columns: x.columns, repeating: unknownValue?.value ?? .nan)
        for (index, feature) in features.enumerated() {
            var codes = feature.codes(includesMissing: false).map(Double.init)
            if feature.hasMissing { codes[codes.count - 1] = encodedMissingValue.value }
            let numbers = try CategoryLearning.numbers(
                of: x.column(index), in: feature, feature: index, rejectsUnknown: handleUnknown == .error)
            for case (let sample, let number?) in numbers.enumerated() { encoded[sample, index] = codes[number] }
        }
        return encoded
    }

    /// Learns the categories of `x` and returns it encoded.
    ///
    /// - Throws: what ``fit(_:)-(Matrix<Value>)`` throws.
    public mutating func fitTransform(_ x: Matrix<Value>) throws -> Matrix<Double> {
        try fit(x)
        return try transform(x)
    }

    /// A copy that has learned the categories of `x`.
    ///
    /// - Throws: what ``fit(_:)-(Matrix<Value>)`` throws.
    public func fitted(_ x: Matrix<Value>) throws -> Self { try changed(self) { try $0.fit(x) } }

    /// The categories with the given numbers; nil for infrequent and unknown ones.
    ///
    /// - Parameter x: samples × features, as ``transform(_:)-(Matrix<Value>)`` gives.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or a number that no category has.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Value?> {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: "OrdinalEncoder") }
        try Check.invertible(x, nFeaturesOut: nFeaturesIn, allowsNaN: true)
        var categories = Matrix<Value?>(rows: x.rows, columns: nFeaturesIn, repeating: nil)
        for (index, feature) in features.enumerated() {
            let rare = Set(feature.infrequent)
            let frequent = (0..<feature.present.count).filter { !rare.contains($0) }
            for sample in 0..<x.rows {
                let code = Double(x[sample, index])
                if let number = Int(exactly: code), frequent.indices.contains(number) {
                    categories[sample, index] = feature.value(frequent[number])
                } else if feature.hasMissing, encodedMissingValue.matches(code) {
                    categories[sample, index] = Value._missing
                } else if code != Double(frequent.count) || rare.isEmpty {
                    try Check.require(
                        handleUnknown != .error && unknownValue?.matches(code) == true, "x",
                        "must contain the numbers of categories, 0 to \(frequent.count - 1) for feature \(index), but "
                            + "x[\(sample), \(index)] is \(code)")
                }
            }
        }
        return categories
    }
}

extension OrdinalEncoder {
    /// An unfitted encoder.
    ///
    /// - Parameters:
    ///   - categories: where the categories come from, property ``categoriesSource``.
    ///   - handleUnknown: how a category that did not occur in `fit` is treated.
    ///   - unknownValue: the code of unknown categories.
    ///   - encodedMissingValue: the code of missing values.
    ///   - minFrequency: how often a category must occur to have a code of its own.
    ///   - maxCategories: the most codes of a feature.
    public init(
        categories: Categories<Value> = .auto, handleUnknown: HandleUnknown = .error, unknownValue: NumberOrNaN? = nil,
        encodedMissingValue: NumberOrNaN = .nan, minFrequency: MinFrequency? = nil, maxCategories: Int? = nil
    ) {
        self.init(
            categoriesSource: categories, handleUnknown: handleUnknown, unknownValue: unknownValue,
            encodedMissingValue: encodedMissingValue, minFrequency: minFrequency, maxCategories: maxCategories)
    }
}

extension OrdinalEncoder where Value == String {
    /// An encoder of texts; the parameters are those of the general initializer.
    public init(
        categories: Categories<String> = .auto, handleUnknown: HandleUnknown = .error,
        unknownValue: NumberOrNaN? = nil, encodedMissingValue: NumberOrNaN = .nan, minFrequency: MinFrequency? = nil,
        maxCategories: Int? = nil
    ) {
        self.init(
            categoriesSource: categories, handleUnknown: handleUnknown, unknownValue: unknownValue,
            encodedMissingValue: encodedMissingValue, minFrequency: minFrequency, maxCategories: maxCategories)
    }
}

extension OrdinalEncoder: Transformer where Value == Double {
    /// Learns the categories of every column of `x`; see ``fit(_:)-(Matrix<Value>)``.
    ///
    /// - Throws: what that throws, and an error for an infinite value.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.features(x, allowsNaN: true)
        let given = categoriesSource
        defer { categoriesSource = given }
        categoriesSource = given.rounded(to: Scalar.self)
        try fit(x.doubles)
    }

    /// The number of each sample's category; see ``transform(_:)-(Matrix<Value>)``.
    ///
    /// - Throws: what that throws.
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        Matrix(rounding: try transform(x.doubles))
    }
}

// MARK: - Coding

extension OrdinalEncoder: Storable {
    /// `OrdinalEncoder` with the name of its type parameter.
    public static var storedTypeName: String { ModelFiles.storedTypeName("OrdinalEncoder", Value.self) }

    private enum CodingKeys: String, CodingKey {
        case categoriesSource, handleUnknown, unknownValue, encodedMissingValue, minFrequency, maxCategories, features
    }

    /// Decodes an encoder.
    ///
    /// - Throws: `DecodingError` for categories that no data have.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        categoriesSource = try container.decode(Categories<Value>.self, forKey: .categoriesSource)
        handleUnknown = try container.decode(HandleUnknown.self, forKey: .handleUnknown)
        unknownValue = try container.decodeIfPresent(NumberOrNaN.self, forKey: .unknownValue)
        encodedMissingValue = try container.decode(NumberOrNaN.self, forKey: .encodedMissingValue)
        minFrequency = try container.decodeIfPresent(MinFrequency.self, forKey: .minFrequency)
        maxCategories = try container.decodeIfPresent(Int.self, forKey: .maxCategories)
        features = try container.decode([FeatureCategories<Value>].self, forKey: .features)
        // The missing value has a code of its own, which no other shares.
        try container.require(
            features.allSatisfy { feature in feature.infrequent.allSatisfy { $0 < feature.present.count } }, .features,
            "must have no missing value among the infrequent categories")
    }
}
