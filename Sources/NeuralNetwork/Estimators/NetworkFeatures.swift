import Estimators
public import LinearAlgebra

/// Samples × features that a network reads: a `Matrix`, or a `SparseMatrix`, which is never made dense.
///
/// No other type can conform.
public protocol NetworkFeatures<Scalar>: Sendable {
    /// The precision of the features.
    associatedtype Scalar: MatrixScalar

    /// The features, dense or sparse. Not for clients.
    var _input: _NetworkInput<Scalar> { get }
}

extension Matrix: NetworkFeatures where Scalar: MatrixScalar {
    /// The features. Not for clients.
    public var _input: _NetworkInput<Scalar> { .dense(self) }
}

extension SparseMatrix: NetworkFeatures {
    /// The features. Not for clients.
    public var _input: _NetworkInput<Scalar> { .sparse(self) }
}

/// Dense or sparse features. Not for clients.
public enum _NetworkInput<Scalar: MatrixScalar>: Equatable, Sendable {
    /// Every element.
    case dense(Matrix<Scalar>)
    /// The stored elements.
    case sparse(SparseMatrix<Scalar>)
}

typealias NetworkInput<Scalar: MatrixScalar> = _NetworkInput<Scalar>

extension _NetworkInput {
    var rows: Int {
        switch self {
        case .dense(let x): x.rows
        case .sparse(let x): x.rows
        }
    }

    var columns: Int {
        switch self {
        case .dense(let x): x.columns
        case .sparse(let x): x.columns
        }
    }

    /// The features, where they are sparse.
    var sparse: SparseMatrix<Scalar>? { if case .sparse(let x) = self { x } else { nil } }

    var isSparse: Bool { sparse != nil }

    func selectingRows(_ indices: [Int]) -> Self {
        switch self {
        case .dense(let x): .dense(x.selectingRows(indices))
        case .sparse(let x): .sparse(x.selectingRows(indices))
        }
    }

    /// Rejects features without rows or columns, and NaN and infinite values.
    func check(argument: String = "x") throws {
        switch self {
        case .dense(let x):
            // Where nothing is wrong there is nothing to name.
            if x.rows > 0, x.columns > 0, x.isFinite { return }
            try Check.features(x, argument: argument)
        case .sparse(let x): try Check.features(x, argument: argument)
        }
    }

    var inDoublePrecision: NetworkInput<Double> {
        switch self {
        case .dense(let x): .dense(Matrix(rows: x.rows, columns: x.columns, elements: Scalar.doubles(x.elements)))
        case .sparse(let x): .sparse(x.converted(Scalar.doubles))
        }
    }
}
