/// Loads the iris data: 150 flowers of three species, with four measurements each.
///
/// Values and order are those of scikit-learn's `load_iris`. `target` has 0, 1 and 2, which are indices into
/// `targetNames`.
///
/// - Throws: ``DatasetError`` if the package's resources are missing or damaged.
public func loadIris() throws -> Dataset<Int> {
    try BundledTables.classification("iris", rows: 150, features: 4, classes: ["setosa", "versicolor", "virginica"])
}
