/// A dense matrix that stores its elements row by row in one array.
///
/// A matrix is a value: a copy is independent of the original, and shares its memory until one of them changes.
///
/// ```swift
/// var m: Matrix<Double> = [[1, 2], [3, 4]]
/// m[0, 1]                      // 2
/// m.selectingRows([1, 0])      // [[3, 4], [1, 2]]
/// ```
///
/// An index that is out of range, and elements that do not fill the shape, stop the program with a message, as with
/// `Array`. For rows from a file or a user, use ``init(_:)``, which throws instead.
@frozen
public struct Matrix<Scalar> {
    /// The number of rows.
    public let rows: Int

    /// The number of columns.
    public let columns: Int

    @usableFromInline var storage: [Scalar]

    /// The elements, row by row: element (i, j) is `elements[i * columns + j]`.
    @inlinable public var elements: [Scalar] { storage }

    /// Creates a matrix from its elements in row-major order.
    ///
    /// - Precondition: `elements.count == rows * columns`.
    @inlinable
    public init(rows: Int, columns: Int, elements: [Scalar]) {
        stopUnless(rows >= 0 && columns >= 0, "Matrix: \(rows) × \(columns) is not a shape")
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        stopUnless(
            !overflow && elements.count == count,
            "Matrix: \(elements.count) elements do not fill \(rows) × \(columns)")
        self.rows = rows
        self.columns = columns
        self.storage = elements
    }

    /// Creates a matrix whose elements are all `value`.
    @inlinable
    public init(rows: Int, columns: Int, repeating value: Scalar) {
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        stopUnless(
            rows >= 0 && columns >= 0 && !overflow, "Matrix: \(rows) × \(columns) is not a shape")
        self.init(rows: rows, columns: columns, elements: [Scalar](repeating: value, count: count))
    }

    /// Creates a matrix from an array of rows.
    ///
    /// - Throws: ``LinearAlgebraError/raggedRows(row:count:expected:)`` when the rows differ in length.
    public init(_ rows: [[Scalar]]) throws {
        let columns = rows.first?.count ?? 0
        if let odd = rows.firstIndex(where: { $0.count != columns }) {
            throw LinearAlgebraError.raggedRows(row: odd, count: rows[odd].count, expected: columns)
        }
        self.init(rows: rows.count, columns: columns, elements: Array(rows.joined()))
    }

    /// The number of elements.
    @inlinable public var count: Int { storage.count }

    /// The element in row `row` and column `column`, both counted from 0.
    @inlinable
    public subscript(row: Int, column: Int) -> Scalar {
        get {
            checkIndex(row, column)
            return storage[row &* columns &+ column]
        }
        set {
            checkIndex(row, column)
            storage[row &* columns &+ column] = newValue
        }
    }

    @inlinable
    func checkIndex(_ row: Int, _ column: Int) {
        stopUnless(
            row >= 0 && row < rows && column >= 0 && column < columns,
            "Matrix: index [\(row), \(column)] is out of range for \(rows) × \(columns)")
    }

    @inlinable
    func checkRow(_ index: Int) {
        stopUnless(
            index >= 0 && index < rows, "Matrix: row \(index) is out of range for \(rows) rows (\(rows) × \(columns))")
    }

    @inlinable
    func checkColumn(_ index: Int) {
        stopUnless(
            index >= 0 && index < columns,
            "Matrix: column \(index) is out of range for \(columns) columns (\(rows) × \(columns))")
    }

    /// Row `index`, counted from 0, as a new array with indices from 0.
    ///
    /// - Complexity: O(`columns`).
    @inlinable
    public func row(_ index: Int) -> [Scalar] { Array(rowSlice(index)) }

    /// Row `index` as a slice of the elements, where the context asks for one; its indices are those of `elements`.
    @inlinable
    @_disfavoredOverload
    public func row(_ index: Int) -> ArraySlice<Scalar> { rowSlice(index) }

    /// Row `index` as a slice of the elements, without copying them; its indices are those of `elements`.
    @inlinable
    package func rowSlice(_ index: Int) -> ArraySlice<Scalar> {
        checkRow(index)
        return storage[(index &* columns)..<((index &+ 1) &* columns)]
    }

    /// Column `index`, counted from 0, as a new array.
    ///
    /// - Complexity: O(`rows`).
    @inlinable
    public func column(_ index: Int) -> [Scalar] {
        checkColumn(index)
        return storage.withUnsafeBufferPointer { source in
            (0..<rows).map { source[$0 &* columns &+ index] }
        }
    }

    /// Calls `body` with a buffer of the elements, row by row.
    @inlinable
    package func withUnsafeElements<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withUnsafeBufferPointer(body)
    }

    /// Whether two matrices share their memory and shape, so that they are equal without a look at their elements.
    package func isSameStorage(as other: Matrix) -> Bool {
        rows == other.rows && columns == other.columns
            && withUnsafeElements { own in other.withUnsafeElements { own.baseAddress == $0.baseAddress } }
    }

    /// Calls `body` with a mutable buffer of the elements, row by row.
    @inlinable
    package mutating func withUnsafeMutableElements<Result>(
        _ body: (UnsafeMutableBufferPointer<Scalar>) throws -> Result
    ) rethrows -> Result {
        try storage.withUnsafeMutableBufferPointer { try body($0) }
    }
}

// MARK: - Rows and shape

extension Matrix {
    /// Returns a matrix of the rows with the given indices, in the given order. An index may occur more than once.
    ///
    /// - Precondition: every index is in `0 ..< rows`.
    /// - Complexity: O(`indices.count` × `columns`).
    public func selectingRows(_ indices: [Int]) -> Matrix {
        let selected = [Scalar](unsafeUninitializedCapacity: indices.count * columns) { target, count in
            storage.withUnsafeBufferPointer { source in
                for (position, index) in indices.enumerated() {
                    checkRow(index)
                    guard let from = source.baseAddress, let to = target.baseAddress else { continue }
                    (to + position &* columns).initialize(from: from + index &* columns, count: columns)
                }
            }
            count = indices.count * columns
        }
        return Matrix(rows: indices.count, columns: columns, elements: selected)
    }

    /// Returns a matrix of the columns with the given indices, in the given order. An index may occur more than once.
    ///
    /// - Precondition: every index is in `0 ..< columns`.
    /// - Complexity: O(`rows` × `indices.count`).
    public func selectingColumns(_ indices: [Int]) -> Matrix {
        indices.forEach(checkColumn)
        let selected = (0..<rows).flatMap { row in indices.map { storage[row * columns + $0] } }
        return Matrix(rows: rows, columns: indices.count, elements: selected)
    }

    /// The transpose of the matrix.
    ///
    /// - Complexity: O(`count`).
    @inlinable
    public var transposed: Matrix {
        let turned = [Scalar](unsafeUninitializedCapacity: count) { target, filled in
            storage.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                // Tile by tile, so that the rows are still in the cache when their next elements are read.
                let side = 32
                for top in stride(from: 0, to: rows, by: side) {
                    for left in stride(from: 0, to: columns, by: side) {
                        for column in left..<Swift.min(left + side, columns) {
                            for row in top..<Swift.min(top + side, rows) {
                                (to + (column &* rows &+ row)).initialize(to: from[row &* columns &+ column])
                            }
                        }
                    }
                }
            }
            filled = count
        }
        return Matrix(rows: columns, columns: rows, elements: turned)
    }

    /// Returns a matrix of the same shape with `transform` applied to every element.
    @inlinable
    public func map<Other>(_ transform: (Scalar) throws -> Other) rethrows -> Matrix<Other> {
        Matrix<Other>(rows: rows, columns: columns, elements: try storage.map(transform))
    }
}

// MARK: - Conformances

extension Matrix: Sendable where Scalar: Sendable {}

extension Matrix: Equatable where Scalar: Equatable {}

extension Matrix: Hashable where Scalar: Hashable {}

extension Matrix: ExpressibleByArrayLiteral {
    /// Creates a matrix from a literal with one array per row: `[[1, 2], [3, 4]]`.
    ///
    /// - Precondition: all rows have the same length.
    public init(arrayLiteral rows: [Scalar]...) {
        let columns = rows.first?.count ?? 0
        for (index, row) in rows.enumerated() {
            stopUnless(
                row.count == columns,
                "Matrix: row \(index) of the literal has \(row.count) elements, the first row has \(columns)")
        }
        self.init(rows: rows.count, columns: columns, elements: Array(rows.joined()))
    }
}

extension Matrix: Codable where Scalar: Codable {
    private enum CodingKeys: String, CodingKey { case rows, columns, elements }

    /// Decodes a matrix from `rows`, `columns` and row-major `elements`.
    ///
    /// - Throws: `DecodingError` when the elements do not fill the shape.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let rows = try container.decode(Int.self, forKey: .rows)
        let columns = try container.decode(Int.self, forKey: .columns)
        let elements = try container.decode([Scalar].self, forKey: .elements)
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        guard rows >= 0, columns >= 0, !overflow, count == elements.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .elements, in: container,
                debugDescription: "\(elements.count) elements do not fill a matrix of \(rows) × \(columns)")
        }
        self.init(rows: rows, columns: columns, elements: elements)
    }

    /// Encodes `rows`, `columns` and row-major `elements`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rows, forKey: .rows)
        try container.encode(columns, forKey: .columns)
        try container.encode(storage, forKey: .elements)
    }
}

extension Matrix: CustomStringConvertible {
    /// The rows in brackets with aligned columns, without a point where all numbers are whole. Of a large matrix, only the first and last three rows and columns.
    public var description: String {
        let shownRows = Matrix.shown(of: rows)
        let shownColumns = Matrix.shown(of: columns)
        var cells = shownRows.map { row in
            shownColumns.map { column in
                guard let row, let column else { return "…" }
                return "\(self[row, column])"
            }
        }
        // Counts, as in a confusion matrix, are printed as the integers that they are.
        if cells.allSatisfy({ $0.allSatisfy { $0 == "…" || $0.hasSuffix(".0") } }) {
            cells = cells.map { $0.map { $0 == "…" ? $0 : String($0.dropLast(2)) } }
        }
        let widths = shownColumns.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        let lines = cells.map { row in
            let padded = zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
            return "[" + padded.joined(separator: ", ") + "]"
        }
        return "[" + lines.joined(separator: ",\n ") + "]"
    }

    /// Returns the indices to print; `nil` stands for those left out.
    private static func shown(of count: Int) -> [Int?] {
        count <= 10 ? Array(0..<count) : [0, 1, 2, nil, count - 3, count - 2, count - 1]
    }
}
