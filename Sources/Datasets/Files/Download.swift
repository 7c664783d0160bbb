import Estimators
import Foundation
import Terminal

/// A file on the network, known by its digest, and the limits of downloading it.
///
/// The program `curl` does the transfer. `URLSession` would make every program that uses this package link
/// FoundationNetworking with some thirty libraries, for one function that most of them never call.
struct Download: Sendable {
    /// Where the file is.
    var address: String

    /// Its SHA-256 digest in lower-case hexadecimal digits.
    var sha256: String

    /// How long to wait for the next byte, in seconds.
    var silence: TimeInterval = 15

    /// How long one attempt may take in all, in seconds.
    var duration: TimeInterval = 300

    /// The maximum number of attempts.
    var attempts = 3

    /// How long to wait before the second attempt, in seconds; the time doubles with each further one.
    var pause: TimeInterval = 1

    /// Where the progress is shown.
    var console = Console.standardError

    /// The program `curl`, or nil when there is none.
    var curl = SystemProgram.find("curl")

    /// Returns whether these bytes are the file.
    func accepts(_ bytes: [UInt8]) -> Bool { hexSHA256(bytes) == sha256 }

    /// Downloads the file and shows the progress in a line on the console.
    ///
    /// Only failures that another attempt may fix are tried again: a server that reports an error of its own, or a
    /// connection that breaks. A server that cannot be reached, or that sends another file, is not asked again.
    ///
    /// - Throws: ``DownloadError``.
    func bytes(announcedAs name: String) throws(DownloadError) -> [UInt8] {
        guard let scheme = URL(string: address)?.scheme, ["https", "http"].contains(scheme) else {
            throw .unusableAddress
        }
        guard let curl else { throw .noCurl }
        let progress = ProgressLine(title: "Downloading \(name) from \(address)", on: console)
        var attempt = 1
        while true {
            do {
                let bytes = try Transfer.contents(for: self, with: curl, progress)
                guard accepts(bytes) else { throw DownloadError.otherContents(hexSHA256(bytes), expected: sha256) }
                progress.finish("done")
                return bytes
            } catch {
                let error = error as? DownloadError ?? .failed("\(error.localizedDescription.withoutFullStop)")
                let isLast = attempt >= attempts || !error.mayPass
                progress.finish(isLast ? "\(error)" : "\(error); trying again")
                guard !isLast else { throw error }
                Thread.sleep(forTimeInterval: pause * pow(2, Double(attempt - 1)))
                attempt += 1
            }
        }
    }
}

/// Why a download failed.
enum DownloadError: Error, Equatable, CustomStringConvertible {
    case unusableAddress
    case noCurl
    case failed(String)
    case unreachable(String)
    case silent(seconds: TimeInterval)
    case tooSlow(seconds: TimeInterval)
    case status(Int)
    case broken(String)
    case tooLarge
    case otherContents(String, expected: String)

    /// Whether trying again may help.
    var mayPass: Bool {
        switch self {
        case .broken: true
        case .status(let code): code >= 500 || code == 429 || code == 408
        case .unusableAddress, .noCurl, .failed, .unreachable, .silent, .tooSlow, .tooLarge, .otherContents: false
        }
    }

    var description: String {
        switch self {
        case .unusableAddress: "the address does not begin with https or http"
        case .noCurl: "the program curl, which downloads it, is neither in PATH nor in \(SystemProgram.usualFolders[0])"
        case .failed(let reason): "running curl failed (\(reason))"
        case .unreachable(let reason): "the server cannot be reached (\(reason))"
        case .silent(let seconds): "the server did not answer for \(Self.text(seconds)) seconds"
        case .tooSlow(let seconds): "it took longer than \(Self.text(seconds)) seconds"
        case .status(let code): "the server answered with status \(code)"
        case .broken(let reason): "the connection broke (\(reason))"
        case .tooLarge: "the server sent more than \(DataFile.sizeLimit) bytes"
        case .otherContents(let actual, let expected):
            "the server sent another file (SHA-256 \(actual) instead of \(expected))"
        }
    }

    private static func text(_ seconds: TimeInterval) -> String { String(format: "%g", seconds) }
}
