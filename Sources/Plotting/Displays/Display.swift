public import Foundation

/// A picture made from what the library returns, with the numbers that it shows as properties.
///
/// The displays are scikit-learn's, by name and by content; each is a value and writes itself as SVG:
///
/// ```swift
/// try ConfusionMatrixDisplay(yTest, yPred).write(to: url)
/// ```
public protocol Display: Sendable {
    /// The picture, whose words can be changed before it is drawn.
    var figure: Figure { get }
}

extension Display {
    /// The picture as a document of SVG, readable in light and in dark.
    ///
    /// - Parameters:
    ///   - width: the width in pixels, from 240 to 8000.
    ///   - height: the height in pixels, from 200 to 8000.
    /// - Throws: `EstimatorError.invalidParameter` for another size.
    public func svg(width: Int = 640, height: Int = 480) throws -> String {
        try figure.svg(width: width, height: height)
    }

    /// Writes the picture as a file of SVG; a file that is there is replaced, in one step.
    ///
    /// - Parameters:
    ///   - url: the file, by convention with the extension `svg`.
    ///   - width: the width in pixels, from 240 to 8000.
    ///   - height: the height in pixels, from 200 to 8000.
    /// - Throws: `EstimatorError.invalidParameter` for another size; `ModelFileError.unwritable` where the file cannot be
    ///   written.
    public func write(to url: URL, width: Int = 640, height: Int = 480) throws {
        try figure.write(to: url, width: width, height: height)
    }
}
