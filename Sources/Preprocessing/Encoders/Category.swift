/// A type whose values are categories of a feature: `String`, `Int`, `Double`, `Float`, `Bool`, an optional of one of
/// these, or one of your own.
///
/// A type of your own that is `Comparable` needs only the conformance. The missing value, NaN
/// or nil, is a category like any other and comes last.
public protocol Category: Hashable, Codable, Sendable {
    /// The missing value, if the type has one. Only the library's own types have.
    static var _missing: Self? { get }

    /// Whether this is the missing value.
    var isMissing: Bool { get }

    /// Whether this category comes before `other` where categories are sorted. Neither is missing.
    func precedes(_ other: Self) -> Bool

    /// The category in the name of a feature, as Python prints it.
    var categoryName: String { get }
}

extension Category {
    /// Nil: there is no missing value.
    public static var _missing: Self? { nil }

    /// False: there is no missing value.
    public var isMissing: Bool { false }

    /// The value's description.
    public var categoryName: String { "\(self)" }
}

extension Category where Self: Comparable {
    /// Ascending order.
    public func precedes(_ other: Self) -> Bool { self < other }
}

extension Int: Category {}

extension String: Category {
    /// The order of the Unicode scalars, which is NumPy's.
    public func precedes(_ other: String) -> Bool {
        unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars)
    }
}

extension Bool: Category {
    /// `false` before `true`.
    public func precedes(_ other: Bool) -> Bool { !self && other }

    /// `False` or `True`.
    public var categoryName: String { self ? "True" : "False" }
}

extension Double: Category {
    /// NaN.
    public static var _missing: Double? { .nan }

    /// Whether this is NaN.
    public var isMissing: Bool { isNaN }
}

extension Float: Category {
    /// NaN.
    public static var _missing: Float? { .nan }

    /// Whether this is NaN.
    public var isMissing: Bool { isNaN }
}

extension Optional: Category where Wrapped: Category {
    /// Nil.
    public static var _missing: Wrapped?? { .some(.none) }

    /// Whether this is nil, or wraps a missing value.
    public var isMissing: Bool { self?.isMissing ?? true }

    /// The order of the wrapped categories.
    public func precedes(_ other: Wrapped?) -> Bool {
        guard let self, let other else { return self != nil }
        return self.precedes(other)
    }

    /// The name of the wrapped category; `nan` for nil.
    public var categoryName: String { self?.categoryName ?? "nan" }
}
