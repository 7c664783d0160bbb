import Foundation
import ModelFiles
import TestSupport
import Testing

/// The examples as a user runs them: separate processes, whose standard output is compared with scikit-learn's.
@Suite struct WalkthroughTests {
    @Test func irisPrintsWhatScikitLearnPrints() throws {
        let run = try Run("IrisWalkthrough")
        #expect(run.status == 0)
        #expect(run.output == (try fixture("iris.txt")))
    }

    @Test(
        .enabled(if: RealTable.folder != nil, RealTable.reason))
    func housingPrintsWhatScikitLearnPrints() throws {
        let run = try Run("HousingWalkthrough", dataHome: try #require(RealTable.folder).path)
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n")
        let expected = try fixture("housing.txt").split(separator: "\n")
        #expect(lines.dropLast() == expected.dropLast())

        // The losses are equal in all of their digits, the error in the first ten.
        let error = try #require(lines.last.flatMap { Double($0.split(separator: " ").last ?? "") })
        let expectedError = try #require(expected.last.flatMap { Double($0.split(separator: " ").last ?? "") })
        #expect(lines.last?.hasPrefix("Error cuadrático medio del modelo: ") == true)
        #expect(abs(error - expectedError) < 1e-10 * expectedError)
    }

    @Test func withoutTableAndNetworkHousingSaysTwiceThatItsTableIsSynthetic() throws {
        try withFolder { empty in
            // A proxy that does not answer keeps the test off the network.
            let run = try Run("HousingWalkthrough", dataHome: empty.path, proxy: "http://127.0.0.1:9")
            #expect(run.status == 0)
            #expect(run.errors.components(separatedBy: "SYNTHETIC").count - 1 == 2)
            #expect(run.output.split(separator: "\n").count == 101)
            #expect(!run.output.contains("0.3287011532"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: empty.path).isEmpty)
        }
    }

    @Test func exploringComesBeforeTheLosses() throws {
        let run = try Run("IrisWalkthrough", "--explore")
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("150 × 4\nsepal length (cm)"))
        #expect(run.output.contains("setosa, versicolor, virginica"))
        #expect(run.output.hasSuffix(try fixture("iris.txt")))
    }

    @Test func picturesComeBesideAndChangeNoOutput() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plots-\(UUID().uuidString)/new")
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
        let run = try Run("IrisWalkthrough", "--plots", folder.path)
        #expect(run.status == 0)
        #expect(run.output == (try fixture("iris.txt")))
        let plots = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(plots == ["iris-confusion-matrix.svg", "iris-loss.svg"])

        let incomplete = try Run("HousingWalkthrough", "--plots")
        #expect(incomplete.status == 2)
        #expect(incomplete.errors.contains("--plots FOLDER"))
    }

    @Test(arguments: [
        "IrisWalkthrough", "HousingWalkthrough", "TuneIris", "AdultStyleTable", "LargerThanMemory", "SharedSearch",
        "ParallelHousing",
    ])
    func helpAndUnknownOptionsListTheOptions(example: String) throws {
        let help = try Run(example, "--help")
        #expect(help.status == 0)
        #expect(help.output.contains("usage: \(example)"))
        #expect(help.output.contains("--help"))
        #expect(help.errors.isEmpty)

        let unknown = try Run(example, "--no-such-option")
        #expect(unknown.status == 2)
        #expect(unknown.output.isEmpty)
        #expect(unknown.errors.contains("error: '--no-such-option' is not an option"))
        #expect(unknown.errors.hasSuffix(help.output))
    }

    @Test func aNumberOfRowsIsChecked() throws {
        for rows in ["9999", "many", "1e6"] {
            let run = try Run("LargerThanMemory", rows)
            #expect(run.status == 2)
            #expect(run.errors.contains("ROWS must be an integer of at least 10000, but is '\(rows)'"))
        }
    }

    @Test func tuningIrisEndsWithAReport() throws {
        let run = try Run("TuneIris")
        #expect(run.status == 0)
        #expect(run.output.contains("last.activation  last.alpha  last.hiddenLayerSizes  meanTestScore"))
        #expect(run.output.contains("Best: {last.activation: "))
        #expect(run.output.contains("   virginica "))
    }

    @Test func theTableOfPeopleIsLearned() throws {
        let run = try Run("AdultStyleTable")
        #expect(run.status == 0)
        #expect(run.output.contains("600 rows × 6 columns"))
        #expect(run.output.contains("last.alpha  meanTestScore"))
        #expect(run.output.contains("weighted avg"))
    }

    /// Reading and training takes less memory than the size of the file, because batches are released.
    @Test func aFileLargerThanMemoryIsLearned() throws {
        let run = try Run("LargerThanMemory")
        #expect(run.status == 0)
        let score = try #require(run.output.firstMatch(of: /not seen: (.*)/)).1
        #expect(try #require(Double(score)) > 0.9)
        #if os(Linux)
            let sizes = run.output.matches(of: /([0-9]+) MB/).compactMap { Int($0.1) }
            try #require(sizes.count == 2)
            #expect(sizes[1] < sizes[0])
        #endif
    }

    private func fixture(_ name: String) throws -> String {
        try String(contentsOf: Bundle.module.bundleURL.appending(path: "Fixtures/\(name)"), encoding: .utf8)
    }
}

extension Run {
    /// Runs an example.
    fileprivate init(_ name: String, _ arguments: String..., dataHome: String? = nil, proxy: String? = nil) throws {
        var environment: [String: String?] = ["SWIFT_MLP_DATA": dataHome]
        if let proxy { for key in ["http_proxy", "https_proxy", "all_proxy"] { environment[key] = proxy } }
        try self.init([Run.executable(name).path] + arguments, environment: environment)
    }
}
