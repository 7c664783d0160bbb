import Estimators
import Foundation
import Terminal

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A file on the network, known by its digest, and how much patience to have with its server.
struct Download: Sendable {
    /// Where the file is.
    var address: String

    /// Its SHA-256 digest in lower-case hexadecimal digits.
    var sha256: String

    /// How long to wait for the next sign of life, in seconds.
    var silence: TimeInterval = 15

    /// How long one attempt may take in all, in seconds.
    var duration: TimeInterval = 300

    /// How often to try, at most.
    var attempts = 3

    /// How long to wait before the second attempt, in seconds; the time doubles with each further one.
    var pause: TimeInterval = 1

    /// Where it is told how the download goes.
    var console = Console.standardError

    /// Whether these bytes are the file.
    func accepts(_ bytes: [UInt8]) -> Bool { hexSHA256(bytes) == sha256 }

    /// Downloads the file while a line on the console tells how it goes.
    ///
    /// Only what another attempt may mend is tried again: a server that reports trouble of its own, or a connection
    /// that breaks. A server that cannot be reached, or that hands out something else, stays that way.
    ///
    /// - Throws: ``DownloadError``.
    func bytes(announcedAs name: String) throws(DownloadError) -> [UInt8] {
        guard let url = URL(string: address), url.scheme == "https" || url.scheme == "http" else {
            throw .unusableAddress
        }
        let progress = ProgressLine(title: "Downloading \(name) from \(address)", on: console)
        var attempt = 1
        while true {
            do {
                let bytes = try Transfer(of: url, for: self).run(progress)
                guard accepts(bytes) else { throw DownloadError.otherContents(hexSHA256(bytes), expected: sha256) }
                progress.finish("done")
                return bytes
            } catch {
                let error = error as? DownloadError ?? .broken("\(error)")
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
        case .unusableAddress, .unreachable, .silent, .tooSlow, .tooLarge, .otherContents: false
        }
    }

    var description: String {
        switch self {
        case .unusableAddress: "the address is not one of the web"
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

/// One attempt: hands a URL session's callbacks over to the thread that waits for them.
///
/// The waiting thread watches the clock itself, because `URLSession` honours only part of its time-outs on Linux.
private final class Transfer: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let url: URL
    private let limits: Download

    // Everything below is touched under this condition's lock only.
    private let condition = NSCondition()
    private var received: [UInt8] = []
    private var total: Int?
    private var status: Int?
    private var lastSign = Date()
    private var outcome: Result<Void, DownloadError>?

    init(of url: URL, for limits: Download) {
        self.url = url
        self.limits = limits
    }

    /// Fetches the file, blocking this thread.
    func run(_ progress: ProgressLine) throws -> [UInt8] {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.timeoutIntervalForRequest = limits.silence
        configuration.timeoutIntervalForResource = limits.duration
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        var request = URLRequest(url: url)
        // The digest is that of the file as it lies on the server, which a transparent decompression would change.
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        session.dataTask(with: request).resume()

        let start = Date()
        condition.lock()
        defer { condition.unlock() }
        lastSign = start
        while true {
            let goal = total.map { " of \(kilobytes($0))" } ?? ""
            progress.show("\(kilobytes(received.count))\(goal) kB")
            // Asked after the line is drawn: a small file may be here before anybody waits for it.
            if outcome != nil { break }
            let silenceEnds = lastSign + limits.silence
            let attemptEnds = start + limits.duration
            if Date() >= silenceEnds { throw DownloadError.silent(seconds: limits.silence) }
            if Date() >= attemptEnds { throw DownloadError.tooSlow(seconds: limits.duration) }
            _ = condition.wait(until: min(silenceEnds, attemptEnds))
        }
        try outcome?.get()
        return received
    }

    private func kilobytes(_ bytes: Int) -> Int { (bytes + 999) / 1000 }

    private func update(_ change: () -> Void) {
        condition.lock()
        change()
        lastSign = Date()
        condition.signal()
        condition.unlock()
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let code = (response as? HTTPURLResponse)?.statusCode ?? 0
        update {
            status = code
            total = response.expectedContentLength > 0 ? Int(response.expectedContentLength) : nil
            if code != 200 { outcome = .failure(.status(code)) }
        }
        completionHandler(code == 200 ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        update {
            if received.count + data.count > DataFile.sizeLimit {
                outcome = outcome ?? .failure(.tooLarge)
            } else {
                received += data
            }
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        update {
            guard outcome == nil else { return }
            guard let error else {
                outcome = .success(())
                return
            }
            let reason = error.localizedDescription
            let code = (error as? URLError)?.code
            outcome = .failure(
                code == .timedOut
                    ? .silent(seconds: limits.silence) : status == nil ? .unreachable(reason) : .broken(reason))
        }
    }
}
