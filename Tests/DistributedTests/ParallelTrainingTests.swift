import Foundation
import TestSupport
import Testing

/// Training in several processes equals training in one.
@Suite(.serialized, .enabled(if: Launcher.first != nil, Launcher.reason))
struct ParallelTrainingTests {
    @Test(arguments: [1, 2, 3, 4])
    func equalsOneProcess(ranks: Int) throws {
        let run = try #require(Launcher.first).run(ranks, "MPIProgram", "law")
        #expect(run.output == "70 cases, all equal\n")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    }

    @Test(arguments: Launcher.installed)
    func everyLibraryServes(launcher: Launcher) throws {
        let run = try launcher.run(3, "MPIProgram", "law", "short")
        #expect(run.output == "10 cases, all equal\n")
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test(arguments: [2, 3])
    func runsHaveTheSameBits(ranks: Int) throws {
        let launcher = try #require(Launcher.first)
        let runs = try (0..<3).map { _ in try launcher.run(ranks, "MPIProgram", "checksum").output }
        #expect(runs[0].split(separator: "\n").count == 17 && runs.allSatisfy { $0 == runs[0] })
        let one = try launcher.run(1, "MPIProgram", "checksum").output
        #expect(one.split(separator: "\n").dropLast() == runs[0].split(separator: "\n").dropLast())
    }

    @Test(arguments: [(3, 2), (1, 4), (2, 1)])
    func checkpointsResumeOnAnotherNumberOfProcesses(before: Int, after: Int) throws {
        let launcher = try #require(Launcher.first)
        let folder = FileManager.default.temporaryDirectory.appending(path: "mpi-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "model.safetensors").path
        #expect(try launcher.run(before, "MPIProgram", "train", file).status == 0)
        for alone in after == 1 ? ["alone", "group"] : ["group"] {
            let run = try launcher.run(after, "MPIProgram", "resume", file, alone)
            #expect(run.output == "12 losses, difference small\n" && run.status == 0, "\(run.errors)")
        }
    }

    @Test(.enabled(if: RealTable.folder != nil, RealTable.reason), arguments: [1, 2, 3, 4])
    func housingPrintsWhatScikitLearnPrints(ranks: Int) throws {
        let file = try #require(RealTable.folder).appending(path: "cal_housing.data").path
        let run = try #require(Launcher.first).run(ranks, "ParallelHousing", "--file", file)
        #expect(run.status == 0, "\(run.errors)")
        let expected = try String(
            contentsOf: URL(filePath: #filePath).appending(path: "../../WalkthroughTests/Fixtures/housing.txt")
                .standardized,
            encoding: .utf8)
        #expect(
            run.output.split(separator: "\n").dropLast() == expected.split(separator: "\n").dropLast()
                && run.output.split(separator: "\n").count == 101)
    }
}

/// Processes that fail end all others, each with a reason.
@Suite(.serialized, .enabled(if: Launcher.first != nil, Launcher.reason))
struct FailureTests {
    /// Requires that a run ends in time with a sentence of each process.
    private func expectEnd(_ run: Run, _ sentences: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(run.status != 0 && run.seconds < 11, "\(run.seconds) s", sourceLocation: sourceLocation)
        for sentence in sentences {
            #expect(run.errors.contains(sentence), "\(run.errors)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: Launcher.installed)
    func aProcessThatThrows(launcher: Launcher) throws {
        expectEnd(
            try launcher.run(3, "MPIProgram", "throws", "1"),
            [
                "rank 1 of 3: the program stops\n",
                "rank 0 of 3: rank 1 of 3 has stopped: the program stops\n",
                "rank 2 of 3: rank 1 of 3 has stopped: the program stops\n",
            ])
    }

    @Test(arguments: [0, 1])
    func aProcessThatIsKilled(rank: Int) throws {
        expectEnd(
            try #require(Launcher.first).run(2, "MPIProgram", "dies", "\(rank)"),
            ["rank \(1 - rank) of 2: the launcher ends this process"])
    }

    @Test func aProcessThatHangs() throws {
        let run = try #require(Launcher.first).run(3, "MPIProgram", "hangs", "1")
        expectEnd(
            run,
            ["rank 2 of 3: rank 1 has been silent for 6 seconds", "rank 0 of 3: rank 1 has been silent for 6 seconds"])
    }

    @Test func aProcessThatThrowsWhileOthersCompute() throws {
        expectEnd(
            try #require(Launcher.first).run(2, "MPIProgram", "computes"),
            [
                "rank 0 of 2: the program stops\n", "rank 1 of 2: rank 0 of 2 has stopped: the program stops\n",
            ])
    }

    @Test(arguments: [
        (
            "parameters",
            "the estimator must be the same in all processes, but rank 1 has MLPRegressor(hiddenLayerSizes: [5], alpha: 0.5"
        ),
        ("columns", "the number of columns of x must be the same in all processes, but rank 1 has 7 and rank 0 has 6"),
        (
            "weights",
            "the network to continue from must be the same in all processes, but rank 1 has one with the checksum"
        ),
        ("data", "x[3, 1] is nan"),
    ])
    func aProcessThatDiffers(how: String, sentence: String) throws {
        let run = try #require(Launcher.first).run(2, "MPIProgram", how)
        expectEnd(run, ["rank 0 of 2: rank 1 of 2 has stopped: "])
        #expect(run.errors.components(separatedBy: sentence).count == 3, "\(run.errors)")
    }

    @Test func withoutALibraryTheErrorSaysWhatToInstall() throws {
        let run = try Run([Run.executable("MPIProgram").path], environment: ["SWIFT_MLP_TEST_LIBRARY": "libnone.so"])
        #expect(run.status == 3 && run.output.contains("needs an MPI library, but none can be opened"))
        #expect(run.output.contains("libnone.so") && run.output.contains("install it: "))
    }
}
