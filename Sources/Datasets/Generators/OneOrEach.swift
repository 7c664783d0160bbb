/// One value for all of something, or a value for each: what scikit-learn writes as a number or an array.
///
/// A literal is enough: `0.5` is one value for all, `[0.5, 1, 2]` is one for each.
public enum OneOrEach<Value> {
    /// The same value for all.
    case one(Value)

    /// A value for each, in order.
    case each([Value])
}

extension OneOrEach: Sendable where Value: Sendable {}

extension OneOrEach: Equatable where Value: Equatable {}

extension OneOrEach: ExpressibleByIntegerLiteral where Value: ExpressibleByIntegerLiteral {
    /// The same value for all.
    public init(integerLiteral value: Value.IntegerLiteralType) {
        self = .one(Value(integerLiteral: value))
    }
}

extension OneOrEach: ExpressibleByFloatLiteral where Value: ExpressibleByFloatLiteral {
    /// The same value for all.
    public init(floatLiteral value: Value.FloatLiteralType) {
        self = .one(Value(floatLiteral: value))
    }
}

extension OneOrEach: ExpressibleByArrayLiteral {
    /// A value for each, in order.
    public init(arrayLiteral values: Value...) {
        self = .each(values)
    }
}

extension OneOrEach {
    /// `count` values.
    ///
    /// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` where there is one for each of another number.
    func values(_ count: Int, each item: String, argument: String) throws -> [Value] {
        switch self {
        case .one(let value):
            return Array(repeating: value, count: count)
        case .each(let values):
            try Argument(argument, values.count).require(
                values.count == count, "one number or one for each of the \(count) \(item)", unit: "numbers")
            return values
        }
    }

    /// All values that are given.
    var given: [Value] {
        switch self {
        case .one(let value): [value]
        case .each(let values): values
        }
    }
}
