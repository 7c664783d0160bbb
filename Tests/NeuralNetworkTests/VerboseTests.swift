import ScikitLearnCases
import Testing

@testable import NeuralNetwork

// Since Swift 6.2, Swift Testing can run a test in a separate process.
#if compiler(>=6.2)

    /// Compares the lines that `verbose` prints with scikit-learn's.
    ///
    /// All tests of a process share standard output, so the lines are printed by a separate process.
    @Suite struct VerboseTests {
        private static func cases() throws -> [ScikitLearnCase] {
            try Fixture.cases().filter { $0.stored.expected.printed != nil }
        }

        @Test func linesEqualScikitLearns() async throws {
            let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                for testCase in try Self.cases() {
                    print("=== \(testCase.stored.name)")
                    try testCase.withModel { _ = try testCase.train($0) }
                }
                print("===")
            }
            let printed = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
            let expected = try Self.cases().flatMap { ["=== \($0.stored.name)"] + ($0.stored.expected.printed ?? []) }
            let lines = printed.split(separator: "\n").map(String.init)
            let first = try #require(lines.firstIndex { $0.hasPrefix("=== ") })
            let last = try #require(lines.lastIndex(of: "==="))
            #expect(Array(lines[first..<last]) == expected)
        }
    }

#endif
