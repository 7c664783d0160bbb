import LinearAlgebra
import ModelFiles

extension RegularFile {
    /// Opens a file of a table.
    ///
    /// - Throws: ``TableError/invalidArgument(name:value:allowed:)`` for the URL of something else,
    ///   ``TableError/unreadable(file:reason:)`` when there is no such file, or when it is not a regular one.
    convenience init(table file: some FileLocation) throws {
        let url = file.fileURL
        guard url.isFileURL else {
            throw TableError.invalidArgument(name: "url", value: "\(url)", allowed: "the URL of a file")
        }
        try self.init(url, failure: TableError.unreadable)
    }

    /// Appends up to `count` bytes from `offset` on to `bytes`, fewer only at the end of the file.
    ///
    /// Several threads read large parts side by side.
    ///
    /// - Throws: ``TableError/unreadable(file:reason:)``; `CancellationError` where the task is cancelled.
    func read(_ count: Int, at offset: Int, into bytes: inout [UInt8]) throws {
        let before = bytes
        bytes = try [UInt8](unsafeUninitializedCapacity: before.count + count) { buffer, filled in
            filled = buffer.initialize(fromContentsOf: before)
            nonisolated(unsafe) let target = UnsafeMutableRawBufferPointer(
                UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
            let pieces = (count + Self.pieceSize - 1) / Self.pieceSize
            let lengths = try parallelMap(count: pieces, jobs: pieces) { [self] piece in
                let start = piece * Self.pieceSize
                let part = UnsafeMutableRawBufferPointer(rebasing: target[start..<min(count, start + Self.pieceSize)])
                return try read(into: part, at: offset + start)
            }
            let whole = lengths.prefix { $0 == Self.pieceSize }
            filled += whole.count * Self.pieceSize + (whole.count < pieces ? lengths[whole.count] : 0)
        }
    }

    /// How many bytes one thread reads at once.
    private static var pieceSize: Int { 1 << 20 }
}
