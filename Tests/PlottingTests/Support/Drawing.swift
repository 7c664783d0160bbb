import Foundation
import Testing

@testable import Plotting

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A picture as its reader sees it, parsed from the SVG text.
struct Drawing {
    /// A text and its bounding box.
    struct Words: CustomStringConvertible {
        let text: String
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double

        var description: String { "“\(text)” [\(left), \(right)] × [\(top), \(bottom)]" }

        func overlaps(_ other: Words) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    private(set) var width = 0.0
    private(set) var height = 0.0
    private(set) var words: [Words] = []
    /// The starting points of all parts of paths.
    private(set) var starts: [Point] = []
    private(set) var roles: [String: String] = [:]
    private(set) var elementNames: [String: Int] = [:]

    init(_ svg: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        try #require(
            parser.parse() && reader.error == nil,
            "not valid XML: \(parser.parserError.map { "\($0)" } ?? "") line \(parser.lineNumber)")
        for element in reader.elements {
            elementNames[element.name, default: 0] += 1
            switch element.name {
            case "svg":
                roles = element.attributes
                width = Double(element.attributes["width"] ?? "") ?? 0
                height = Double(element.attributes["height"] ?? "") ?? 0
            case "text": words.append(Words(element))
            case "path":
                let data = element.attributes["d"] ?? ""
                starts += data.split(separator: "M").compactMap { part in
                    let numbers = part.prefix { !$0.isLetter }.split(separator: " ").compactMap { Double($0) }
                    return numbers.count == 2 ? Point(x: numbers[0], y: numbers[1]) : nil
                }
            default: break
            }
        }
    }

    /// The errors of the picture: texts or lines beyond its edges, and overlapping texts.
    var faults: [String] {
        var faults = words.filter { $0.left < 0 || $0.right > width || $0.top < 0 || $0.bottom > height }
            .map { "beyond the edge of \(width) × \(height): \($0)" }
        faults += starts.filter { !(0...width).contains($0.x) || !(0...height).contains($0.y) }
            .map { "a line begins beyond the edge: \($0)" }
        for (number, one) in words.enumerated() {
            faults += words[(number + 1)...].filter(one.overlaps).map { "\(one) overlaps \($0)" }
        }
        return faults
    }
}

extension Drawing.Words {
    fileprivate init(_ element: Reader.Node) {
        let attributes = element.attributes
        let classes = attributes["class"]?.split(separator: " ") ?? []
        let size = classes.contains("title") ? 15.0 : classes.contains("label") ? 12.5 : 11.5
        let width = TextWidth.of(element.text, size: size, isBold: classes.contains("title"))
        let x = Double(attributes["x"] ?? "") ?? .nan
        let y = Double(attributes["y"] ?? "") ?? .nan
        let start =
            switch attributes["text-anchor"] {
            case "middle": width / 2
            case "end": width
            default: 0.0
            }
        text = element.text
        // Letters extend from three quarters of the size above the baseline to a fifth below it.
        if attributes["transform"] != nil {
            (left, right) = (x - size * 0.75, x + size * 0.2)
            (top, bottom) = (y + start - width, y + start)
        } else {
            (left, right) = (x - start, x - start + width)
            (top, bottom) = (y - size * 0.75, y + size * 0.2)
        }
    }
}

private final class Reader: NSObject, XMLParserDelegate {
    struct Node {
        let name: String
        let attributes: [String: String]
        var text = ""
    }

    private(set) var elements: [Node] = []
    private(set) var error: (any Error)?
    private var open: [Int] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Node(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if let last = open.last { elements[last].text += text }
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { self.error = error }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }
}
