package import LinearAlgebra

/// Encoded samples with their targets.
package struct TabularSamples<Scalar: MatrixScalar>: Sendable {
    package let table: EncodedTable<Scalar>
    /// Rows × outputs.
    package let targets: [Scalar]
    /// One weight per row; nil for 1 each.
    package let weights: [Scalar]?

    /// The sum of the weights of a batch, by which its losses are divided.
    package func weightSum(_ indices: ArraySlice<Int>) -> Double {
        guard let weights else { return Double(indices.count) }
        let sum = indices.reduce(0) { $0 + Double(weights[$1]) }
        return sum == 0 ? 1 : sum
    }

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
