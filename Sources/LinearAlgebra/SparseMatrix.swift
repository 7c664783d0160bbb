import CKernels

/// A matrix with few nonzero elements, in compressed sparse row format (CSR): only the stored elements take memory.
///
/// ```swift
/// // [[0, 2, 0],
/// //  [1, 0, 3]]
/// let x = try SparseMatrix<Double>(
///     rows: 2, columns: 3, rowOffsets: [0, 1, 3], columnIndices: [1, 0, 2], values: [2, 1, 3])
/// ```
///
/// A stored element may be 0. Like ``Matrix``, a sparse matrix is a value.
public struct SparseMatrix<Scalar: MatrixScalar>: Sendable, Equatable {
    /// The number of rows.
    public let rows: Int

    /// The number of columns.
    public let columns: Int

    /// The positions of the stored elements of each row: those of row i are `rowOffsets[i] ..< rowOffsets[i + 1]`. Has
    /// `rows + 1` numbers, the first of which is 0.
    public let rowOffsets: [Int]

    /// The column of each stored element.
    public let columnIndices: [Int]

    /// The stored elements, row by row.
    public let values: [Scalar]

    /// Creates a matrix from the three arrays of the CSR format, as in SciPy's `csr_array`.
    ///
    /// The columns of a row may be in any order. Elements that are stored twice are added.
    ///
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when the arrays do not describe a matrix of this shape.
    /// - Complexity: O(rows + stored elements).
    public init(rows: Int, columns: Int, rowOffsets: [Int], columnIndices: [Int], values: [Scalar]) throws {
        func require(_ condition: Bool, _ text: @autoclosure () -> String) throws {
            guard condition else { throw LinearAlgebraError.shapeMismatch(text()) }
        }
        try require(
            rows >= 0 && columns >= 0, "rows and columns must not be negative, but are \(rows) and \(columns).")
        try require(
            rowOffsets.count - 1 == rows,
            "rowOffsets must have rows + 1 = \(rows) + 1 elements, but has \(rowOffsets.count).")
        try require(rowOffsets[0] == 0, "rowOffsets must begin with 0, but begins with \(rowOffsets[0]).")
        if let bad = zip(rowOffsets, rowOffsets.dropFirst()).enumerated().first(where: { $0.element.0 > $0.element.1 })
        {
            throw LinearAlgebraError.shapeMismatch(
                "rowOffsets must not decrease, but row \(bad.offset) goes from \(bad.element.0) to \(bad.element.1).")
        }
        try require(
            columnIndices.count == values.count && rowOffsets[rows] == values.count,
            "columnIndices and values must have as many elements as rowOffsets ends with, \(rowOffsets[rows]), "
                + "but have \(columnIndices.count) and \(values.count).")
        if let bad = columnIndices.firstIndex(where: { $0 < 0 || $0 >= columns }) {
            throw LinearAlgebraError.shapeMismatch(
                "columnIndices must be in 0 ..< \(columns), but columnIndices[\(bad)] is \(columnIndices[bad]).")
        }
        self.init(
            uncheckedRows: rows, columns: columns, rowOffsets: rowOffsets, columnIndices: columnIndices, values: values)
    }

    private init(uncheckedRows rows: Int, columns: Int, rowOffsets: [Int], columnIndices: [Int], values: [Scalar]) {
        self.rows = rows
        self.columns = columns
        self.rowOffsets = rowOffsets
        self.columnIndices = columnIndices
        self.values = values
    }

    /// Creates a sparse matrix of the nonzero elements of a dense matrix.
    ///
    /// - Complexity: O(rows × columns).
    public init(_ dense: Matrix<Scalar>) {
        var rowOffsets = [0]
        var columnIndices: [Int] = []
        var values: [Scalar] = []
        for row in 0..<dense.rows {
            for (column, value) in dense.rowSlice(row).enumerated() where value != 0 {
                columnIndices.append(column)
                values.append(value)
            }
            rowOffsets.append(values.count)
        }
        self.init(
            uncheckedRows: dense.rows, columns: dense.columns, rowOffsets: rowOffsets, columnIndices: columnIndices,
            values: values)
    }

    /// The matrix in dense form.
    ///
    /// - Complexity: O(rows × columns).
    public var dense: Matrix<Scalar> {
        var dense = Matrix<Scalar>(rows: rows, columns: columns, repeating: 0)
        dense.withUnsafeMutableElements { elements in
            for row in 0..<rows {
                for position in rowOffsets[row]..<rowOffsets[row + 1] {
                    elements[row * columns + columnIndices[position]] += values[position]
                }
            }
        }
        return dense
    }

    /// Returns a matrix of the rows with the given indices, in the given order. An index may occur more than once.
    ///
    /// - Precondition: every index is in `0 ..< rows`.
    /// - Complexity: O(selected elements).
    public func selectingRows(_ indices: [Int]) -> SparseMatrix {
        var offsets = [0]
        var selectedColumns: [Int] = []
        var selectedValues: [Scalar] = []
        for index in indices {
            stopUnless(index >= 0 && index < rows, "SparseMatrix: row \(index) is out of range for \(rows) rows")
            let stored = rowOffsets[index]..<rowOffsets[index + 1]
            selectedColumns += columnIndices[stored]
            selectedValues += values[stored]
            offsets.append(selectedValues.count)
        }
        return SparseMatrix(
            uncheckedRows: indices.count, columns: columns, rowOffsets: offsets, columnIndices: selectedColumns,
            values: selectedValues)
    }

    /// The same matrix with each element stored once and the elements of each row ordered by column.
    ///
    /// - Complexity: O(rows + stored elements), plus sorting the rows that are not in order.
    package var canonical: SparseMatrix {
        func ascends(_ stored: Range<Int>) -> Bool {
            stored.dropFirst().allSatisfy { columnIndices[$0 - 1] < columnIndices[$0] }
        }
        if (0..<rows).allSatisfy({ ascends(rowOffsets[$0]..<rowOffsets[$0 + 1]) }) { return self }
        var offsets = [0]
        var columnsOnce: [Int] = []
        var sums: [Scalar] = []
        for row in 0..<rows {
            // Elements of the same column are added in the order in which they are stored.
            let stored = (rowOffsets[row]..<rowOffsets[row + 1]).sorted {
                (columnIndices[$0], $0) < (columnIndices[$1], $1)
            }
            for position in stored {
                if sums.count > offsets[row], columnsOnce.last == columnIndices[position] {
                    sums[sums.count - 1] += values[position]
                } else {
                    columnsOnce.append(columnIndices[position])
                    sums.append(values[position])
                }
            }
            offsets.append(sums.count)
        }
        return SparseMatrix(
            uncheckedRows: rows, columns: columns, rowOffsets: offsets, columnIndices: columnsOnce, values: sums)
    }

    /// Returns the same elements in another precision.
    package func converted<Other: MatrixScalar>(_ convert: ([Scalar]) -> [Other]) -> SparseMatrix<Other> {
        SparseMatrix<Other>(
            uncheckedRows: rows, columns: columns, rowOffsets: rowOffsets, columnIndices: columnIndices,
            values: convert(values))
    }
}

// MARK: - Products

extension SparseMatrix {
    /// target ← (rows with the given indices) · dense, where dense is `columns` × `width`.
    package func multiply(
        rowsAt indices: UnsafePointer<Int>, count: Int, by dense: UnsafePointer<Scalar>, width: Int,
        into target: UnsafeMutablePointer<Scalar>
    ) {
        kernel_sparse_times_dense(
            Scalar.precision, target, rowOffsets, columnIndices, values, indices, count, dense, width)
    }

    /// target ← target + scale · (rows with the given indices)ᵀ · dense, for a range of this matrix's columns, which are
    /// rows of the target. `dense` is `count` × `width` and the target `columns` × `width`.
    ///
    /// - Precondition: the matrix is ``canonical``, or the range has all columns.
    package func addTransposedProduct(
        rowsAt indices: UnsafePointer<Int>, count: Int, by dense: UnsafePointer<Scalar>, width: Int,
        columns range: Range<Int>, scale: Scalar, to target: UnsafeMutablePointer<Scalar>
    ) {
        kernel_add_sparse_transposed_times_dense(
            Scalar.precision, target, rowOffsets, columnIndices, values, indices, count, dense, width,
            range.lowerBound, range.upperBound, Double(scale))
    }

    /// Marks the columns of a range of which an element is stored in the rows with the given indices.
    package func markColumns(
        _ range: Range<Int>, ofRowsAt indices: UnsafePointer<Int>, count: Int,
        in marks: UnsafeMutableBufferPointer<Bool>
    ) {
        rowOffsets.withUnsafeBufferPointer { offsets in
            columnIndices.withUnsafeBufferPointer { columns in
                for row in UnsafeBufferPointer(start: indices, count: count) {
                    for position in offsets[row]..<offsets[row + 1] where range.contains(columns[position]) {
                        marks[columns[position]] = true
                    }
                }
            }
        }
    }
}

extension SparseMatrix: Codable {
    private enum CodingKeys: String, CodingKey { case rows, columns, rowOffsets, columnIndices, values }

    /// Decodes a matrix from its shape and the three arrays of the CSR format.
    ///
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when the arrays do not describe a matrix.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            rows: container.decode(Int.self, forKey: .rows), columns: container.decode(Int.self, forKey: .columns),
            rowOffsets: container.decode([Int].self, forKey: .rowOffsets),
            columnIndices: container.decode([Int].self, forKey: .columnIndices),
            values: container.decode([Scalar].self, forKey: .values))
    }
}

extension SparseMatrix: CustomStringConvertible {
    /// The shape and the number of stored elements.
    public var description: String { "SparseMatrix(\(rows) × \(columns), \(values.count) stored)" }
}
