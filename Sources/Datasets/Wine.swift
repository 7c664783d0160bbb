/// Loads the wine data: 178 wines of three cultivars, with thirteen laboratory values each.
///
/// Values and order are those of scikit-learn's `load_wine`. `target` has 0, 1 and 2, which are indices into
/// `targetNames`.
///
/// - Throws: ``DatasetError`` if the package's resources are missing or damaged.
public func loadWine() throws -> Dataset<Int> {
    try BundledTables.classification("wine", rows: 178, features: 13, classes: ["class_0", "class_1", "class_2"])
}
