/// Which values of a parameter are allowed: one row of an estimator's table of constraints.
///
/// The check, the text of the error and the table in the documentation all come from these rows.
public struct ParameterConstraint<Root: Sendable>: Sendable {
    /// The parameter's name, as in the initializer.
    public let name: String

    /// What is allowed, in words that fit after "must be".
    public let allowed: String

    /// The text of the parameter's value in `root` if that value is not allowed, else nil.
    let violation: @Sendable (_ root: Root) -> String?

    /// What a transform makes of the parameter's key path.
    package let path: @Sendable (_ transform: any KeyPathTransform<Root>) -> AnyKeyPath

    /// A parameter whose values `isAllowed` judges.
    public init<Value>(
        _ name: String, _ value: any WritableKeyPath<Root, Value> & Sendable, allowed: String,
        where isAllowed: @escaping @Sendable (Value) -> Bool
    ) {
        self.name = name
        self.allowed = allowed
        violation = { root in
            let value = root[keyPath: value]
            return isAllowed(value) ? nil : plain(value)
        }
        path = { $0(value) }
    }

    /// A parameter of which every value of its type is allowed; `allowed` lists them.
    public static func any<Value>(
        _ name: String, _ value: any WritableKeyPath<Root, Value> & Sendable, _ allowed: String
    ) -> ParameterConstraint {
        ParameterConstraint(name, value, allowed: allowed) { _ in true }
    }

    /// Throws if the parameter's value in `root` is not allowed.
    ///
    /// - Throws: ``EstimatorError/invalidParameter(name:value:allowed:)``.
    public func check(_ root: Root) throws {
        if let value = violation(root) {
            throw EstimatorError.invalidParameter(name: name, value: value, allowed: allowed)
        }
    }
}

extension ParameterConstraint {
    /// An integer of at least `minimum`.
    public static func integer(
        _ name: String, _ value: any WritableKeyPath<Root, Int> & Sendable, from minimum: Int
    ) -> ParameterConstraint {
        ParameterConstraint(name, value, allowed: "an integer of at least \(minimum)") { $0 >= minimum }
    }

    /// A finite number in an interval.
    public static func number(
        _ name: String, _ value: any WritableKeyPath<Root, Double> & Sendable, in interval: Interval
    ) -> ParameterConstraint {
        ParameterConstraint(name, value, allowed: "a number in \(interval)") { interval.contains($0) }
    }
}

/// An interval of the real line; NaN and infinite numbers are in none.
public struct Interval: Sendable, Equatable, CustomStringConvertible {
    /// The lower bound.
    public let lower: Double
    /// The upper bound; infinity for none.
    public let upper: Double
    /// Whether the lower bound is in the interval.
    public let includesLower: Bool
    /// Whether the upper bound is in the interval.
    public let includesUpper: Bool

    /// [lower, upper]
    public static func closed(_ lower: Double, _ upper: Double) -> Interval {
        Interval(lower: lower, upper: upper, includesLower: true, includesUpper: true)
    }

    /// [lower, upper)
    public static func halfOpen(_ lower: Double, _ upper: Double) -> Interval {
        Interval(lower: lower, upper: upper, includesLower: true, includesUpper: false)
    }

    /// [lower, ∞)
    public static func atLeast(_ lower: Double) -> Interval { halfOpen(lower, .infinity) }

    /// (lower, ∞)
    public static func above(_ lower: Double) -> Interval {
        Interval(lower: lower, upper: .infinity, includesLower: false, includesUpper: false)
    }

    /// Whether the number lies in the interval.
    public func contains(_ number: Double) -> Bool {
        number.isFinite && (includesLower ? number >= lower : number > lower)
            && (includesUpper ? number <= upper : number < upper)
    }

    /// In mathematical notation: `[0, 1)`.
    public var description: String {
        func text(_ bound: Double) -> String {
            if bound.isInfinite { return bound > 0 ? "∞" : "-∞" }
            return Int(exactly: bound).map { "\($0)" } ?? "\(bound)"
        }
        return "\(includesLower ? "[" : "(")\(text(lower)), \(text(upper))\(includesUpper ? "]" : ")")"
    }
}

/// A function of key paths, whatever the type of what they lead to.
package protocol KeyPathTransform<Root> {
    associatedtype Root

    /// The key path that the transform makes of `path`.
    func callAsFunction<Value>(_ path: WritableKeyPath<Root, Value>) -> AnyKeyPath
}
