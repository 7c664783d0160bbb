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

    /// One thread for each process: there may be more of them than processors.
    static let environment: [String: String?] = [
        "OPENBLAS_NUM_THREADS": "1", "OMPI_MCA_btl_base_warn_component_unused": "0",
    ]

    /// Runs an executable of the package in several processes.
    func run(
        _ ranks: Int, _ program: String = "MPIProgram", _ arguments: String..., environment: [String: String?] = [:]
    ) throws -> Run {
        try Run(
            [path] + options + ["-n", "\(ranks)", Run.executable(program).path] + arguments,
            environment: Launcher.environment.merging(environment) { $1 })
    }
}
