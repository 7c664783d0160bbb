import Estimators
import Foundation
import LinearAlgebra
import ModelFiles

/// The reason why a search cannot use its journal.
public enum SearchJournalError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file belongs to another search or to an earlier release, or is not a journal.
    case foreign(path: String)

    /// The file cannot be read or written.
    case unusable(path: String, reason: String)

    /// One sentence that names the file and says what to do.
    public var description: String {
        switch self {
        case .foreign(let path):
            "journal must be a new file or that of the same search, but \(path) is of another search, of an earlier "
                + "release, or no journal; choose another path or delete it."
        case .unusable(let path, let reason):
            "journal must be a file that can be read and written, but \(path) is not: \(reason.withoutFullStop)."
        }
    }
}

/// The file in which a search notes every trial as it comes: a first line that identifies the search, then a line of JSON
/// for each trial.
///
/// Where the process ended while it wrote a line, the reader skips that line.
final class SearchJournal: Sendable {
    private struct Header: Codable, Equatable {
        var format = "swift-mlp search journal"
        var version = 2
        let fingerprint: String
    }

    private let path: String
    private let known: [SearchTrial.Place: SearchTrial]
    private let file: Locked<FileHandle>

    /// Opens the journal of a search, or begins it.
    ///
    /// - Parameters:
    ///   - search: what decides about the trials. Lines with another number of scores are skipped as well.
    /// - Throws: ``SearchJournalError`` when the file is another search's, or cannot be read and written.
    init(at url: URL, of search: SearchIdentity) throws {
        path = url.path
        let header = Header(fingerprint: search.whole)
        do {
            let content = FileManager.default.fileExists(atPath: url.path) ? try Data(contentsOf: url) : Data()
            let lines = content.split(separator: UInt8(ascii: "\n"))
            let decoder = JSONDecoder()
            decoder.nonConformingFloatDecodingStrategy = .convertFromString(
                positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
            if let first = lines.first, (try? decoder.decode(Header.self, from: first)) != header {
                throw SearchJournalError.foreign(path: url.path)
            }
            let trials = lines.dropFirst().compactMap { try? decoder.decode(SearchTrial.self, from: $0) }
                .filter { search.fits($0.outcome) }
            known = Dictionary(trials.map { ($0.place, $0) }, uniquingKeysWith: { _, last in last })

            if lines.isEmpty { try AtomicFile.write(SearchJournal.line(header), to: url) }
            let handle = try FileHandle(forUpdating: url)
            try handle.seekToEnd()
            // The part of a line that a killed process left must not join the next one.
            if !lines.isEmpty, content.last != UInt8(ascii: "\n") { try handle.write(contentsOf: Data("\n".utf8)) }
            file = Locked(handle)
        } catch let error as SearchJournalError {
            throw error
        } catch ModelFileError.unwritable(_, let reason) {
            throw SearchJournalError.unusable(path: url.path, reason: reason)
        } catch {
            throw SearchJournalError.unusable(path: url.path, reason: error.localizedDescription)
        }
    }

    /// The trial at a place; nil where the journal does not have it.
    func trial(at place: SearchTrial.Place) -> SearchTrial? { known[place] }

    /// Notes a trial.
    ///
    /// - Throws: ``SearchJournalError/unusable(path:reason:)``.
    func append(_ trial: SearchTrial) throws {
        do {
            let line = try SearchJournal.line(trial)
            try file.withLock { try $0.write(contentsOf: line) }
        } catch {
            throw SearchJournalError.unusable(path: path, reason: error.localizedDescription)
        }
    }

    private static func line(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try encoder.encode(value) + Data("\n".utf8)
    }
}
