import LinearAlgebra

/// Loads the diabetes data: 442 patients with ten features each, and the progression of the disease after a year.
///
/// Values and order are those of scikit-learn's `load_diabetes`, to the last bit.
///
/// - Parameter scaled: whether each feature is centered and scaled to a sum of squares of 1. The default is `true`;
///   with `false`, the features have their measured values.
/// - Throws: ``DatasetError`` if the package's resources are missing or damaged.
public func loadDiabetes(scaled: Bool = true) throws -> Dataset<Double> {
    let table = try BundledTables.table("diabetes", rows: 442, columns: 11)
    return Dataset(
        data: scaled ? try unitColumns(table.features) : table.features,
        target: table.target,
        featureNames: Array(table.header.dropLast()),
        targetNames: ["target"],
        description: try BundledTables.description("diabetes"))
}

/// Returns the columns of `x`, centered and scaled to unit length.
///
/// The steps and their order are scikit-learn's, so that the results have the same bits: center, divide by the standard
/// deviation, divide by the square root of the number of rows.
private func unitColumns(_ x: Matrix<Double>) throws -> Matrix<Double> {
    let count = Double(x.rows)
    let means = x.columnSums().map { $0 / count }
    var scaled = x
    try scaled.applyToRows(with: means) { $0 - $1 }
    let deviations = scaled.map { $0 * $0 }.columnSums().map { ($0 / count).squareRoot() }
    try scaled.applyToRows(with: deviations) { $0 / $1 / count.squareRoot() }
    return scaled
}
