import Foundation
import TestSupport
import Testing

/// A launcher of MPI programs on this machine.
struct Launcher: Sendable, CustomStringConvertible {
    let description: String
    let path: String
    let options: [String]

    /// The launchers that are installed: those of OpenMPI and of MPICH.
    static let installed: [Launcher] = {
        let isRoot = getuid() == 0
        let known = [
            Launcher(
                description: "OpenMPI", path: "mpirun.openmpi",
                options: (isRoot ? ["--allow-run-as-root"] : []) + ["--oversubscribe", "--bind-to", "none"]),
            Launcher(description: "MPICH", path: "mpirun.mpich", options: []),
        ]
        return known.compactMap { launcher in
            ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { "\($0)/\(launcher.path)" }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
                .map { Launcher(description: launcher.description, path: $0, options: launcher.options) }
        }
    }()

    static let reason: Comment = "needs mpirun: Scripts/test-machines.sh installs it"

    static var first: Launcher? { installed.first }

    /// Runs an executable of the package in several processes.
    func run(
        _ ranks: Int, _ program: String = "MPIProgram", _ arguments: String..., environment: [String: String] = [:]
    ) throws -> Run {
        try Run(
            [path] + options + ["-n", "\(ranks)", Run.folder.appending(path: program).path] + arguments,
            environment: environment)
    }
}

/// A finished process.
struct Run {
    let status: Int32
    let output: String
    let errors: String
    let seconds: Double

    /// The folder of the package's executables.
    static var folder: URL {
        let bundle = Bundle(for: Marker.self).bundleURL
        let hasPrograms = FileManager.default.isExecutableFile(atPath: bundle.appending(path: "MPIProgram").path)
        return hasPrograms ? bundle : bundle.deletingLastPathComponent()
    }

    private final class Marker {}

    init(_ command: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        // One thread for each process: there may be more of them than processors.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["OPENBLAS_NUM_THREADS": "1", "OMPI_MCA_btl_base_warn_component_unused": "0"]) { $1 }
            .merging(environment) { $1 }
        // Files instead of pipes, because a full pipe blocks the process.
        let folder = FileManager.default.temporaryDirectory.appending(path: "mpi-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func file(_ name: String) throws -> (URL, FileHandle) {
            let url = folder.appending(path: name)
            try Data().write(to: url)
            return (url, try FileHandle(forWritingTo: url))
        }
        let (output, outputHandle) = try file("output")
        let (errors, errorHandle) = try file("errors")
        process.standardOutput = outputHandle
        process.standardError = errorHandle
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        seconds = (ContinuousClock.now - start) / .seconds(1)
        status = process.terminationStatus
        self.output = try String(contentsOf: output, encoding: .utf8)
        self.errors = try String(contentsOf: errors, encoding: .utf8)
    }
}
