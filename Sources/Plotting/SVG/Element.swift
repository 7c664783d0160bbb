/// An element of XML: SVG's, and, since every element is written with its end, HTML's too.
struct Element: Sendable {
    /// What stands between the tags.
    enum Content: Sendable {
        case element(Element)
        case text(String)
    }

    let name: String
    var attributes: [(name: String, value: String)]
    var content: [Content]

    /// An element with elements in it.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Element] = []) {
        self.name = name
        self.attributes = attributes.map { ($0.key, $0.value) }
        self.content = children.map(Content.element)
    }

    /// An element with text in it.
    init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        self.init(name, attributes)
        content = [.text(text)]
    }

    mutating func append(_ child: Element) { content.append(.element(child)) }
}

// MARK: - Writing

extension Element {
    /// The elements that browsers and drawing programs read without an end tag where they are empty.
    private static let closedByThemselves: Set<String> = [
        "br", "col", "line", "meta", "path", "rect", "use",
    ]

    /// The element as text.
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

    /// A line break after these keeps the text readable, and shows nowhere.
    private static let endsLine: Set<String> = ["desc", "div", "g", "section", "style", "svg", "table", "tr"]
}

extension String {
    /// The text with the five characters of markup as entities, and what XML does not allow as U+FFFD.
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

    /// XML 1.0 knows tab and line breaks, but no other control character, and no noncharacters at the end of a plane.
    fileprivate var isAllowedInXML: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: true
        case 0x00..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: false
        default: value & 0xFFFE != 0xFFFE
        }
    }
}
