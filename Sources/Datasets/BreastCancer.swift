/// Loads the tumours of the breast: 569, with thirty figures about their cell nuclei.
///
/// The figures and their order are those of scikit-learn's `load_breast_cancer`. `target` holds 0 for malignant and 1
/// for benign, which index `targetNames`.
///
/// - Throws: ``DatasetError`` when the package's resources are missing or damaged.
public func loadBreastCancer() throws -> Dataset<Int> {
    try BundledTables.classification("breast_cancer", rows: 569, features: 30, classes: ["malignant", "benign"])
}
