public import Estimators

/// A target whose classes can be read from a skops file: `Int`, `String`, `Bool` and indicators. Your own label types
/// can conform if their raw value is `Int` or `String`.
///
/// ```swift
/// enum Species: String, ClassLabel, SkopsTarget { case setosa, versicolor, virginica }
/// ```
public protocol SkopsTarget: ClassificationTarget {
    /// Returns the classes of a classifier, in its order.
    ///
    /// - Parameters:
    ///   - classes: the stored classes.
    ///   - count: the required number of classes.
    /// - Throws: ``InterchangeError`` if the type or number of the classes is different.
    static func classes(_ classes: SkopsObject, count: Int) throws -> [Label]
}

extension Int: SkopsTarget {
    /// Reads integers of any width, or whole floating-point numbers.
    ///
    /// - Throws: ``InterchangeError``.
    public static func classes(_ classes: SkopsObject, count: Int) throws -> [Int] {
        try classes.labels(count, "integers", in: { $0.element == .bool ? nil : $0.integers() }) { try $0.integer }
    }
}

extension String: SkopsTarget {
    /// Reads strings.
    ///
    /// - Throws: ``InterchangeError``.
    public static func classes(_ classes: SkopsObject, count: Int) throws -> [String] {
        try classes.labels(count, "strings", in: { $0.strings() }) { try $0.string }
    }
}

extension Bool: SkopsTarget {
    /// Reads Booleans.
    ///
    /// - Throws: ``InterchangeError``.
    public static func classes(_ classes: SkopsObject, count: Int) throws -> [Bool] {
        let isTrue = { (array: NumPyArray) in
            array.element == .bool ? array.integers().map { $0.map { $0 != 0 } } : nil
        }
        return try classes.labels(count, "truth values", in: isTrue) { try $0.bool }
    }
}

extension Array: SkopsTarget where Element == Int {
    /// Reads the column numbers of the indicators.
    ///
    /// - Throws: ``InterchangeError``.
    public static func classes(_ classes: SkopsObject, count: Int) throws -> [Int] {
        try Int.classes(classes, count: count)
    }
}

extension SkopsTarget where Self: RawRepresentable & ClassLabel, RawValue: SkopsTarget & ClassLabel {
    /// Reads the labels with the stored raw values.
    ///
    /// - Throws: ``InterchangeError``, also if a raw value has no label.
    public static func classes(_ classes: SkopsObject, count: Int) throws -> [Self] {
        try RawValue.classes(classes, count: count).map { rawValue in
            guard let label = Self(rawValue: rawValue) else {
                throw classes.malformed("has the class \(rawValue), which is none of \(Self.self)")
            }
            return label
        }
    }
}

extension SkopsObject {
    /// Returns the classes from an array of numbers or strings, or from an array of Python objects.
    fileprivate func labels<Label>(
        _ count: Int, _ allowed: String, in labels: (NumPyArray) -> [Label]?, each: (SkopsObject) throws -> Label
    ) throws -> [Label] {
        guard let array = try? array else {
            let objects = try elements
            try checkCount(objects.count, count)
            return try objects.map(each)
        }
        // Check the count first: as labels, the elements can take many times their bytes in the file.
        try checkCount(array.count, count)
        guard let found = labels(array) else { throw unsupported(allowed, found: "an array of \(array.element)") }
        return found
    }

    private func checkCount(_ found: Int, _ count: Int) throws {
        guard found == count else { throw malformed("must have \(count) classes for the outputs, but has \(found)") }
    }
}
