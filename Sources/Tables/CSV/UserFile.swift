import Foundation

/// A file that a user names.
struct UserFile {
    let url: URL

    /// - Throws: ``TableError/invalidArgument(name:value:allowed:)`` for the URL of something else,
    ///   ``TableError/unreadable(file:reason:)`` when there is no such file, or when it is none.
    init(_ url: URL) throws {
        guard url.isFileURL else {
            throw TableError.invalidArgument(name: "url", value: "\(url)", allowed: "the URL of a file")
        }
        self.url = url
        let path = url.resolvingSymlinksInPath().path
        let attributes = try reading { try FileManager.default.attributesOfItem(atPath: path) }
        // Reading from a pipe or a device might never end.
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw TableError.unreadable(file: url.path, reason: "it is not a regular file")
        }
    }

    /// All of it.
    func contents() throws -> [UInt8] { try reading { [UInt8](try Data(contentsOf: url)) } }

    /// The file, to be read bit by bit.
    func opened() throws -> FileHandle { try reading { try FileHandle(forReadingFrom: url) } }

    /// What `body` returns, or a ``TableError/unreadable(file:reason:)`` in place of its error.
    func reading<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw TableError.unreadable(file: url.path, reason: error.localizedDescription)
        }
    }
}
