/// An XML element for SVG. Since every element has an end tag, it is also valid in HTML.
struct Element: Sendable {
    /// The content between the tags.
    enum Content: Sendable {
        case element(Element)
        case text(String)
    }

    let name: String
    var attributes: [(name: String, value: String)]
    var content: [Content]

    /// Creates an element with child elements.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Element] = []) {
        self.name = name
        self.attributes = attributes.map { ($0.key, $0.value) }
        self.content = children.map(Content.element)
    }

    /// Creates an element with text.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        self.init(name, attributes)
        content = [.text(text)]
    }

    mutating func append(_ child: Element) { content.append(.element(child)) }
}

// MARK: - Writing

extension Element {
    /// The elements that browsers and drawing programs accept without an end tag when they are empty.
    private static let closedByThemselves: Set<String> = [
        "br", "col", "line", "meta", "path", "rect", "use",
    ]

    /// The element as XML text.
    var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to output: inout String) {
        output += "<\(name)"
        for attribute in attributes {
            output += " \(attribute.name)=\"\(attribute.value.escapedForXML)\""
        }
        if content.isEmpty, Element.closedByThemselves.contains(name) {
            output += "/>"
            return
        }
        output += ">"
        for part in content {
            switch part {
            case .element(let element): element.write(to: &output)
            case .text(let text): output += text.escapedForXML
            }
        }
        output += "</\(name)>"
        if Element.endsLine.contains(name) { output += "\n" }
    }

    /// The elements that are followed by a line break, for readability. The break is invisible in the picture.
    private static let endsLine: Set<String> = ["desc", "div", "g", "section", "style", "svg", "table", "tr"]
}

extension String {
    /// The text with the five markup characters as entities and characters that XML does not allow as U+FFFD.
    var escapedForXML: String {
        guard unicodeScalars.contains(where: \.isSpecialInXML) else { return self }
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar.isAllowedInXML ? scalar : "\u{FFFD}")
            }
        }
        return escaped
    }
}

extension Unicode.Scalar {
    fileprivate var isSpecialInXML: Bool { "&<>\"'".unicodeScalars.contains(self) || !isAllowedInXML }

    /// Whether XML 1.0 allows it: no control characters except tab and line breaks, and no noncharacters.
    fileprivate var isAllowedInXML: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: true
        case 0x00..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: false
        default: value & 0xFFFE != 0xFFFE
        }
    }
}
