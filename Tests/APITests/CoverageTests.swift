import Foundation
import TestSupport
import Testing

/// The page of what is covered has a row for every public name of the modules of scikit-learn that this package mirrors.
///
/// `Scripts/coverage.py` writes both the rows and the list of names.
@Suite struct CoverageTests {
    private static let checkout = URL(filePath: #filePath).appending(path: "../../..").standardized

    /// What the page says about every name, module by module.
    private func rows() throws -> [String: [String: String]] {
        let page = try String(
            contentsOf: CoverageTests.checkout.appending(path: "Documentation/Coverage.md"), encoding: .utf8)
        var (rows, module): ([String: [String: String]], String?) = ([:], nil)
        for line in page.split(separator: "\n") {
            if line.hasPrefix("### sklearn.") {
                module = String(line.dropFirst("### sklearn.".count))
            } else if line.hasPrefix("#") || line.hasPrefix("<!--") {
                module = nil
            } else if let module, line.hasPrefix("| `") {
                let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                rows[module, default: [:]][cells[0].filter { $0 != "`" }] = cells.count == 2 ? cells[1] : ""
            }
        }
        return rows
    }

    @Test func everyNameHasARow() throws {
        let names = try fixture("scikit_learn_names", in: .module, of: [String: [String]].self)
        #expect(names.count == 16 && names.values.joined().count > 270)
        let rows = try rows()
        #expect(Set(rows.keys) == Set(names.keys))
        for (module, names) in names {
            #expect(Set(names) == Set(rows[module, default: [:]].keys), "sklearn.\(module)")
            for name in names {
                #expect(rows[module]?[name]?.isEmpty == false, "\(name) has neither a name nor a reason")
            }
        }
    }

    /// A row that names a declaration, and nothing else, names one that is public.
    @Test func declarationsExist() throws {
        let sources = CoverageTests.checkout.appending(path: "Sources")
        let files = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        var declared: Set<Substring> = []
        for file in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            for line in text.split(separator: "\n") where line.hasPrefix("public ") {
                let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
                if let name = words.dropFirst().first(where: {
                    ![
                        "final", "class", "func", "struct", "enum", "protocol",
                        "typealias",
                    ].contains($0)
                }) {
                    declared.insert(name)
                }
            }
        }
        for (name, text) in try rows().values.joined() where text.wholeMatch(of: /`\w+`/) != nil {
            #expect(declared.contains(text.dropFirst().dropLast()), "\(name): \(text)")
        }
    }
}
