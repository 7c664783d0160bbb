public import Foundation

/// What names a file: a path, such as `"people.csv"`, or a `URL`.
public protocol FileLocation: Sendable {
    /// The file's URL.
    var fileURL: URL { get }
}

extension String: FileLocation {
    /// The URL of the file at this path; a relative path begins at the current folder.
    public var fileURL: URL { URL(filePath: self) }
}

extension URL: FileLocation {
    /// The URL itself.
    public var fileURL: URL { self }
}
