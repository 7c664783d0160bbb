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
        case picture(Figure, width: Int, height: Int)
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
    var sections: [(heading: String, blocks: [Block])]

    /// Returns the HTML of the page.
    ///
    /// - Throws: `EstimatorError.invalidParameter` if a picture has a size that is not allowed.
    func text() throws -> String {
        var body = Element(
            "main", [:],
            [Element("header", [:], [Element("h1", text: title), Element("p", text: lead)])])
        var pictures = 0
        for section in sections where !section.blocks.isEmpty {
            var element = Element("section", [:], [Element("h2", text: section.heading)])
            var figures = Element("div", ["class": "figures"])
            for block in section.blocks {
                switch block {
                case .paragraph(let text): element.append(Element("p", text: text))
                case .table(let table): element.append(table.element)
                case .picture(let figure, let width, let height):
                    pictures += 1
                    let svg = try figure.element(
                        width: width, height: height, id: "plot\(pictures)", carriesStyle: false)
                    figures.append(Element("figure", [:], [svg]))
                }
            }
            if !figures.content.isEmpty { element.append(figures) }
            body.append(element)
        }
        body.append(Element("footer", text: "Made by swift-mlp."))
        let page = Element("html", ["lang": "en"], [head, Element("body", [:], [body])])
        return "<!DOCTYPE html>\n" + page.text + "\n"
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
    func write(to url: URL) throws {
        try AtomicFile.write(text(), to: url)
    }
}

extension HTMLPage.Table {
    fileprivate var element: Element {
        var table = Element("table", [:], [Element("caption", text: caption)])
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
        return Element("div", ["class": "table"], [table])
    }
}
