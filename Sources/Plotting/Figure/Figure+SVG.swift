import Estimators
public import Foundation
import ModelFiles

extension Figure {
    /// The smallest and the largest picture, in pixels.
    static let sizes = (width: 240...8000, height: 200...8000)

    /// The picture as a document of SVG 1.1, which browsers and drawing programs show.
    ///
    /// It is readable in light and in dark: it follows the setting of the reader's system. It needs no font and no other
    /// file.
    ///
    /// - Parameters:
    ///   - width: the width in pixels, from 240 to 8000.
    ///   - height: the height in pixels, from 200 to 8000.
    /// - Throws: `EstimatorError.invalidParameter` for another size.
    public func svg(width: Int = 640, height: Int = 480) throws -> String {
        try element(width: width, height: height, id: "plot", carriesStyle: true).text
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
        try AtomicFile.write(try svg(width: width, height: height), to: url)
    }

    /// The picture as an element for a document in which `id` names nothing else.
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
