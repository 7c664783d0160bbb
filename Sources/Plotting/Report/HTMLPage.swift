import Estimators
import Foundation
import ModelFiles

/// A page of HTML in one file: words, tables and pictures, without scripts and without anything from elsewhere.
///
/// It is written so that it is valid XML too.
struct HTMLPage {
    /// What stands on a page, from top to bottom.
    enum Block {
        case paragraph(String)
        case table(Table)
        case picture(Figure, width: Int, height: Int)
    }

    /// A table; the first cell of a row is its heading.
    struct Table {
        var caption: String
        var header: [String] = []
        var rows: [[String]]
        /// The numbers of the rows that stand out.
        var emphasized: Set<Int> = []
    }

    var title: String
    var lead: String
    var sections: [(heading: String, blocks: [Block])]

    /// The page as text.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for pictures of a size that none has.
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

    /// The policy forbids a browser to ask anybody for anything, whatever a label says.
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

    /// Writes the page; a file that is there is replaced, in one step.
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
