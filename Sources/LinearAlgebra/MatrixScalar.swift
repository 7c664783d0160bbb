package import CKernels
public import RealModule

/// A floating-point type that matrices and networks can be computed with: `Double` or `Float`.
///
/// No other type can conform.
public protocol MatrixScalar: Real, BinaryFloatingPoint, SIMDScalar, Codable, Sendable, LosslessStringConvertible {
    /// The precision, by which the library chooses kernels and BLAS routines. Not for clients.
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
    /// The precision as kernels are told it.
    package static var precision: kernel_precision {
        switch _precision {
        case .double: KERNEL_DOUBLE
        case .single: KERNEL_SINGLE
        }
    }
}

// MARK: - Conversions

// An array is cast as a whole where its element's precision says what it holds: `as?` would cast its elements one by one.

extension MatrixScalar {
    /// The values as doubles.
    package static func doubles(_ values: [Self]) -> [Double] {
        switch _precision {
        case .double: unsafeBitCast(values, to: [Double].self)
        case .single: unsafeBitCast(values, to: [Float].self).map { Double($0) }
        }
    }

    /// The values rounded from doubles.
    package static func rounding(_ values: [Double]) -> [Self] {
        switch _precision {
        case .double: unsafeBitCast(values, to: [Self].self)
        case .single: unsafeBitCast(values.map { Float($0) }, to: [Self].self)
        }
    }
}
