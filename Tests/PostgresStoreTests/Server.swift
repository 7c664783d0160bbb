import Foundation
import Testing

/// A PostgreSQL server of a test's own, in a folder and on a socket of its own.
///
/// One thread at a time starts and stops it.
final class Server: @unchecked Sendable {
    /// The folder of the server's programs; nil if it is not installed.
    static let programs: URL? = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let folders = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "/usr/lib/postgresql/\($0)/bin" }
        let others = ["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin", "/opt/homebrew/opt/postgresql/bin"]
        let found = (folders + others).first { folder in
            ["initdb", "postgres", "psql"].allSatisfy {
                FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)")
            }
        }
        if found == nil {
            FileHandle.standardError.write(
                Data("==> NO TEST OF SEARCHES OVER POSTGRESQL RUNS, because there is no PostgreSQL server\n".utf8))
        }
        return found.map { URL(filePath: $0) }
    }()

    /// The comment of tests that are skipped without a server.
    static let reason: Comment = "needs the programs of a PostgreSQL server: Scripts/test-machines.sh installs them"

    private let folder: URL
    private var process: Process?
    private var socket: String { folder.path.replacing("/", with: "%2F") }

    /// The URL of the database, for its owner.
    var url: String { url(user: "postgres") }

    /// The URL of the database.
    func url(user: String = "postgres", database: String = "postgres", options: String = "") -> String {
        "postgres://\(user)@\(socket)/\(database)\(options)"
    }

    /// Calls `body` with a new server, which is stopped and removed afterwards.
    static func run(_ body: (Server) throws -> Void) throws {
        let server = try Server()
        defer { server.remove() }
        try server.start()
        try body(server)
    }

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pg-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The server refuses to run as root.
        if geteuid() == 0, let user = getpwnam("postgres") {
            guard chown(folder.path, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else { throw Failure("chown") }
        }
        try Server.program(
            "initdb", "-D", "\(folder.path)/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N")
    }

    func start() throws {
        let log = folder.appending(path: "log")
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let handle = try FileHandle(forWritingTo: log)
        try handle.seekToEnd()
        process = try Server.process(
            "postgres",
            ["-D", "\(folder.path)/data", "-k", folder.path]
                + ["listen_addresses=", "fsync=off", "max_connections=40"].flatMap { ["-c", $0] }, writingTo: handle)
        for _ in 0..<200 {
            if (try? sql("SELECT")) != nil { return }
            usleep(50_000)
        }
        throw Failure("the server does not start: \((try? String(contentsOf: log, encoding: .utf8)) ?? "")")
    }

    /// Stops the server as a power failure does: what it has not written is lost.
    func crash() throws {
        guard let process else { return }
        kill(process.processIdentifier, SIGQUIT)
        process.waitUntilExit()
        self.process = nil
    }

    private func remove() {
        try? crash()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs SQL and returns what it prints.
    @discardableResult
    func sql(_ text: String) throws -> String {
        try Server.program("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", text)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    /// Starts a program of the server, as a user that is not root.
    private static func process(_ name: String, _ arguments: [String], writingTo file: FileHandle) throws -> Process {
        let path = try #require(programs).appending(path: name).path
        let isRoot = geteuid() == 0
        let process = Process()
        process.executableURL = URL(filePath: isRoot ? "/usr/bin/setpriv" : path)
        process.arguments =
            (isRoot ? ["--reuid=postgres", "--regid=postgres", "--clear-groups", path] : []) + arguments
        process.currentDirectoryURL = URL(filePath: "/")
        (process.standardInput, process.standardOutput, process.standardError) = (FileHandle.nullDevice, file, file)
        try process.run()
        return process
    }

    /// Runs a program of the server and returns what it prints.
    @discardableResult
    private static func program(_ name: String, _ arguments: String...) throws -> String {
        let output = FileManager.default.temporaryDirectory.appending(path: "pg-\(UUID().uuidString).txt")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let process = try process(name, arguments, writingTo: FileHandle(forWritingTo: output))
        process.waitUntilExit()
        let text = try String(contentsOf: output, encoding: .utf8)
        guard process.terminationStatus == 0 else { throw Failure("\(name): \(text)") }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension Server {
    /// Calls `body` with the path of a folder on a disk of 2 MB. Only root can do this.
    func withSmallDisk(_ body: (String) throws -> Void) throws {
        let space = "/tmp/small-disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: space, withIntermediateDirectories: true)
        func run(_ program: String, _ arguments: String...) throws {
            let process = try Process.run(URL(filePath: "/usr/bin/\(program)"), arguments: arguments)
            process.waitUntilExit()
            if process.terminationStatus != 0 { throw Failure("\(program) failed") }
        }
        guard let user = getpwnam("postgres") else { throw Failure("there is no user postgres") }
        try run("mount", "-t", "tmpfs", "-o", "size=2m,uid=\(user.pointee.pw_uid),mode=700", "tmpfs", space)
        defer {
            try? run("umount", "-l", space)
            try? FileManager.default.removeItem(atPath: space)
        }
        try body(space)
    }
}
