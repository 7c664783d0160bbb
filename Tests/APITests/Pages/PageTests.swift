import Foundation
import Testing

/// Every example in Swift of every page stands in a file that is compiled.
@Suite struct PageTests {
    private static let checkout = URL(filePath: #filePath).appending(path: "../../../..").standardized

    /// The pages of documentation, and what people read first.
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

    @Test(arguments: pages) func linksNameFiles(page: String) throws {
        let url = Self.checkout.appending(path: page)
        for link in try String(contentsOf: url, encoding: .utf8).matches(of: /\]\((?<place>[^)]+)\)/).map(
            \.output.place)
        where !link.contains("://") {
            let file = url.deletingLastPathComponent().appending(path: String(link.prefix { $0 != "#" }))
            #expect(FileManager.default.fileExists(atPath: file.standardized.path), "\(page) links to \(link)")
        }
    }

    @Test func thePagesAreFound() {
        #expect(Self.pages.count > 20)
        #expect(
            Self.examples(in: "a\n```swift\nlet b = 1  // one\n\n  f()\n```\n```sh\nls\n```") == [["let b = 1", "f()"]])
        #expect(Self.has(["import X", "f()", "g()"], ["import X", "g()"]))
        #expect(!Self.has(["f()", "h()", "g()"], ["f()", "g()"]))
        #expect(!Self.has(["f()"], ["import X", "f()"]))
    }

    /// Whether a file imports what the example imports, and has its other lines one after the other.
    private static func has(_ file: [String], _ example: [String]) -> Bool {
        let imports = example.filter { $0.hasPrefix("import ") }
        let statements = example.filter { !$0.hasPrefix("import ") }
        guard imports.allSatisfy(file.contains) else { return false }
        guard let first = statements.first else { return true }
        return file.indices.contains { start in
            file[start] == first && file[start...].starts(with: statements)
        }
    }

    /// Package.swift of a package that depends on this one by its name is not compiled here.
    private static func isManifest(_ example: [String]) -> Bool {
        example.first?.hasPrefix("dependencies: [.package(path:") == true
    }

    private static func examples(in page: String) -> [[String]] {
        page.components(separatedBy: "```swift\n").dropFirst().compactMap { part in
            part.components(separatedBy: "```").first.map { lines(of: $0) }
        }
    }

    /// Lines without indentation and comments; empty ones are left out.
    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let code = " \(line)".components(separatedBy: " //")[0].trimmingCharacters(in: .whitespaces)
            return code.isEmpty ? nil : code
        }
    }
}
