/// Loads the breast cancer data: 569 tumors, with thirty features of their cell nuclei.
///
/// Values and order are those of scikit-learn's `load_breast_cancer`. `target` has 0 for malignant and 1 for benign,
/// which are indices into `targetNames`.
///
/// - Throws: ``DatasetError`` if the package's resources are missing or damaged.
public func loadBreastCancer() throws -> Dataset<Int> {
    try BundledTables.classification("breast_cancer", rows: 569, features: 30, classes: ["malignant", "benign"])
}
