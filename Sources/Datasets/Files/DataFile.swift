import Foundation

/// Reads files that may be anything: a folder, a device, a gigabyte of something else.
enum DataFile {
    /// The maximum size in bytes, far above that of every table of this package.
    static let sizeLimit = 16 << 20

    /// Returns the contents of the regular file at `url`, or nil if there is no file.
    ///
    /// - Throws: ``DatasetError/unreadable(file:reason:)`` or ``DatasetError/refused(file:reason:)``.
    static func contents(of url: URL) throws -> [UInt8]? {
        let path = url.resolvingSymlinksInPath().path
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: path)
        } catch {
            throw DatasetError.unreadable(file: url.path, reason: error.localizedDescription)
        }
        try DatasetError.require(
            attributes[.type] as? FileAttributeType == .typeRegular,
            .refused(file: url.path, reason: "it is not a regular file"))
        try DatasetError.require(
            attributes[.size] as? Int ?? .max <= sizeLimit,
            .refused(file: url.path, reason: "it is larger than \(sizeLimit) bytes"))
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DatasetError.unreadable(file: url.path, reason: "reading it failed; check its permissions")
        }
        return [UInt8](data)
    }
}
