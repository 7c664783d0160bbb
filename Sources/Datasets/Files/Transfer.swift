import Foundation
import Terminal

/// One attempt to download a file: a run of the program `curl`, which writes into a temporary folder.
///
/// This thread watches how the files grow. curl has time-outs of its own, but in whole seconds, and its size limit counts
/// in older versions only where the server announces the size.
struct Transfer {
    private let limits: Download
    private let folder: URL

    /// The contents of the file, whose status is 200.
    ///
    /// - Throws: ``DownloadError``, or an error of Foundation when the temporary folder cannot be used.
    static func contents(for limits: Download, with curl: URL, _ progress: ProgressLine) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("swift-mlp-download-\(UUID())")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        return try Transfer(limits: limits, folder: folder).run(curl, progress)
    }

    private var headers: URL { folder.appendingPathComponent("headers") }
    private var body: URL { folder.appendingPathComponent("body") }
    private var messages: URL { folder.appendingPathComponent("messages") }

    /// The command line. The address is the value of an option, so that it cannot be taken for one.
    private var arguments: [String] {
        [
            // The user's configuration is skipped only if this option comes first.
            "--disable", "--silent", "--show-error", "--fail", "--no-buffer", "--globoff",
            "--location", "--max-redirs", "10", "--proto", "=https,http", "--proto-redir", "=https,http",
            // The digest is that of the file on the server, which a transparent decompression would change.
            "--header", "Accept-Encoding: identity",
            "--max-filesize", "\(DataFile.sizeLimit)",
            "--connect-timeout", wholeSeconds(limits.silence), "--max-time", wholeSeconds(limits.duration),
            "--dump-header", headers.path, "--output", body.path, "--stderr", messages.path,
            "--url", limits.address,
        ]
    }

    private func run(_ curl: URL, _ progress: ProgressLine) throws -> [UInt8] {
        let process = Process()
        process.executableURL = curl
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }

        let start = Date()
        try process.run()
        do {
            try watch(from: start, until: ended, progress)
        } catch {
            // A signal that can be blocked does not do: curl inherits the mask of this thread, and those of Dispatch block.
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            ended.wait()
            throw error
        }
        return try result(status: process.terminationStatus)
    }

    /// Waits for curl's end, and throws as soon as a limit is exceeded.
    private func watch(from start: Date, until ended: DispatchSemaphore, _ progress: ProgressLine) throws {
        var received = 0
        var lastSign = start
        var hasEnded = false
        repeat {
            hasEnded = ended.wait(timeout: .now() + 0.02) == .success
            let now = Date()
            let size = size(of: body)
            if size + self.size(of: headers) > received {
                received = size + self.size(of: headers)
                lastSign = now
            }
            let goal = Response(headers).length.map { " of \(kilobytes($0))" } ?? ""
            progress.show("\(kilobytes(size))\(goal) kB")
            if size > DataFile.sizeLimit { throw DownloadError.tooLarge }
            if hasEnded { return }
            if now >= lastSign + limits.silence { throw DownloadError.silent(seconds: limits.silence) }
            if now >= start + limits.duration { throw DownloadError.tooSlow(seconds: limits.duration) }
        } while !hasEnded
    }

    /// The body of a response with status 200, else the error that curl's exit status and the response tell.
    private func result(status: Int32) throws -> [UInt8] {
        let response = Response(headers)
        switch (status, response.status) {
        case (0, 200): return [UInt8](try Data(contentsOf: body))
        case (0, let code?), (22, let code?): throw DownloadError.status(code)
        case (28, nil): throw DownloadError.silent(seconds: limits.silence)
        case (28, _): throw DownloadError.tooSlow(seconds: limits.duration)
        case (63, _): throw DownloadError.tooLarge
        case (_, 200): throw DownloadError.broken(message(status))
        default: throw DownloadError.unreachable(message(status))
        }
    }

    /// What curl says about its failure.
    private func message(_ status: Int32) -> String {
        let text = (try? String(contentsOf: messages, encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").last { $0.hasPrefix("curl: ") }
        return line.map(String.init) ?? "curl ended with status \(status)"
    }

    private func size(of file: URL) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) ?? 0
    }

    private func wholeSeconds(_ seconds: TimeInterval) -> String { "\(Int(seconds.rounded(.up)))" }

    private func kilobytes(_ bytes: Int) -> Int { (bytes + 999) / 1000 }
}

/// The last response in a file of headers, which has those of redirections first.
private struct Response {
    var status: Int?
    var length: Int?

    init(_ headers: URL) {
        guard let bytes = try? Data(contentsOf: headers) else { return }
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            if line.hasPrefix("HTTP/") {
                self = Response(statusLine: line)
            } else if line.lowercased().hasPrefix("content-length:") {
                length = Int(line.dropFirst("content-length:".count).trimmingCharacters(in: .whitespaces))
            }
        }
    }

    private init(statusLine: Substring) {
        status = statusLine.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
}
