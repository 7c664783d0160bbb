import LinearAlgebra

/// Loads the diabetes patients: 442, ten features each, and how far the disease had come a year later.
///
/// The figures and their order are those of scikit-learn's `load_diabetes`, to the last bit.
///
/// - Parameter scaled: whether every feature is centred and scaled to a sum of squares of 1, by default `true`; else
///   the features are as they were measured.
/// - Throws: ``DatasetError`` when the package's resources are missing or damaged.
public func loadDiabetes(scaled: Bool = true) throws -> Dataset<Double> {
    let table = try BundledTables.table("diabetes", rows: 442, columns: 11)
    return Dataset(
        data: scaled ? try unitColumns(table.features) : table.features,
        target: table.target,
        featureNames: Array(table.header.dropLast()),
        targetNames: ["target"],
        description: try BundledTables.description("diabetes"))
}

/// The columns of `x`, centred and scaled to unit length.
///
/// In the order of scikit-learn's steps, since the results are to have the same bits: centre, divide by the standard
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
