import Foundation
import TestSupport
import Testing

@testable import Datasets

/// Downloads from good and bad servers, simulated on this machine.
@Suite(.timeLimit(.minutes(1))) struct DownloadTests {
    static let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    func download(_ address: String) -> Download {
        Download(
            address: address, sha256: hexSHA256(Self.body), silence: 10, duration: 30, attempts: 3, pause: 0.02,
            console: .silent)
    }

    func error(_ download: Download) -> DownloadError? {
        do {
            _ = try download.bytes(announcedAs: "a test")
            return nil
        } catch {
            return error
        }
    }

    @Test func aGoodServerDelivers() throws {
        let server = try LoopbackServer([.body(Self.body)])
        #expect(try download(server.address).bytes(announcedAs: "a test") == Self.body)
        #expect(server.connections == 1)
    }

    @Test func redirectionsAreFollowed() throws {
        let target = try LoopbackServer([.body(Self.body)])
        let server = try LoopbackServer([.redirect(to: target.address)])
        #expect(try download(server.address).bytes(announcedAs: "a test") == Self.body)
    }

    @Test func aServerInTroubleIsAskedAgain() throws {
        let server = try LoopbackServer([.status(500), .half(Self.body), .body(Self.body)])
        #expect(try download(server.address).bytes(announcedAs: "a test") == Self.body)
        #expect(server.connections == 3)
    }

    @Test func butNotForEver() throws {
        let server = try LoopbackServer([.status(500), .status(503), .status(502), .body(Self.body)])
        #expect(error(download(server.address)) == .status(502))
        #expect(server.connections == 3)
    }

    @Test func aTruncatedBodyIsNotTaken() throws {
        let server = try LoopbackServer([.half(Self.body), .half(Self.body), .half(Self.body)])
        guard case .broken = error(download(server.address)) else {
            Issue.record("a truncated body was taken, or for something else")
            return
        }
    }

    @Test(arguments: [404, 403, 204])
    func aRefusalIsFinal(status: Int) throws {
        let server = try LoopbackServer([.status(status), .body(Self.body)])
        #expect(error(download(server.address)) == .status(status))
        #expect(server.connections == 1)
    }

    @Test func anotherFileIsNotTaken() throws {
        let other = Array("<html>Please log in</html>".utf8)
        let server = try LoopbackServer([.body(other), .body(Self.body)])
        let expected = DownloadError.otherContents(hexSHA256(other), expected: hexSHA256(Self.body))
        #expect(error(download(server.address)) == expected)
        #expect(server.connections == 1)
    }

    @Test func aFileWithoutEndIsNotTaken() throws {
        let server = try LoopbackServer([.body([UInt8](repeating: 7, count: DataFile.sizeLimit + 1))])
        #expect(error(download(server.address)) == .tooLarge)
    }

    @Test(arguments: [LoopbackServer.Reply.silence, .stall(body)])
    func aSilentServerIsGivenUp(reply: LoopbackServer.Reply) throws {
        let server = try LoopbackServer([reply])
        let start = Date()
        var impatient = download(server.address)
        impatient.silence = 0.4
        #expect(error(impatient) == .silent(seconds: 0.4))
        #expect(Date().timeIntervalSince(start) < 5)
    }

    @Test func aSlowServerIsGivenUp() throws {
        let server = try LoopbackServer([.drip(Self.body)])
        var impatient = download(server.address)
        impatient.duration = 0.6
        let start = Date()
        #expect(error(impatient) == .tooSlow(seconds: 0.6))
        #expect(Date().timeIntervalSince(start) < 3)
    }

    @Test func aClosedPortIsReportedAtOnce() throws {
        let start = Date()
        guard case .unreachable = error(download("http://127.0.0.1:1/file")) else {
            Issue.record("a closed port was not reported as unreachable")
            return
        }
        #expect(Date().timeIntervalSince(start) < 5)
    }

    /// Uses the time limits of the real address, as on a machine without a network.
    @Test func anUnknownHostIsReportedSoon() throws {
        let start = Date()
        let nowhere = Download(address: "https://nowhere.invalid/file", sha256: "", console: .silent)
        switch error(nowhere) {
        case .unreachable, .silent: break
        case let other: Issue.record("an unknown host was reported as \(String(describing: other))")
        }
        #expect(Date().timeIntervalSince(start) < 20)
    }

    @Test(arguments: ["", "ftp://127.0.0.1/file", "file:///etc/hosts", "no address"])
    func onlyTheWebIsAsked(address: String) {
        #expect(error(download(address)) == .unusableAddress)
    }

    @Test func withoutCurlNothingIsAskedAndTheErrorSaysSo() throws {
        let server = try LoopbackServer([.body(Self.body)])
        var download = download(server.address)
        download.curl = nil
        #expect(error(download) == .noCurl)
        #expect(server.connections == 0)

        try withFolder { home in
            var housing = try TinyCalifornia().housing(at: server.address)
            housing.archive.curl = nil
            let error = thrown(DatasetError.self) { _ = try housing.load(from: home, downloadIfMissing: true) }
            let text = error?.description ?? ""
            #expect(text.contains("the program curl"), "\(text)")
            #expect(text.contains("install curl, or put cal_housing.tgz"), "\(text)")
        }
    }

    @Test func aProgramThatCannotRunIsAnError() throws {
        try withFolder { folder in
            let program = folder.appendingPathComponent("curl")
            try write(Array("#!/nowhere/sh\n".utf8), to: program)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
            var download = download("http://127.0.0.1:1/file")
            download.curl = program
            guard case .failed = error(download) else {
                Issue.record("a program that cannot run was not reported")
                return
            }
        }
    }

    /// A program in the place of curl, which writes down how it was called.
    @Test func curlIgnoresTheUsersConfigurationAndTakesNoAddressForAnOption() throws {
        try withFolder { folder in
            let program = folder.appendingPathComponent("curl")
            try write(
                Array("#!/bin/sh\nprintf '%s\\n' \"$@\" > '\(folder.path)/arguments'\nexit 7\n".utf8), to: program)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
            var download = download("http://127.0.0.1/a file?[1-3]&b='$(c)'")
            download.curl = program
            guard case .unreachable = error(download) else {
                Issue.record("curl's status 7 was not taken for an unreachable server")
                return
            }
            let text = try String(contentsOf: folder.appendingPathComponent("arguments"), encoding: .utf8)
            let arguments = text.split(separator: "\n").map(String.init)
            #expect(arguments.first == "--disable")
            #expect(arguments.suffix(2) == ["--url", download.address])
            let output = try #require(arguments.firstIndex(of: "--output").map { arguments[$0 + 1] })
            #expect(!FileManager.default.fileExists(atPath: URL(filePath: output).deletingLastPathComponent().path))
            for option in ["--fail", "--globoff", "Accept-Encoding: identity", "=https,http"] {
                #expect(arguments.contains(option), "\(option)")
            }
        }
    }

    @Test func programsAreFoundInThePathAndInTheUsualFolders() throws {
        try withFolder { folder in
            let program = folder.appendingPathComponent("curl")
            try write([], to: program)
            #expect(SystemProgram.find("curl", path: folder.path)?.path != program.path, "it cannot be executed")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
            #expect(SystemProgram.find("curl", path: "relative::/nowhere:\(folder.path)")?.path == program.path)
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("sh"), withIntermediateDirectories: true)
            #expect(SystemProgram.find("sh", path: folder.path)?.path.hasSuffix("bin/sh") == true)
            #expect(SystemProgram.find("no such program", path: nil) == nil)
        }
    }

    @Test func aLogGetsWholeLines() throws {
        let server = try LoopbackServer([.status(500), .body(Self.body)])
        let log = Transcript()
        var download = download(server.address)
        download.console = log.console(isTerminal: false)
        _ = try download.bytes(announcedAs: "a test")
        let title = "Downloading a test from \(server.address)"
        #expect(log.text == "\(title)\n\(title): the server answered with status 500; trying again\n\(title): done\n")
    }

    @Test func aTerminalGetsOneLineThatIsRedrawn() throws {
        let server = try LoopbackServer([.body(Self.body)])
        let terminal = Transcript()
        var download = download(server.address)
        download.console = terminal.console(isTerminal: true)
        _ = try download.bytes(announcedAs: "a test")
        #expect(terminal.text.contains("\rDownloading a test from \(server.address): 200 of 200 kB"))
        #expect(terminal.text.filter { $0 == "\n" }.count == 1)
        #expect(terminal.text.hasSuffix(": done\u{1B}[K\n"))
    }
}
