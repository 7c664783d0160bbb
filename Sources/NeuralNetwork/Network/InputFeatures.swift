import Estimators
import LinearAlgebra

/// Samples × features as the user has them: a dense matrix, or a sparse one, which is never made dense.
enum InputFeatures<Scalar: NetworkScalar>: Equatable, Sendable {
    case dense(Matrix<Scalar>)
    case sparse(SparseMatrix<Scalar>)

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

    func selectingRows(_ indices: [Int]) -> InputFeatures {
        switch self {
        case .dense(let x): .dense(x.selectingRows(indices))
        case .sparse(let x): .sparse(x.selectingRows(indices))
        }
    }

    /// Refuses features without rows or columns, and NaN and infinite values.
    func check(argument: String = "x") throws {
        switch self {
        case .dense(let x):
            // Where nothing is wrong there is nothing to name.
            if x.rows > 0, x.columns > 0, x.isFinite { return }
            try Check.features(x, argument: argument)
        case .sparse(let x): try Check.features(x, argument: argument)
        }
    }

    var inDoublePrecision: InputFeatures<Double> {
        switch self {
        case .dense(let x): .dense(Matrix(rows: x.rows, columns: x.columns, elements: Scalar.doubles(x.elements)))
        case .sparse(let x): .sparse(x.converted(Scalar.doubles))
        }
    }
}
