public import Estimators

/// A target whose classes are read from a file of skops: `Int`, `String`, `Bool`, indicators, and label types of your own
/// that have one of the first two as their raw value.
///
/// ```swift
/// enum Species: String, ClassLabel, SkopsTarget { case setosa, versicolor, virginica }
/// ```
public protocol SkopsTarget: ClassificationTarget {
    /// The classes of a classifier, in its order.
    ///
    /// - Parameters:
    ///   - classes: what the file has in their place.
    ///   - count: how many there must be.
    /// - Throws: ``InterchangeError`` where the classes are of another type or number.
    static func classes(_ classes: SkopsObject, count: Int) throws -> [Label]
}

extension Int: SkopsTarget {
    /// Integers of any width, or floating-point numbers that are whole.
    ///
    /// - Throws: ``InterchangeError``.
    public static func classes(_ classes: SkopsObject, count: Int) throws -> [Int] {
        try classes.labels(count, "integers", in: { $0.element == .bool ? nil : $0.integers() }) { try $0.integer }
    }
}

extension String: SkopsTarget {
    /// Strings.
    ///
    /// - Throws: ``InterchangeError``.
    public static func classes(_ classes: SkopsObject, count: Int) throws -> [String] {
        try classes.labels(count, "strings", in: { $0.strings() }) { try $0.string }
    }
}

extension Bool: SkopsTarget {
    /// Truth values.
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
    /// The numbers of the indicators' columns.
    ///
    /// - Throws: ``InterchangeError``.
    public static func classes(_ classes: SkopsObject, count: Int) throws -> [Int] {
        try Int.classes(classes, count: count)
    }
}

extension SkopsTarget where Self: RawRepresentable & ClassLabel, RawValue: SkopsTarget & ClassLabel {
    /// The labels with the raw values in the file.
    ///
    /// - Throws: ``InterchangeError``, also for a raw value that is no label's.
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
    /// The classes in an array of numbers or strings, or in one of Python's objects.
    fileprivate func labels<Label>(
        _ count: Int, _ allowed: String, in labels: (NumPyArray) -> [Label]?, each: (SkopsObject) throws -> Label
    ) throws -> [Label] {
        guard let array = try? array else {
            let objects = try elements
            try checkCount(objects.count, count)
            return try objects.map(each)
        }
        // Counted first: the elements of narrow arrays take many times their bytes.
        try checkCount(array.count, count)
        guard let found = labels(array) else { throw unsupported(allowed, found: "an array of \(array.element)") }
        return found
    }

    private func checkCount(_ found: Int, _ count: Int) throws {
        guard found == count else { throw malformed("must have \(count) classes for the outputs, but has \(found)") }
    }
}
