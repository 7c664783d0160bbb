import Foundation
import TestSupport
import Testing

/// Two processes on two machines: network namespaces with an address each.
@Suite(.serialized, .enabled(if: TwoMachines.areAllowed, TwoMachines.reason))
struct NetworkTests {
    @Test func equalsOneProcess() throws {
        let machines = try TwoMachines([], "law", "short")
        #expect(machines.output == ["10 cases, all equal\n", ""], "\(machines.errors)")
        #expect(machines.status == [0, 0])
    }

    @Test func aCutCableEndsBothInTime() throws {
        let machines = try TwoMachines(["--cut", "1"], "throws", "99")
        #expect(machines.output[0].hasPrefix("training\n"))
        for rank in 0..<2 {
            #expect(machines.status[rank] == 3, "\(machines.errors)")
            #expect(
                machines.errors[rank].contains(
                    "rank \(rank) of 2: rank \(1 - rank) has been silent for 6 seconds: "
                        + "it hangs, or its machine or the network is gone\n"), "\(machines.errors)")
            #expect(machines.seconds[rank] < 10)
        }
    }
}

/// What a program has done in two processes on two machines.
private struct TwoMachines {
    let output: [String]
    let errors: [String]
    let status: [Int]
    /// The seconds from the cut on, where there was one.
    let seconds: [Double]

    /// Whether this process may make network namespaces.
    static let areAllowed: Bool = {
        let needed = ["/usr/bin/mpirun.openmpi", "/usr/bin/unshare"]
        guard getuid() == 0, needed.allSatisfy({ FileManager.default.isExecutableFile(atPath: $0) }) else {
            return false
        }
        let command = "ip netns add mlptest$$ && ip netns del mlptest$$"
        return (try? Run(["/bin/sh", "-c", command]).status) == 0
    }()

    static let reason: Comment = "needs OpenMPI, iproute2 and the right to make network namespaces"

    /// Runs the program of the tests.
    init(_ options: [String], _ arguments: String...) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "machines-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "two-machines.sh")
        _ = try Run(
            ["/bin/bash", script.path] + options + [folder.path, Run.executable("MPIProgram").path] + arguments,
            environment: Launcher.environment)
        func text(_ name: String, _ rank: Int) -> String {
            (try? String(contentsOf: folder.appending(path: "\(name).\(rank)"), encoding: .utf8)) ?? ""
        }
        func number<Value: LosslessStringConvertible>(_ name: String, _ rank: Int) -> Value? {
            Value(text(name, rank).trimmingCharacters(in: .newlines))
        }
        output = (0..<2).map { text("output", $0) }
        errors = (0..<2).map { text("errors", $0) }
        status = (0..<2).map { number("status", $0) ?? -1 }
        seconds = (0..<2).map { number("seconds", $0) ?? .infinity }
    }
}
