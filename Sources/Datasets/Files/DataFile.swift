import Foundation

/// Reading a file that may be anything: a folder, a device, another gigabyte than the one expected.
enum DataFile {
    /// No table of this package comes near this size; a larger file is something else.
    static let sizeLimit = 16 << 20

    /// The contents of the regular file at `url`, or `nil` when nothing is there.
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
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw DatasetError.refused(file: url.path, reason: "it is not a regular file")
        }
        guard let size = attributes[.size] as? Int, size <= sizeLimit else {
            throw DatasetError.refused(file: url.path, reason: "it is larger than \(sizeLimit) bytes")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DatasetError.unreadable(file: url.path, reason: "reading it failed; is it allowed to this user?")
        }
        return [UInt8](data)
    }
}
