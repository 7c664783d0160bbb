import LinearAlgebra
import Preprocessing

/// The features that some columns of a table make: dense, or sparse where most of them are 0.
enum ColumnFeatures {
    case dense(Matrix<Double>)
    case sparse(SparseMatrix<Double>)

    var columns: Int {
        switch self {
        case .dense(let x): x.columns
        case .sparse(let x): x.columns
        }
    }

    /// The number of elements that are stored.
    var storedCount: Int {
        switch self {
        case .dense(let x): x.count
        case .sparse(let x): x.values.count
        }
    }

    /// The features with all their elements.
    var dense: Matrix<Double> {
        switch self {
        case .dense(let x): x
        case .sparse(let x): x.dense
        }
    }

    /// The features with only those elements that are not 0.
    var sparse: SparseMatrix<Double> {
        switch self {
        case .dense(let x): SparseMatrix(x)
        case .sparse(let x): x
        }
    }

    var isSparse: Bool { if case .sparse = self { true } else { false } }
}

extension [ColumnFeatures] {
    private var columns: Int { reduce(0) { $0 + $1.columns } }

    /// Whether a part is sparse and less than `threshold` of all elements are stored.
    func areSparse(rows: Int, below threshold: Double) -> Bool {
        contains { $0.isSparse } && Double(reduce(0) { $0 + $1.storedCount }) < threshold * Double(rows * columns)
    }

    /// The features side by side, with all elements.
    func dense(rows: Int) -> Matrix<Double> {
        let width = columns
        var joined = Matrix<Double>(rows: rows, columns: width, repeating: 0)
        joined.withUnsafeMutableElements { target in
            var start = 0
            for features in self {
                switch features {
                case .dense(let x):
                    x.withUnsafeElements { source in
                        for row in 0..<rows {
                            for column in 0..<x.columns {
                                target[row * width + start + column] = source[row * x.columns + column]
                            }
                        }
                    }
                case .sparse(let x):
                    for row in 0..<rows {
                        for position in x.rowOffsets[row]..<x.rowOffsets[row + 1] {
                            target[row * width + start + x.columnIndices[position]] += x.values[position]
                        }
                    }
                }
                start += features.columns
            }
        }
        return joined
    }

    /// The features side by side; zeros of dense parts are not stored.
    func sparse(rows: Int) throws -> SparseMatrix<Double> {
        let stored = reduce(0) { $0 + $1.storedCount }
        var (offsets, indices, values) = ([0], [Int](), [Double]())
        offsets.reserveCapacity(rows + 1)
        indices.reserveCapacity(stored)
        values.reserveCapacity(stored)
        for row in 0..<rows {
            var start = 0
            for features in self {
                switch features {
                case .dense(let x):
                    for (column, value) in x.rowSlice(row).enumerated() where value != 0 {
                        indices.append(start + column)
                        values.append(value)
                    }
                case .sparse(let x):
                    for position in x.rowOffsets[row]..<x.rowOffsets[row + 1] {
                        indices.append(start + x.columnIndices[position])
                        values.append(x.values[position])
                    }
                }
                start += features.columns
            }
            offsets.append(values.count)
        }
        return try SparseMatrix(
            rows: rows, columns: columns, rowOffsets: offsets, columnIndices: indices, values: values)
    }
}
