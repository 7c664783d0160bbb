import Estimators
public import LinearAlgebra

/// The features of a network, samples × features: a `Matrix` or a `SparseMatrix`.
///
/// No other type can conform.
public protocol NetworkFeatures<Scalar>: Sendable {
    /// The precision of the features: `Double` or `Float`.
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
    /// A matrix with all elements.
    case dense(Matrix<Scalar>)
    /// A matrix with only its stored elements.
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

    /// The features if they are sparse, otherwise nil.
    var sparse: SparseMatrix<Scalar>? { if case .sparse(let x) = self { x } else { nil } }

    var isSparse: Bool { sparse != nil }

    func selectingRows(_ indices: [Int]) -> Self {
        switch self {
        case .dense(let x): .dense(x.selectingRows(indices))
        case .sparse(let x): .sparse(x.selectingRows(indices))
        }
    }

    /// Throws if the features have no rows or no columns, or contain NaN or infinite values.
    func check(argument: String = "x") throws {
        switch self {
        case .dense(let x):
            // Fast path: all values are finite. Otherwise look for the element to report.
            if x.rows > 0, x.columns > 0, x.isFinite { return }
            try Check.features(x, argument: argument)
        case .sparse(let x): try Check.features(x, argument: argument)
        }
    }

    /// The error for features that are finite but make sums inside of a network overflow, and therefore these outputs.
    func tooLarge(for outputs: Matrix<Scalar>) -> EstimatorError {
        let row = (outputs.elements.firstIndex { !$0.isFinite } ?? 0) / max(outputs.columns, 1)
        let values =
            switch selectingRows([row]) {
            case .dense(let x): x.elements
            case .sparse(let x): x.values
            }
        let greatest = values.max { $0.magnitude < $1.magnitude } ?? 0
        return .invalidInput(
            argument: "x",
            problem: "must contain features of the size that the network was trained with, but row \(row), with values "
                + "up to \(greatest), makes its sums overflow; scale the features, as for fit, or use Double")
    }

    var inDoublePrecision: NetworkInput<Double> {
        switch self {
        case .dense(let x): .dense(Matrix(rows: x.rows, columns: x.columns, elements: Scalar.doubles(x.elements)))
        case .sparse(let x): .sparse(x.converted(Scalar.doubles))
        }
    }
}
