public import ModelFiles

/// A figure of results, with the numbers that it shows as properties.
///
/// Displays have the names and the content of scikit-learn's. Each is a value that can write itself as SVG:
///
/// ```swift
/// try ConfusionMatrixDisplay(yTest, yPred).write(to: "confusion-matrix.svg")
/// ```
public protocol Display: Sendable {
    /// The figure. Its texts can be changed before it is drawn.
    var figure: Figure { get }
}

extension Display {
    /// Returns the figure as an SVG document that is readable in light and dark mode.
    ///
    /// - Parameters:
    ///   - width: the width in pixels, from 240 to 8000.
    ///   - height: the height in pixels, from 200 to 8000.
    /// - Throws: `EstimatorError.invalidParameter` for a size outside these ranges.
    public func svg(width: Int = 640, height: Int = 480) throws -> String {
        try figure.svg(width: width, height: height)
    }

    /// Writes the figure as an SVG file. An existing file is replaced atomically.
    ///
    /// - Parameters:
    ///   - file: the path or the `URL` of the file, by convention with the extension `svg`.
    ///   - width: the width in pixels, from 240 to 8000.
    ///   - height: the height in pixels, from 200 to 8000.
    /// - Throws: `EstimatorError.invalidParameter` for a size outside these ranges; `ModelFileError.unwritable` if the
    ///   file cannot be written.
    public func write(to file: some FileLocation, width: Int = 640, height: Int = 480) throws {
        try figure.write(to: file, width: width, height: height)
    }
}
