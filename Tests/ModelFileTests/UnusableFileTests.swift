import Composition
import Datasets
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import ModelSelection
import Preprocessing
import Tables
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Places that cannot be read or written.
@Suite struct UnusableFileTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func expectUnreadable(_ url: URL, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: ModelFileError.self, sourceLocation: sourceLocation) {
            try StandardScaler(contentsOf: url)
        }
        guard case .unreadable(let path, let found)? = error else {
            Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
            return
        }
        #expect(path == url.path && found.contains(reason), "\(found)", sourceLocation: sourceLocation)
    }

    private func expectUnwritable(_ url: URL, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: ModelFileError.self, sourceLocation: sourceLocation) {
            try StandardScaler().save(to: url)
        }
        guard case .unwritable(let path, let found)? = error else {
            Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
            return
        }
        #expect(path == url.path && found.contains(reason), "\(found)", sourceLocation: sourceLocation)
    }

    @Test func nothingToRead() throws {
        expectUnreadable(folder.file("nothing"), "No such file")
        expectUnreadable(folder.url, "folder")
        if let web = URL(string: "https://example.com/model") { expectUnreadable(web, "no file URL") }
    }

    /// Files of other kinds are named, by whichever reader opens them.
    @Test func otherKindsOfFilesAreCalledThat() throws {
        let table = folder.file("table.csv")
        for text in ["a,b\n1,2\n", "a\n", "sepal length;größe;art\r\n5,1;2,5;setosa\r\n"] {
            try Data(text.utf8).write(to: table)
            let error = #expect(throws: ModelFileError.self) { try StandardScaler(contentsOf: table) }
            #expect(error?.description.contains("CSV") == true && error?.description.hasSuffix("..") == false)
        }
        try StandardScaler().fitted([[1], [2]] as Matrix<Double>).save(to: folder.file("model"))
        let model = #expect(throws: TableError.self) { try readCSV(folder.file("model")) }
        #expect(model?.description.contains("model file in safetensors format") == true)
        try Data("PK\u{3}\u{4}12345678".utf8).write(to: folder.file("book.xlsx"))
        let archive = #expect(throws: TableError.self) { try readCSV(folder.file("book.xlsx")) }
        #expect(archive?.description.contains("ZIP archive") == true)
        let skops = #expect(throws: ModelFileError.self) { try StandardScaler(contentsOf: folder.file("book.xlsx")) }
        #expect(skops?.description.contains("skops") == true)
    }

    /// A system's or another library's reason ends with a full stop of its own, or does not.
    @Test(arguments: ["it is a folder", "it is a folder."]) func errorsEndWithOneFullStop(reason: String) {
        let errors: [any Error] = [
            ModelFileError.unreadable(path: "a", reason: reason), ModelFileError.unwritable(path: "a", reason: reason),
            ModelFileError.foreign(path: "a", reason: reason), ModelFileError.damaged(path: "a", problem: reason),
            ModelFileError.notStorable(type: "T", reason: reason), TableError.unreadable(file: "a", reason: reason),
            TableError.unwritable(file: "a", reason: reason),
            TableError.malformed(file: "a", line: 1, column: 1, reason: reason),
            DatasetError.unreadable(file: "a", reason: reason), DatasetError.refused(file: "a", reason: reason),
            DatasetError.unusableDataHome(folder: "a", reason: reason),
            DatasetError.downloadFailed(table: "a", url: "b", reason: reason, remedy: reason),
            SearchJournalError.unusable(path: "a", reason: reason),
        ]
        for error in errors {
            let text = "\(error)"
            #expect(text.hasSuffix(".") && !text.contains("..") && !text.contains(".;"), "\(text)")
        }
    }

    /// Reading a pipe without a writer would wait forever.
    @Test func pipesAreNoFiles() {
        #expect(mkfifo(folder.file("pipe").path, 0o600) == 0)
        expectUnreadable(folder.file("pipe"), "regular file")
    }

    /// A sparse file, larger than any memory.
    @Test func filesLargerThanMemory() throws {
        try Data().write(to: folder.file("holes"))
        try #require(truncate(folder.file("holes").path, 1 << 43) == 0)
        expectUnreadable(folder.file("holes"), "memory")
    }

    @Test func nowhereToWrite() throws {
        expectUnwritable(folder.url.appending(path: "missing/model"), "does not exist")
        expectUnwritable(folder.url, "directory")
        if let web = URL(string: "https://example.com/model") { expectUnwritable(web, "no file URL") }
        #expect(try folder.names.isEmpty, "nothing is left of what could not be written")
    }

    @Test(.enabled(if: getuid() != 0, "root may read and write everything")) func notAllowed() throws {
        try StandardScaler().save(to: folder.file())
        #expect(chmod(folder.file().path, 0) == 0 && chmod(folder.url.path, 0o500) == 0)
        expectUnreadable(folder.file(), "Permission denied")
        expectUnwritable(folder.file("other"), "Permission denied")
        #expect(chmod(folder.url.path, 0o700) == 0)
    }

    /// A client's transformer, whose type a column transformer could not identify.
    private struct Mine: Transformer, Storable {
        func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) {}
        func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) -> Matrix<Scalar> { x }
    }

    @Test func partsThatCouldNotBeReadBack() throws {
        let error = #expect(throws: ModelFileError.self) {
            try ColumnTransformer([.numeric(["a"], Mine())]).save(to: folder.file())
        }
        #expect(error?.description.contains("Mine") == true)
        #expect(throws: ModelFileError.self) {
            try ColumnTransformer([.numeric(["a"], FunctionTransformer { $0 })]).save(to: folder.file())
        }
        #expect(try folder.names.isEmpty)
        // In a chain with an explicit type, it can be saved.
        try Chain(Mine(), StandardScaler()).save(to: folder.file())
        _ = try Chain<Mine, StandardScaler>(contentsOf: folder.file())
    }
}
