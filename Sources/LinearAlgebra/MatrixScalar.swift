package import CKernels
public import RealModule

/// The element type of matrices and networks: `Double` or `Float`.
///
/// No other type can conform.
public protocol MatrixScalar: Real, BinaryFloatingPoint, SIMDScalar, Codable, Sendable, LosslessStringConvertible {
    /// The precision, which selects kernels and BLAS routines. Not for clients.
    static var _precision: _Precision { get }
}

/// The precision of a ``MatrixScalar``. Not for clients.
@frozen
public enum _Precision: Sendable {
    case double, single
}

extension Double: MatrixScalar {
    /// Double precision. Not for clients.
    @inlinable public static var _precision: _Precision { .double }
}

extension Float: MatrixScalar {
    /// Single precision. Not for clients.
    @inlinable public static var _precision: _Precision { .single }
}

extension MatrixScalar {
    /// The precision as the C kernels expect it.
    package static var precision: kernel_precision {
        switch _precision {
        case .double: KERNEL_DOUBLE
        case .single: KERNEL_SINGLE
        }
    }
}

// MARK: - Conversions

// A whole array is cast at once if the precision of its elements matches: `as?` would cast each element.

extension MatrixScalar {
    /// Returns the values as doubles.
    package static func doubles(_ values: [Self]) -> [Double] {
        switch _precision {
        case .double: unsafeBitCast(values, to: [Double].self)
        case .single: unsafeBitCast(values, to: [Float].self).map { Double($0) }
        }
    }

    /// Returns the doubles, rounded to this precision.
    package static func rounding(_ values: [Double]) -> [Self] {
        switch _precision {
        case .double: unsafeBitCast(values, to: [Self].self)
        case .single: unsafeBitCast(values.map { Float($0) }, to: [Self].self)
        }
    }
}
