import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import Preprocessing
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
