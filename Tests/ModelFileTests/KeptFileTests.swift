import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import Preprocessing
import Testing

/// Files of released versions must stay readable.
///
/// Each release adds one file, in a folder named after its version, and never changes it (see CONTRIBUTING.md). If a
/// test fails here, users could no longer read their models: read missing values with their defaults, or raise the
/// version of the format and read the old one too.
@Suite struct KeptFileTests {
    private typealias Model = Pipeline<StandardScaler, MLPClassifier<String, Double>>

    /// The predictions of the model in the file.
    private struct Answers: Codable, Equatable {
        var classes: [String]
        var probabilities: [Double]
        /// Predictions after two more epochs, with the losses, which depend on state that the best weights of early
        /// stopping hide.
        var resumed: [Double]

        init(_ model: Model) throws {
            let x = SmallTables.features()
            classes = try model.predict(x)
            probabilities = try model.predictProba(x).elements
            var scaled = model
            scaled.last.maxIter += 2
            try scaled.last.resume(
                scaled.transformer.transform(x), SmallTables.classes(x, count: 3).map { "class \($0)" })
            resumed = try scaled.predictProba(x).elements + scaled.last.lossCurve
        }

        /// Whether the numbers agree within the differences between BLAS kernels.
        func agrees(with other: Answers) -> Bool {
            func close(_ first: [Double], _ second: [Double]) -> Bool {
                first.count == second.count && zip(first, second).allSatisfy { abs($0 - $1) < 1e-12 }
            }
            return classes == other.classes && close(probabilities, other.probabilities)
                && close(resumed, other.resumed)
        }
    }

    private static var versions: [URL] {
        get throws {
            let fixtures = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
            return try FileManager.default.contentsOfDirectory(at: fixtures, includingPropertiesForKeys: nil)
                .filter { $0.hasDirectoryPath }
        }
    }

    @Test func everyReleasedVersionsFileLoads() throws {
        let versions = try KeptFileTests.versions
        #expect(versions.map(\.lastPathComponent).contains("0.1.0"))
        for version in versions {
            let model = try Model(contentsOf: version.appending(path: "pipeline.safetensors"))
            let kept = try JSONDecoder().decode(
                Answers.self, from: Data(contentsOf: version.appending(path: "pipeline.json")))
            #expect(try Answers(model).agrees(with: kept), "\(version.lastPathComponent)")
        }
    }

    /// Writes this version's file if `SWIFT_MLP_KEEP` names the folder of fixtures.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["SWIFT_MLP_KEEP"] != nil, "only before a release"))
    func keepAFileOfThisVersion() throws {
        let fixtures = try #require(ProcessInfo.processInfo.environment["SWIFT_MLP_KEEP"])
        let folder = URL(filePath: fixtures).appending(path: PackageVersion.current)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let x = SmallTables.features()
        var model = Model(
            StandardScaler(),
            MLPClassifier(
                hiddenLayerSizes: [4], batchSize: 16, maxIter: 5, randomState: 1, earlyStopping: true))
        try model.fit(x, SmallTables.classes(x, count: 3).map { "class \($0)" })
        try model.save(to: folder.appending(path: "pipeline.safetensors"))
        try JSONEncoder().encode(Answers(model)).write(to: folder.appending(path: "pipeline.json"))
    }
}
