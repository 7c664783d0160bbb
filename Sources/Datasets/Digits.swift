/// Loads the handwritten digits: 1797 pictures of 8 × 8 pixels, each pixel a whole number from 0 to 16.
///
/// The figures and their order are those of scikit-learn's `load_digits`. A row of `data` is one picture, row by row
/// from the upper left; `target` holds the digit.
///
/// - Throws: ``DatasetError`` when the package's resources are missing or damaged.
public func loadDigits() throws -> Dataset<Int> {
    try BundledTables.classification("digits", rows: 1797, features: 64, classes: (0...9).map(String.init))
}
