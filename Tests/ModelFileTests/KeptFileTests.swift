import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import Preprocessing
import Testing

/// Files that released versions have written go on loading.
///
/// Each release adds one, in a folder of its version's name, and never writes it again (see CONTRIBUTING.md). A test that
/// fails here means that users could not read their models any more: read what is missing with its default, or count up the
/// format's version and read the old one too.
@Suite struct KeptFileTests {
    private typealias Model = Pipeline<StandardScaler, MLPClassifier<String, Double>>

    /// What the file's model predicts, beside it.
    private struct Answers: Codable, Equatable {
        var classes: [String]
        var probabilities: [Double]
        /// After two epochs more, with their losses, which show every state that early stopping's best weights hide.
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

        /// Whether the numbers agree to what another machine's BLAS kernels leave alike.
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

    /// Writes this version's file where `SWIFT_MLP_KEEP` names the folder of fixtures.
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
