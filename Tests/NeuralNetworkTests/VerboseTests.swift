import Testing

@testable import NeuralNetwork

// A process of its own for a test is what Swift Testing has since Swift 6.2.
#if compiler(>=6.2)

    /// The lines that `verbose` prints, letter by letter.
    ///
    /// They go to standard output, which all tests of a process share: a process of its own prints them.
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
