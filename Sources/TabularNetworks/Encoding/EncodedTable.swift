package import LinearAlgebra

/// The numbers of columns of an encoded table.
package struct EncodedShape: Equatable, Sendable {
    /// Scaled numbers.
    package let numbers: Int
    /// Bins of each number for piecewise linear embeddings; 0 for others.
    package let bins: Int
    /// Columns that are 0 nearly everywhere: marks of gaps, and one-hot encoded categories.
    package let indicators: Int
    /// The number of categories of each embedded column, the unknown one included.
    package let categories: [Int]
}

extension EncodedShape {
    /// The shape of tables with these columns. Without any column that says something, there is one indicator, always 0.
    init(_ columns: [ColumnEncoding]) {
        var (numbers, bins, indicators, categories) = (0, 0, 0, [Int]())
        for column in columns {
            switch column {
            case .ignored: break
            case .number, .dates:
                numbers += column.numbers.count
                indicators += column.gapMark == nil ? 0 : 1
                bins = column.numbers.reduce(bins) { max($0, $1.scale.knots.count - 1) }
            case .oneHot(_, let columns, _): indicators += columns.count
            case .embedded(let values, let marksGaps): categories.append(values.count + (marksGaps ? 2 : 1))
            }
        }
        if numbers == 0, categories.isEmpty, indicators == 0 { indicators = 1 }
        self.init(numbers: numbers, bins: bins, indicators: indicators, categories: categories)
    }
}

/// A table as a network takes it: four matrices with a row per sample.
package struct EncodedTable<Scalar: MatrixScalar>: Sendable {
    package let shape: EncodedShape
    package let rows: Int
    /// Rows × numbers, scaled.
    package var numbers: [Scalar]
    /// Rows × numbers: the index of each number's bin plus the part of the bin below the number. Empty without bins.
    package var positions: [Scalar]
    /// Rows × indicators.
    package var indicators: [Scalar]
    /// Rows × categorical columns: the index of each category, 0 for an unknown one.
    package var codes: [Int32]
}

/// Pointers to some adjacent rows of an encoded table.
struct EncodedRows<Scalar: MatrixScalar> {
    let numbers: UnsafePointer<Scalar>
    let positions: UnsafePointer<Scalar>
    let indicators: UnsafePointer<Scalar>
    let codes: UnsafePointer<Int32>
}

extension EncodedTable {
    /// Calls `body` with pointers to the first row.
    func withRows<Result>(_ body: (EncodedRows<Scalar>) -> Result) -> Result {
        // Arrays without elements have no address.
        let none = UnsafeMutablePointer<Scalar>.allocate(capacity: 1)
        defer { none.deallocate() }
        return numbers.withUnsafeBufferPointer { numbers in
            positions.withUnsafeBufferPointer { positions in
                indicators.withUnsafeBufferPointer { indicators in
                    codes.withUnsafeBufferPointer { codes in
                        body(
                            EncodedRows(
                                numbers: numbers.baseAddress ?? UnsafePointer(none),
                                positions: positions.baseAddress ?? UnsafePointer(none),
                                indicators: indicators.baseAddress ?? UnsafePointer(none),
                                codes: codes.baseAddress ?? UnsafeRawPointer(none).assumingMemoryBound(to: Int32.self)))
                    }
                }
            }
        }
    }
}

extension EncodedRows {
    /// The rows after the first `count`.
    func dropping(_ count: Int, _ shape: EncodedShape) -> EncodedRows {
        EncodedRows(
            numbers: numbers + count * shape.numbers,
            positions: positions + (shape.bins > 0 ? count * shape.numbers : 0),
            indicators: indicators + count * shape.indicators, codes: codes + count * shape.categories.count)
    }
}
