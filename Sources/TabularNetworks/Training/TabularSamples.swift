import LinearAlgebra

/// Encoded samples with their targets.
struct TabularSamples<Scalar: MatrixScalar>: Sendable {
    let table: EncodedTable<Scalar>
    /// Rows × outputs.
    let targets: [Scalar]
    /// One weight per row; nil for 1 each.
    let weights: [Scalar]?

    /// The samples with the given indices.
    func selecting(_ indices: [Int]) -> TabularSamples {
        func rows<Element>(_ values: [Element], _ columns: Int) -> [Element] {
            values.isEmpty ? [] : indices.flatMap { values[$0 * columns..<($0 + 1) * columns] }
        }
        let shape = table.shape
        let selected = EncodedTable(
            shape: shape, rows: indices.count, numbers: rows(table.numbers, shape.numbers),
            positions: rows(table.positions, shape.numbers), indicators: rows(table.indicators, shape.indicators),
            codes: rows(table.codes, shape.categories.count))
        return TabularSamples(
            table: selected, targets: rows(targets, targets.count / max(1, table.rows)),
            weights: weights.map { rows($0, 1) })
    }
}
