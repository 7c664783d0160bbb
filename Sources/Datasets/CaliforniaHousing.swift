import Estimators
import Foundation
import LinearAlgebra
public import ModelFiles

/// Loads the California housing table of the 1990 census, downloading it on first use.
///
/// Columns and values equal those of scikit-learn's `fetch_california_housing`: 20,640 block groups with eight features;
/// the target is the median house value in units of 100,000 dollars.
///
/// The function searches the data home for `california_housing.csv`, which it writes there after a download; for
/// StatLib's `cal_housing.data`, there or in a folder `CaliforniaHousing`; and for the archive `cal_housing.tgz`. It uses
/// a file that it finds without the network, and rejects one whose contents are not exactly the published ones. It
/// downloads with the program `curl`, and blocks until the table is there.
///
/// - Parameters:
///   - dataHome: the path or the `URL` of the folder for downloaded data. The default is the folder in the environment variable
///     `SWIFT_MLP_DATA`, else `swift-mlp` in the user's cache folder (`$XDG_CACHE_HOME` or `~/.cache`, on macOS
///     `~/Library/Caches`).
///   - downloadIfMissing: whether the network may be used. The default is `true`.
/// - Throws: ``DatasetError``, which says what to do. ``makeCaliforniaHousing(nSamples:randomState:)`` makes a synthetic
///   table of the same columns, which needs neither file nor network.
public func fetchCaliforniaHousing(
    dataHome: (any FileLocation)? = nil, downloadIfMissing: Bool = true
) throws -> Dataset<Double> {
    try CaliforniaHousing.published.load(from: DataHome.folder(dataHome?.fileURL), downloadIfMissing: downloadIfMissing)
}

/// The forms of the California housing table, with the size and digests that each must have.
struct CaliforniaHousing: Sendable {
    /// StatLib's archive on the network.
    var archive: Download

    /// The number of block groups.
    var rows: Int

    /// The digest of StatLib's table with LF as line ends and none after the last line, since copies differ in these.
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

    /// Returns the table from the data home, else from the network.
    func load(from home: URL, downloadIfMissing: Bool) throws -> Dataset<Double> {
        if let local = try localTable(in: home) { return local }
        try DatasetError.require(
            downloadIfMissing, .notInDataHome(table: Self.name, folder: home.path, remedy: remedy(for: home)))
        try DataHome.prepare(home)
        let packed = try download(for: home)
        let dataset = try tableFromArchive(packed, file: archive.address)
        try keep(dataset, in: home)
        return dataset
    }

    /// Returns the table from the first of its forms that `home` has, or nil.
    ///
    /// - Throws: ``DatasetError`` if that file is damaged, so that the user learns of it.
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
            try DatasetError.require(
                archive.accepts(bytes), .refused(file: packed.path, reason: "its SHA-256 is not \(archive.sha256)"))
            return try tableFromArchive(bytes, file: packed.path)
        }
        return nil
    }

    private func download(for home: URL) throws -> [UInt8] {
        do {
            return try archive.bytes(announcedAs: "the California housing table")
        } catch {
            throw DatasetError.downloadFailed(
                table: Self.name, url: archive.address, reason: "\(error)",
                remedy: (error == .noCurl ? "install curl, or " : "") + remedy(for: home))
        }
    }

    /// What to do when the table is not in `home` and cannot be downloaded.
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

    /// Reads StatLib's table from the archive `bytes`, whose digest has been checked.
    func tableFromArchive(_ bytes: [UInt8], file: String) throws -> Dataset<Double> {
        let raw = try Archive.member(Self.archiveMember, of: bytes, file: file)
        return try tableFromRaw(raw, file: "\(Self.archiveMember) in \(file)")
    }

    /// Rejects a file that has the right number of values, but not the published ones.
    private func check(_ bytes: [UInt8], against expected: String, file: String) throws {
        try DatasetError.require(
            hexSHA256(bytes) == expected, .refused(file: file, reason: "its contents differ from the published ones"))
    }

    /// Writes the table to the data home.
    ///
    /// The write is atomic: the file is written under another name and then renamed.
    private func keep(_ dataset: Dataset<Double>, in home: URL) throws {
        let text = Self.cache(of: dataset).text
        do {
            try Data(text.utf8).write(to: home.appendingPathComponent(Self.cacheName), options: .atomic)
        } catch {
            throw DatasetError.unusableDataHome(
                folder: home.path,
                reason: "writing \(Self.cacheName) failed (\(error.localizedDescription.withoutFullStop))")
        }
    }
}
