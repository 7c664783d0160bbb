import Estimators
import Foundation
import ModelFiles

/// An HTML page in one file, with text, tables and pictures, but without scripts or external resources.
///
/// The page is also valid XML.
struct HTMLPage {
    /// A part of a page.
    enum Block {
        case paragraph(String)
        case table(Table)
        case picture(Figure, width: Int = 480, height: Int = 400)
        case steps([ModelStep])
    }

    /// A line of the summary.
    struct Fact {
        let name: String
        let value: String
        /// The number without rounding; nil for a fact that is not rounded.
        var exact: Double?
        /// A smaller line below the value.
        var note: String?
    }

    /// A table. The first cell of each row is its heading.
    struct Table {
        var caption: String
        var header: [String] = []
        var rows: [[String]]
        /// The indices of the emphasized rows.
        var emphasized: Set<Int> = []
    }

    var title: String
    var lead: String
    /// The model as the call of its initializer.
    var call: String
    /// The summary, which comes first.
    var facts: [Fact]
    var sections: [(heading: String, blocks: [Block])]

    /// Returns the HTML of the page.
    ///
    /// - Throws: `EstimatorError.invalidParameter` if a picture has a size that is not allowed.
    func text() throws -> String {
        var body = Element(
            "main", [:],
            [
                Element(
                    "header", [:],
                    [
                        Element("h1", text: title), Element("p", text: lead),
                        Element("p", ["class": "call"], [Element("code", text: call)]), summary,
                    ])
            ])
        var pictures = 0
        for (number, section) in sections.enumerated() where !section.blocks.isEmpty {
            var blocks = Element("div", ["class": "blocks"])
            for block in section.blocks {
                switch block {
                case .paragraph(let text): blocks.append(Element("p", text: text))
                case .table(let table): blocks.append(table.element)
                case .steps(let steps): blocks.append(HTMLPage.list(of: steps))
                case .picture(let figure, let width, let height):
                    pictures += 1
                    let svg = try figure.element(
                        width: width, height: height, id: "plot\(pictures)", carriesStyle: false)
                    // A large picture needs the whole width.
                    blocks.append(Element("figure", width > 480 ? ["class": "wide"] : [:], [svg]))
                }
            }
            let heading = Element("h2", ["id": "section\(number)"], text: section.heading)
            body.append(Element("section", ["aria-labelledby": "section\(number)"], [heading, blocks]))
        }
        body.append(Element("footer", text: "Made by swift-mlp."))
        let page = Element("html", ["lang": "en"], [head, Element("body", [:], [body])])
        return "<!DOCTYPE html>\n" + page.text + "\n"
    }

    /// The summary as a list of names and values. A rounded number carries the exact one.
    private var summary: Element {
        Element(
            "dl", ["class": "facts"],
            facts.map { fact in
                var value = Element("dd")
                if let exact = fact.exact {
                    value.append(Element("data", ["value": "\(exact)", "title": "\(exact)"], text: fact.value))
                } else {
                    value.content = [.text(fact.value)]
                }
                if let note = fact.note { value.append(Element("small", text: note)) }
                return Element(
                    "div", fact.exact == nil ? [:] : ["class": "score"], [Element("dt", text: fact.name), value])
            })
    }

    /// Returns the steps of a model as boxes, one below the other.
    private static func list(of steps: [ModelStep]) -> Element {
        let boxes = steps.enumerated().map { number, step in
            var box = Element("li", ["class": "step"], [Element("strong", text: step.name)])
            if number > 0 { box.append(Element("span", ["class": "arrow", "aria-hidden": "true"], text: "↓")) }
            if !step.parameters.isEmpty {
                let items = step.parameters.map { Element("li", [:], [Element("code", text: $0)]) }
                box.append(Element("ul", [:], items))
            }
            return box
        }
        return Element("ol", ["class": "steps"], boxes)
    }

    /// The head of the page. Its policy forbids the browser to load anything, whatever a label contains.
    private var head: Element {
        Element(
            "head", [:],
            [
                Element("meta", ["charset": "utf-8"]),
                Element(
                    "meta",
                    [
                        "http-equiv": "Content-Security-Policy",
                        "content": "default-src 'none'; style-src 'unsafe-inline'",
                    ]),
                Element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                Element("meta", ["name": "color-scheme", "content": "light dark"]),
                Element("title", text: title),
                Element("style", text: HTMLPage.stylesheet + Theme.stylesheet),
            ])
    }

    /// Writes the page. An existing file is replaced atomically.
    func write(to file: some FileLocation) throws {
        try AtomicFile.write(text(), to: file)
    }
}

extension HTMLPage.Table {
    fileprivate var element: Element {
        var table = Element("table", columnCount == 2 ? ["class": "pairs"] : [:], [Element("caption", text: caption)])
        if !header.isEmpty {
            let cells = header.map { Element("th", ["scope": "col"], text: $0) }
            table.append(Element("thead", [:], [Element("tr", [:], cells)]))
        }
        var body = Element("tbody")
        for (number, row) in rows.enumerated() {
            let cells = row.enumerated().map { column, text in
                column == 0 ? Element("th", ["scope": "row"], text: text) : Element("td", text: text)
            }
            let marks: KeyValuePairs<String, String> = emphasized.contains(number) ? ["class": "changed"] : [:]
            body.append(Element("tr", marks, cells))
        }
        table.append(body)
        // A wide table scrolls, also with the keyboard.
        return Element(
            "div",
            [
                "class": columnCount > 6 ? "table wide" : "table", "role": "region", "aria-label": caption,
                "tabindex": "0",
            ], [table])
    }

    private var columnCount: Int { max(header.count, rows.map(\.count).max() ?? 0) }
}
