import CMPI
import Foundation
import LinearAlgebra

/// Runs programs of several processes, which `mpirun` or `srun` has started.
///
/// ```swift
/// try MPI.run { group in
///     try mlp.fit(part, y, across: group)
/// }
/// ```
public enum MPI {
    /// MPI can begin once in a process.
    private static let hasBegun = Locked(false)

    /// Joins the processes that the launcher has started, runs `body` with them, and leaves the group.
    ///
    /// Each process runs the same program. If a process throws, the others throw an error that quotes its error as soon
    /// as they wait for it. If a process is killed, hangs or cannot be reached, all processes end within ten seconds.
    /// Each process writes the reason to standard error. After an error, the group cannot be used again: let the
    /// program end.
    ///
    /// The MPI library must be OpenMPI 4 or later or MPICH 3.2 or later, and the launcher must belong to it. The
    /// library is opened at run time: programs build and start without it. Without a launcher, the group has one
    /// process.
    ///
    /// - Parameters:
    ///   - library: the name or the path of the MPI library; nil for the installed one. If both OpenMPI and MPICH are
    ///     installed, nil stands for the library of the launcher.
    ///   - patience: how long a process may send no heartbeat before the others end, at least one second. A process
    ///     sends heartbeats while it computes. Default seven seconds.
    ///   - body: what to do with the other processes.
    /// - Returns: what `body` returns.
    /// - Throws: ``MPIError`` if there is no library, if this process has called `run` before, or if another process
    ///   has ended; any error of `body`.
    public static func run<Result>(
        library: String? = nil, patience: Duration = .seconds(7), _ body: (_ group: MPIGroup) throws -> Result
    ) throws -> Result {
        guard patience >= .seconds(1) else {
            throw MPIError("patience must be at least one second, but is \(patience)")
        }
        try hasBegun.withLock { hasBegun in
            if hasBegun { throw MPIError("MPI.run can be called once in a process: do all work in one call") }
            try open(library.map { [$0] } ?? usualNames)
            hasBegun = true
        }
        try check(cmpi_begin())
        let group = try MPIGroup(patience: patience)
        return try group.run(body)
    }

    #if os(macOS)
        private static let (openMPI, mpich) = (["libmpi.40.dylib", "libmpi.dylib"], ["libmpich.12.dylib"])
        private static let remedy = "brew install open-mpi"
    #else
        private static let (openMPI, mpich) = (["libmpi.so.40"], ["libmpich.so.12", "libmpi.so.12"])
        private static let remedy = "apt install openmpi-bin, or mpich"
    #endif

    /// The names of the libraries, first those of the launcher. MPICH's launcher sets `PMI_SIZE`, OpenMPI's another variable.
    private static var usualNames: [String] {
        let variables = ProcessInfo.processInfo.environment
        let isMPICH = variables["PMI_SIZE"] != nil && variables["OMPI_COMM_WORLD_SIZE"] == nil
        return isMPICH ? mpich + openMPI : openMPI + mpich
    }

    private static func open(_ names: [String]) throws {
        var problems: [String] = []
        for name in names {
            guard let problem = cmpi_open(name) else { return }
            problems.append(String(cString: problem))
        }
        throw MPIError(
            "training over several processes needs an MPI library, but none can be opened "
                + "(\(problems.joined(separator: "; "))); install it: \(remedy).")
    }

    /// Throws if a function of the library has failed.
    static func check(_ error: CInt) throws {
        guard error != 0 else { return }
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024) { text -> String in
            guard let start = text.baseAddress else { return "" }
            cmpi_describe(error, start)
            return String(cString: start)
        }
        throw MPIError("MPI has failed: \(text)")
    }
}
