import Estimators
public import ModelFiles

extension Figure {
    /// The allowed sizes of a figure, in pixels.
    static let sizes = (width: 240...8000, height: 200...8000)

    /// Returns the figure as an SVG 1.1 document, which browsers and drawing programs can show.
    ///
    /// It follows the reader's setting of light or dark mode. It needs no font files and no other files.
    ///
    /// - Parameters:
    ///   - width: the width in pixels, from 240 to 8000.
    ///   - height: the height in pixels, from 200 to 8000.
    /// - Throws: `EstimatorError.invalidParameter` for a size outside these ranges.
    public func svg(width: Int = 640, height: Int = 480) throws -> String {
        try element(width: width, height: height, id: "plot", carriesStyle: true).text
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
        try AtomicFile.write(try svg(width: width, height: height), to: file)
    }

    /// Returns the figure as an element of a document in which `id` is unique.
    func element(width: Int, height: Int, id: String, carriesStyle: Bool) throws -> Element {
        try Figure.check(width, in: Figure.sizes.width, name: "width")
        try Figure.check(height, in: Figure.sizes.height, name: "height")
        var svg = Element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "plot", "viewBox": "0 0 \(width) \(height)",
                "width": "\(width)", "height": "\(height)", "role": "img",
                "aria-labelledby": "\(id)-title \(id)-desc",
            ])
        svg.append(Element("title", ["id": "\(id)-title"], text: title))
        svg.append(Element("desc", ["id": "\(id)-desc"], text: summary))
        if carriesStyle { svg.append(Element("style", text: Theme.stylesheet)) }
        svg.append(Element("rect", ["class": "ground", "width": "\(width)", "height": "\(height)"]))
        let layout = Layout(self, width: Double(width), height: Double(height))
        svg.content += layout.drawing.map(Element.Content.element)
        return svg
    }

    private static func check(_ length: Int, in range: ClosedRange<Int>, name: String) throws {
        try Check.require(
            range.contains(length), parameter: name, length,
            allowed: "a number of pixels from \(range.lowerBound) to \(range.upperBound)")
    }
}
