import Estimators

/// A file written by `skops.io.dump`: a zip file with a tree of objects as JSON, and arrays in NumPy's format.
///
/// Nothing in it is executed, and only the requested objects are read. The file is read in place. The arrays that are
/// read have together at most as many bytes as the file.
final class SkopsFile {
    private let archive: ZipArchive
    private let schema: JSONText
    /// The number of bytes of arrays that may still be read. Without this limit, many names could refer to one entry.
    private var remainingBytes: Int

    /// The maximum number of values that a reader may create from a single stored number.
    let mostNumbers: Int

    /// The protocol of skops 0.11 to 0.16.
    static let supportedProtocol = 2

    /// Opens a file.
    ///
    /// - Throws: ``InterchangeError/malformed(place:problem:)``.
    init(_ bytes: [UInt8]) throws {
        archive = try ZipArchive(bytes)
        remainingBytes = bytes.count
        mostNumbers = bytes.count / MemoryLayout<Double>.size
        guard let schema = JSONText(try archive["schema.json"]) else {
            throw InterchangeError.malformed(place: "schema.json", problem: "is not JSON, or nested too deeply")
        }
        self.schema = schema
        let written = schema.value["protocol"]?.integer
        guard written == SkopsFile.supportedProtocol else {
            throw InterchangeError.malformed(
                place: "schema.json",
                problem: "has the protocol \(written.map { "\($0)" } ?? "of no number"), but only protocol "
                    + "\(SkopsFile.supportedProtocol) is read, which skops 0.16 writes")
        }
    }

    /// The object that was dumped.
    var root: SkopsObject { SkopsObject(file: self, value: schema.value, place: "the file") }

    /// Returns the array of an entry.
    func array(_ name: String, place: String) throws -> NumPyArray {
        let array = try NumPyArray(archive[name], place: "\(place) (\(name))")
        remainingBytes -= array.data.count
        guard remainingBytes >= 0 else {
            throw InterchangeError.malformed(place: place, problem: "takes the arrays to more bytes than the file has")
        }
        return array
    }
}
