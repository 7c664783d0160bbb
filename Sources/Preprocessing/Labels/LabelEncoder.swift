public import Estimators
public import ModelFiles

/// Numbers the classes of a target in ascending order: 0, 1, 2, ….
///
/// `LabelEncoder()` alone means `LabelEncoder<String>`.
public struct LabelEncoder<Label: ClassLabel>: Equatable, Sendable {
    /// The classes, in ascending order; empty before `fit`.
    public private(set) var classes: [Label] = []

    /// An unfitted encoder.
    public init() {}

    /// Learns the classes of `y`.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `y` is empty.
    public mutating func fit(_ y: [Label]) throws {
        classes = try Label.classes(in: y, argument: "y")
    }

    /// The number of every label's class.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for a label that `fit` has not
    ///   seen.
    public func transform(_ y: [Label]) throws -> [Int] {
        try checkFitted()
        let numbers = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
        return try y.enumerated().map { sample, label in
            let number = numbers[label]
            try Check.require(
                number != nil, "y", "must contain labels that fit has seen only, but y[\(sample)] is \(label)")
            return number ?? 0
        }
    }

    /// Learns the classes of `y` and returns their numbers.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fitTransform(_ y: [Label]) throws -> [Int] {
        try fit(y)
        return try transform(y)
    }

    /// A copy that has learned the classes of `y`.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public func fitted(_ y: [Label]) throws -> Self { try changed(self) { try $0.fit(y) } }

    /// The classes with the given numbers.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for a number that no class has.
    public func inverseTransform(_ y: [Int]) throws -> [Label] {
        try checkFitted()
        return try y.enumerated().map { sample, number in
            try Check.require(
                classes.indices.contains(number), "y",
                "must contain numbers from 0 to \(classes.count - 1), but y[\(sample)] is \(number)")
            return classes[number]
        }
    }

    private func checkFitted() throws {
        if classes.isEmpty { throw EstimatorError.notFitted(estimator: "LabelEncoder") }
    }
}

extension LabelEncoder where Label == String {
    /// An unfitted encoder of texts.
    public init() { classes = [] }
}

// MARK: - Coding

extension LabelEncoder: Storable {
    /// `LabelEncoder` with the name of its type parameter.
    public static var storedTypeName: String { ModelFiles.storedTypeName("LabelEncoder", Label.self) }

    private enum CodingKeys: String, CodingKey { case classes }

    /// Decodes an encoder.
    ///
    /// - Throws: `DecodingError` for classes out of order.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        classes = try container.decodeAscending(forKey: .classes)
    }
}
