import Foundation
import ModelFiles
import Testing

/// Checks that every Swift example of every page is in a file that is compiled.
@Suite struct PageTests {
    private static let checkout = URL(filePath: #filePath).appending(path: "../../../..").standardized

    /// The pages of documentation, README first.
    static let pages: [String] = {
        let folder = checkout.appending(path: "Documentation")
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return ["README.md"] + files.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/\($0)" }
    }()

    /// The lines of every file that the package's builds and tests compile.
    private static let compiled: [[String]] = ["Examples", "Sources", "Tests"].flatMap { folder in
        let folder = checkout.appending(path: folder)
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".swift") }.compactMap { file in
            (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)).map { lines(of: $0) }
        }
    }

    @Test(arguments: pages) func examplesAreCompiled(page: String) throws {
        let text = try String(contentsOf: Self.checkout.appending(path: page), encoding: .utf8)
        for example in Self.examples(in: text) where !Self.isManifest(example) {
            #expect(
                Self.compiled.contains { Self.has($0, example) },
                "\(page): no file has these lines one after the other:\n\(example.joined(separator: "\n"))")
        }
    }

    /// Other pages whose links are checked.
    private static let furtherPages = [
        "CHANGELOG.md", "CONTRIBUTING.md", "Benchmarks/README.md", "Sources/Datasets/Bundled/README.md",
        ".github/PULL_REQUEST_TEMPLATE.md",
    ]

    @Test(arguments: pages + furtherPages) func linksNameFilesAndTheirHeadings(page: String) throws {
        let url = Self.checkout.appending(path: page)
        for link in try Self.links(in: String(contentsOf: url, encoding: .utf8)) where !link.contains("://") {
            let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
            let file = parts[0].isEmpty ? url : url.deletingLastPathComponent().appending(path: parts[0]).standardized
            #expect(FileManager.default.fileExists(atPath: file.path), "\(page) links to \(link)")
            if parts.count > 1 {
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(Self.anchors(in: text).contains(parts[1]), "\(page) links to \(link)")
            }
        }
    }

    /// README links to the other entry pages.
    @Test func theFirstPageLinksToWhatComesNext() throws {
        let text = try String(contentsOf: Self.checkout.appending(path: "README.md"), encoding: .utf8)
        let links = Set(Self.links(in: text))
        for page in [
            "Documentation/swift-mlp.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Examples",
            "Benchmarks/README.md",
        ] {
            #expect(links.contains(page), "\(page)")
        }
    }

    @Test func thePagesAreFound() {
        #expect(Self.pages.count > 20)
        #expect(
            Self.examples(in: "a\n```swift\nlet b = 1  // one\n\n  f()\n```\n```sh\nls\n```") == [["let b = 1", "f()"]])
        #expect(Self.has(["import X", "f()", "g()"], ["import X", "g()"]))
        #expect(!Self.has(["f()", "h()", "g()"], ["f()", "g()"]))
        #expect(!Self.has(["f()"], ["import X", "f()"]))
        #expect(Self.links(in: "[a](b.md) ![c](d.svg)\n[e](f.md#g \"h\")") == ["b.md", "d.svg", "f.md#g"])
        #expect(Self.anchors(in: "# One `two`: three\ntext\n## Four-five!") == ["one-two-three", "four-five"])
    }

    /// The targets of a page's links and images.
    private static func links(in page: String) -> [String] {
        page.matches(of: /\]\((?<place>[^)\s]+)[^)]*\)/).map { String($0.output.place) }
    }

    /// The anchors that GitHub gives the headings.
    private static func anchors(in page: String) -> [String] {
        page.matches(of: /(?m)^#+ (?<heading>.+)$/).map { match in
            match.output.heading.lowercased().filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
                .replacing(" ", with: "-")
        }
    }

    /// Whether a file has the example's imports, and its other lines consecutively.
    private static func has(_ file: [String], _ example: [String]) -> Bool {
        let imports = example.filter { $0.hasPrefix("import ") }
        let statements = example.filter { !$0.hasPrefix("import ") }
        guard imports.allSatisfy(file.contains) else { return false }
        guard let first = statements.first else { return true }
        return file.indices.contains { start in
            file[start] == first && file[start...].starts(with: statements)
        }
    }

    /// Package.swift of a client is not compiled here.
    private static func isManifest(_ example: [String]) -> Bool {
        example.first?.hasPrefix("dependencies: [.package(path:") == true
    }

    private static func examples(in page: String) -> [[String]] {
        page.components(separatedBy: "```swift\n").dropFirst().compactMap { part in
            part.components(separatedBy: "```").first.map { lines(of: $0) }
        }
    }

    /// The nonempty lines, without indentation and comments.
    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let code = " \(line)".components(separatedBy: " //")[0].trimmingCharacters(in: .whitespaces)
            return code.isEmpty ? nil : code
        }
    }
}
