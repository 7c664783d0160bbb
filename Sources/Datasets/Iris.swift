/// Loads the iris flowers: 150 plants of three species, four measurements each.
///
/// The figures and their order are those of scikit-learn's `load_iris`. `target` holds 0, 1 and 2, which index
/// `targetNames`.
///
/// - Throws: ``DatasetError`` when the package's resources are missing or damaged.
public func loadIris() throws -> Dataset<Int> {
    try BundledTables.classification("iris", rows: 150, features: 4, classes: ["setosa", "versicolor", "virginica"])
}
