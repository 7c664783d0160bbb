import Estimators
import Foundation
import LinearAlgebra
import Terminal
import TestSupport
import Testing

@testable import NeuralNetwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The output of `.progressBar` on terminals and elsewhere.
@Suite struct EpochBarTests {
    private func epoch(_ index: Int, elapsed: Double) -> TrainingEpoch {
        TrainingEpoch(
            index: index, loss: 1 / Double(index), validationLoss: nil, validationScore: nil, learningRate: 1,
            seconds: 1, elapsed: elapsed)
    }

    private func lines(on terminal: PseudoTerminal) -> [String] {
        terminal.contents().components(separatedBy: "\u{1B}[K").filter { $0 != "\r\n" }
    }

    @Test func redrawsOneLineOnATerminal() throws {
        let terminal = try #require(PseudoTerminal(columns: 60))
        var bar = EpochBar(maxIter: 4, on: Console(file: terminal.file, kind: "xterm"))
        bar.show(epoch(1, elapsed: 50))
        bar.show(epoch(2, elapsed: 50.01))
        bar.show(epoch(3, elapsed: 60))
        bar.finish()
        // The second epoch came too soon to be drawn, but is part of the curve.
        let last = "\r█████████░░░░ 3/4 loss █▃▁           0.3333, ≤ 20 s left\u{1B}[K"
        #expect(
            terminal.contents()
                == "\r███░░░░░░░░░░ 1/4 loss ▄             1.0000, ≤ 0:02:30 left\u{1B}[K\(last)\(last)\r\n")
    }

    @Test func redrawsAtMostTenTimesASecond() throws {
        let terminal = try #require(PseudoTerminal(columns: 80))
        var bar = EpochBar(maxIter: 5_000, on: Console(file: terminal.file, kind: "xterm"))
        var count = 0
        for index in 1...3_000 {
            bar.show(epoch(index, elapsed: Double(index) / 1_000))
            if terminal.contents().hasPrefix("\r") { count += 1 }
        }
        #expect((29...31).contains(count))
    }

    @Test func adaptsToTheWindowSize() throws {
        let terminal = try #require(PseudoTerminal(columns: 100))
        var bar = EpochBar(maxIter: 1_000, on: Console(file: terminal.file, kind: "xterm"))
        for (index, columns) in [100, 40, 20, 12, 3, 1, 500].enumerated() {
            terminal.resize(columns: columns)
            bar.show(epoch(index + 1, elapsed: Double(index)))
            let line = try #require(lines(on: terminal).first)
            #expect(line.hasPrefix("\r") && line.count - 1 < columns)
        }
    }

    /// A resumed run shows its whole curve.
    @Test func showsEarlierEpochsOfAResumedRun() throws {
        let terminal = try #require(PseudoTerminal(columns: 80))
        var bar = EpochBar(
            maxIter: 4, after: [epoch(1, elapsed: 1), epoch(2, elapsed: 2)],
            on: Console(file: terminal.file, kind: "xterm"))
        bar.show(epoch(3, elapsed: 3))
        #expect(terminal.contents().contains(" loss █▃▁ "))
    }

    @Test func writesNothingWithoutAnEpoch() throws {
        let terminal = try #require(PseudoTerminal(columns: 80))
        var bar = EpochBar(maxIter: 4, on: Console(file: terminal.file, kind: "xterm"))
        bar.finish()
        #expect(terminal.contents().isEmpty)
    }

    @Test func writesNothingWithoutATerminal() throws {
        let pipe = Pipe()
        var bar = EpochBar(
            maxIter: 4, on: Console(file: pipe.fileHandleForWriting.fileDescriptor, kind: "xterm"))
        bar.show(epoch(1, elapsed: 1))
        bar.finish()
        try pipe.fileHandleForWriting.close()
        #expect(try pipe.fileHandleForReading.readToEnd() ?? Data() == Data())

        let terminal = try #require(PseudoTerminal(columns: 80))
        bar = EpochBar(maxIter: 4, on: Console(file: terminal.file, kind: "dumb"))
        bar.show(epoch(1, elapsed: 1))
        bar.finish()
        #expect(terminal.contents().isEmpty)
    }

    // Since Swift 6.3, Swift Testing can run a test with captured values in a separate process.
    #if compiler(>=6.3)
        @Test(arguments: Solver.allCases) func fitDrawsOnStandardError(solver: Solver) async throws {
            let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                [solver = solver.rawValue as String] in
                let terminal = try #require(PseudoTerminal(columns: 120))
                dup2(terminal.file, STDERR_FILENO)
                setenv("TERM", "xterm", 1)
                try EpochBarTests.train(#require(Solver(rawValue: solver)))
                print(terminal.contents())
            }
            let text = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
            // Warnings come after the last line.
            let lines = text.components(separatedBy: "\u{1B}[K").dropLast()
            #expect(lines.count >= 2 && lines.dropFirst().allSatisfy { $0.first == "\r" && $0.count <= 120 }, "\(text)")
            let last = try #require(lines.last)
            #expect([" 20/20 loss █", "▁ ", ", val █", ", score "].allSatisfy(last.contains), "\(text)")
        }

        @Test(arguments: Solver.allCases) func fitWritesNothingToAPipe(solver: Solver) async throws {
            let result = await #expect(
                processExitsWith: .success, observing: [\.standardErrorContent, \.standardOutputContent]
            ) { [solver = solver.rawValue as String] in
                setenv("TERM", "xterm", 1)
                print("=== begin")
                try EpochBarTests.train(#require(Solver(rawValue: solver)))
                print("=== end")
            }
            let written = try #require(result)
            #expect(String(decoding: written.standardOutputContent, as: UTF8.self).contains("=== begin\n=== end\n"))
            let errors = String(decoding: written.standardErrorContent, as: UTF8.self)
            #expect(!errors.contains { "\u{1B}\r█░▁▄".contains($0) } && !errors.contains("loss"), "\(errors)")
        }

        private static func train(_ solver: Solver) throws {
            let x: Matrix<Double> = try SmallData.features()
            let y = SmallData.numbers(x)
            var mlp = MLPRegressor(solver: solver, maxIter: 20, randomState: 1, tol: 0, verbose: .progressBar)
            try mlp.fit(x, y, validation: (x, y))
        }
    #endif
}
