/// Loads the handwritten digits: 1797 images of 8 × 8 pixels, each pixel an integer from 0 to 16.
///
/// Values and order are those of scikit-learn's `load_digits`. A row of `data` is one image, row by row from the
/// upper left; `target` has the digit.
///
/// - Throws: ``DatasetError`` if the package's resources are missing or damaged.
public func loadDigits() throws -> Dataset<Int> {
    try BundledTables.classification("digits", rows: 1797, features: 64, classes: (0...9).map(String.init))
}
