import LinearAlgebra

/// A number or NaN that marks something else, such as a missing value.
///
/// Written as a literal or as `.nan`: `SimpleImputer(missingValues: -1)`, `SimpleImputer(missingValues: .nan)`. Unlike
/// a `Double`, `.nan` equals itself, and every format can store it.
public enum NumberOrNaN: Hashable, Codable, Sendable {
    /// Not a number.
    case nan
    /// A number.
    case number(Double)

    /// The value as a `Double`.
    public var value: Double {
        switch self {
        case .nan: .nan
        case .number(let number): number
        }
    }

    /// The value rounded to the precision of the features.
    func rounded<Scalar: MatrixScalar>(to _: Scalar.Type) -> NumberOrNaN {
        switch self {
        case .nan: .nan
        case .number(let number): .number(Double(Scalar(number)))
        }
    }

    /// Whether `other` is this number, NaN being the same as NaN.
    func matches(_ other: Double) -> Bool {
        switch self {
        case .nan: other.isNaN
        case .number(let number): number.isNaN ? other.isNaN : other == number
        }
    }
}

extension NumberOrNaN: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }

    /// A number.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
}
