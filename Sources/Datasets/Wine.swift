/// Loads the wines: 178 of three cultivars, thirteen laboratory values each.
///
/// The figures and their order are those of scikit-learn's `load_wine`. `target` holds 0, 1 and 2, which index
/// `targetNames`.
///
/// - Throws: ``DatasetError`` when the package's resources are missing or damaged.
public func loadWine() throws -> Dataset<Int> {
    try BundledTables.classification("wine", rows: 178, features: 13, classes: ["class_0", "class_1", "class_2"])
}
