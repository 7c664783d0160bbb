public import Foundation
import LinearAlgebra

/// Loads the California housing table of the 1990 census, downloading it on first use.
///
/// The columns and every number equal those of scikit-learn's `fetch_california_housing`: 20,640 block groups, eight
/// features, and as target the median house value in units of 100,000 dollars.
///
/// The table is looked for in the data home: as `california_housing.csv`, which this function leaves there after a
/// download; as StatLib's `cal_housing.data`, there or in a folder `CaliforniaHousing`; or as the archive
/// `cal_housing.tgz`. A file that is found there is used without a network, and refused unless its contents are exactly
/// the published ones. The call blocks until the table is there.
///
/// - Parameters:
///   - dataHome: the folder for downloaded data. By default the folder in the environment variable `SWIFT_MLP_DATA`,
///     else `swift-mlp` in the user's cache folder (`$XDG_CACHE_HOME` or `~/.cache`, on macOS `~/Library/Caches`).
///   - downloadIfMissing: whether the network may be used, by default `true`.
/// - Throws: ``DatasetError``, which says what to do. Without file and network,
///   ``makeCaliforniaHousing(nSamples:randomState:)`` can take the table's place.
public func fetchCaliforniaHousing(dataHome: URL? = nil, downloadIfMissing: Bool = true) throws -> Dataset<Double> {
    try CaliforniaHousing.published.load(from: DataHome.folder(dataHome), downloadIfMissing: downloadIfMissing)
}

/// The California housing table in the forms in which it can be had, with what each must look like to be accepted.
struct CaliforniaHousing: Sendable {
    /// StatLib's archive on the network.
    var archive: Download

    /// How many block groups the table has.
    var rows: Int

    /// The digest of StatLib's table with plain line ends and none after the last line: copies differ in these.
    var rawSHA256: String

    /// The digest of our own CSV.
    var cacheSHA256: String

    static let published = CaliforniaHousing(
        archive: Download(
            address: "https://ndownloader.figshare.com/files/5976036",
            sha256: "aaa5c9a6afe2225cc2aed2723682ae403280c4a3695a2ddda4ffb5d8215ea681"),
        rows: 20_640,
        rawSHA256: "23a7eecd83e5d57857691849577cdf9318097411a88e59c3c6e1fd79f62ba266",
        cacheSHA256: "94ef369b909f5c725340b512b7c9a05c1550a554b6592d29303990e3ba521a1f")

    static let name = "The California housing table"
    static let cacheName = "california_housing.csv"
    static let archiveName = "cal_housing.tgz"
    static let archiveMember = "CaliforniaHousing/cal_housing.data"
    static let rawNames = ["cal_housing.data", archiveMember]

    /// The table from the data home, else from the network.
    func load(from home: URL, downloadIfMissing: Bool) throws -> Dataset<Double> {
        if let local = try localTable(in: home) { return local }
        guard downloadIfMissing else {
            throw DatasetError.notInDataHome(table: Self.name, folder: home.path, remedy: remedy(for: home))
        }
        try DataHome.prepare(home)
        let packed = try download(for: home)
        let dataset = try tableFromArchive(packed, file: archive.address)
        try keep(dataset, in: home)
        return dataset
    }

    /// The table from whichever of its forms lies in `home`, or `nil`; a form that is there but damaged is an error,
    /// so that a user learns of it.
    private func localTable(in home: URL) throws -> Dataset<Double>? {
        let cache = home.appendingPathComponent(Self.cacheName)
        if let bytes = try DataFile.contents(of: cache) {
            return try tableFromCache(bytes, file: cache.path)
        }
        for name in Self.rawNames {
            let raw = home.appendingPathComponent(name)
            if let bytes = try DataFile.contents(of: raw) {
                return try tableFromRaw(bytes, file: raw.path)
            }
        }
        let packed = home.appendingPathComponent(Self.archiveName)
        if let bytes = try DataFile.contents(of: packed) {
            guard archive.accepts(bytes) else {
                throw DatasetError.refused(file: packed.path, reason: "its SHA-256 is not \(archive.sha256)")
            }
            return try tableFromArchive(bytes, file: packed.path)
        }
        return nil
    }

    private func download(for home: URL) throws -> [UInt8] {
        do {
            return try archive.bytes(announcedAs: "the California housing table")
        } catch {
            throw DatasetError.downloadFailed(
                table: Self.name, url: archive.address, reason: "\(error)", remedy: remedy(for: home))
        }
    }

    /// What to do when the table is neither there nor to be had.
    private func remedy(for home: URL) -> String {
        "put \(Self.archiveName) from \(archive.address), or the \(Self.rawNames[0]) inside, into that folder "
            + "(\(home.path)), or set the environment variable \(DataHome.variable) to the folder that has it, or "
            + "use makeCaliforniaHousing() for a synthetic table of the same columns"
    }
}

// MARK: - From bytes to the table

extension CaliforniaHousing {
    /// Reads StatLib's table.
    func tableFromRaw(_ bytes: [UInt8], file: String) throws -> Dataset<Double> {
        let raw = try NumericCSV(bytes, file: file, rows: rows, columns: Self.rawColumns, hasHeader: false)
        var content = bytes.filter { $0 != UInt8(ascii: "\r") }
        if content.last == UInt8(ascii: "\n") { content.removeLast() }
        try check(content, against: rawSHA256, file: file)
        return Self.dataset(fromRaw: raw.table, description: Self.description)
    }

    /// Reads the CSV that ``keep(_:in:)`` wrote.
    func tableFromCache(_ bytes: [UInt8], file: String) throws -> Dataset<Double> {
        let table = try NumericCSV(bytes, file: file, rows: rows, columns: Self.rawColumns, hasHeader: true)
        try check(bytes, against: cacheSHA256, file: file)
        return Self.dataset(fromCache: table)
    }

    /// Reads StatLib's table out of the archive `bytes`, whose digest has been checked.
    func tableFromArchive(_ bytes: [UInt8], file: String) throws -> Dataset<Double> {
        let raw = try Archive.member(Self.archiveMember, of: bytes, file: file)
        return try tableFromRaw(raw, file: "\(Self.archiveMember) in \(file)")
    }

    /// The numbers of a file may all be in place and yet not be the published ones.
    private func check(_ bytes: [UInt8], against expected: String, file: String) throws {
        guard hexSHA256(bytes) == expected else {
            throw DatasetError.refused(file: file, reason: "its contents differ from the published ones")
        }
    }

    /// Leaves the table in the data home for the next time.
    ///
    /// The file appears whole or not at all: it is written under another name and then renamed.
    private func keep(_ dataset: Dataset<Double>, in home: URL) throws {
        let text = Self.cache(of: dataset).text
        do {
            try Data(text.utf8).write(to: home.appendingPathComponent(Self.cacheName), options: .atomic)
        } catch {
            throw DatasetError.unusableDataHome(
                folder: home.path, reason: "writing \(Self.cacheName) failed (\(error.localizedDescription))")
        }
    }
}
