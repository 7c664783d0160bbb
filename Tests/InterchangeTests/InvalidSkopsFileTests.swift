import Composition
import Estimators
import Foundation
import ModelFiles
import NeuralNetwork
import NumPyRandom
import Preprocessing
import Testing

@testable import Interchange

/// Files of another type, truncated files and changed files throw a helpful error.
@Suite struct InvalidSkopsFileTests {
    @Test(arguments: [
        Foreign("foreign", "sklearn.linear_model._logistic.LogisticRegression", "MLPClassifier") {
            _ = try MLPClassifier<Int, Double>(skops: $0)
        },
        Foreign("foreign-pipeline", "steps[1][1]", "sklearn.linear_model._logistic.LogisticRegression") {
            _ = try Pipeline<StandardScaler, MLPClassifier<Int, Double>>(skops: $0)
        },
        Foreign("number-sgd", "MLPRegressor", "MLPClassifier") { _ = try MLPClassifier<Int, Double>(skops: $0) },
        Foreign("standard", "StandardScaler", "MinMaxScaler") { _ = try MinMaxScaler(skops: $0) },
        Foreign("pipeline-number", "2 steps", "MinMaxScaler", "RobustScaler") {
            _ = try Pipeline<StandardScaler, MLPRegressor<Double, Double>>(skops: $0)
        },
        Foreign("strings-adam", "classes_", "integers", "string") { _ = try MLPClassifier<Int, Double>(skops: $0) },
        Foreign("bool-adam-float", "classes_", "integers", "bool") { _ = try MLPClassifier<Int, Double>(skops: $0) },
        Foreign("int-lbfgs", "classes_", "strings") { _ = try MLPClassifier<String, Double>(skops: $0) },
        Foreign("int-lbfgs", "multiclass", "multilabel") { _ = try MLPClassifier<[Int], Double>(skops: $0) },
        Foreign("numbers-adam-float", "Double", "2") { _ = try MLPRegressor<Double, Double>(skops: $0) },
        Foreign("strings-adam", "classes_", "Zebra", "Other") { _ = try MLPClassifier<Other, Double>(skops: $0) },
    ])
    fileprivate func errorNamesTheFoundType(_ foreign: Foreign) throws {
        let file = try skopsFile(foreign.file)
        let error = #expect(throws: (any Error).self) { try foreign.read(file) }
        let text = error.map { "\($0)" } ?? ""
        for mention in foreign.mentions { #expect(text.contains(mention), "\(text)") }
    }

    @Test(arguments: [[], Array("PK".utf8), [UInt8](repeating: 0, count: 100), Array("{\"a\": 1}".utf8)] as [[UInt8]])
    func rejectsOtherFiles(_ bytes: [UInt8]) {
        #expect(throws: InterchangeError.self) { try StandardScaler(skops: Data(bytes)) }
    }

    @Test func rejectsOtherProtocols() throws {
        var zip = try Zip(skopsFile("standard"))
        let text = String(decoding: zip.entries[zip.schema].content, as: UTF8.self)
        zip.entries[zip.schema].content = Array(text.replacing(/"protocol": 2/, with: "\"protocol\": 3").utf8)
        let error = #expect(throws: InterchangeError.self) { try StandardScaler(skops: zip.data) }
        #expect(error?.description.contains("protocol 3") == true)
    }

    @Test func rejectsCompressedEntries() throws {
        var bytes = [UInt8](try skopsFile("standard"))
        // The compression method of the directory's first entry.
        let directory = Int(try #require(bytes.integer(UInt32.self, at: bytes.count - 6)))
        bytes[directory + 10] = 8
        let error = #expect(throws: InterchangeError.self) { try StandardScaler(skops: Data(bytes)) }
        #expect(error?.description.contains("without compression") == true)
    }

    @Test func rejectsAMissingFile() {
        #expect(throws: (any Error).self) { try StandardScaler(skops: URL(filePath: "/there/is/no/such.skops")) }
    }

    /// A truncated file lacks the end of a zip file.
    @Test func rejectsEveryTruncation() throws {
        let file = try skopsFile("standard")
        for length in 0..<file.count {
            #expect(throws: InterchangeError.self) { try StandardScaler(skops: file.prefix(length)) }
        }
    }

    /// A checksum covers every byte of an entry, so only irrelevant bytes can change unnoticed.
    @Test func changedBytesThrowOrChangeNothing() throws {
        let file = try skopsFile("standard")
        let original = try StandardScaler(skops: file)
        for position in file.indices {
            for bit in [0, 3, 7] {
                var changed = file
                changed[position] ^= 1 << UInt8(bit)
                if let read = try? StandardScaler(skops: changed) { #expect(read == original) }
            }
        }
    }

    /// Random changes of the schema, with the correct checksum.
    @Test func survivesMutations() throws {
        let names = ["strings-adam", "pair-sgd", "number-sgd", "pipeline-number", "standard"]
        var random = RandomState(seed: 11)
        let tokens = ["0", "-1", "9223372036854775807", "1e999", "null", "{}", "[]", "\"", "NdArrayNode", "<f8"]
        for name in names {
            let parts = try Zip(try skopsFile(name))
            for _ in 0..<2000 {
                var zip = parts
                let entry = random.next() % 3 == 0 ? zip.schema : Int.random(in: 0..<zip.entries.count, using: &random)
                for _ in 0...Int.random(in: 0..<3, using: &random) {
                    zip.entries[entry].content.mutate(by: tokens, using: &random)
                }
                read(zip.data)
            }
        }
    }

    /// Reads the file as every type. It may succeed or throw, but must return.
    private func read(_ data: Data) {
        guard let object = try? SkopsFile([UInt8](data)).root else { return }
        if let mlp = try? MLPClassifier<String, Double>(object) { train(mlp) }
        if var mlp = try? MLPClassifier<Int, Float>(object) {
            mlp.maxIter = 1
            _ = try? mlp.partialFit([[1, 2, 3], [0, 0, 1]], [-2, 7])
        }
        if var mlp = try? MLPRegressor<[Double], Double>(object) {
            mlp.maxIter = 1
            _ = try? mlp.partialFit([[1, 2, 3], [0, 0, 1]], [[1], [2]])
        }
        if var scaler = try? StandardScaler(object) { _ = try? scaler.partialFit([[1.0, 2, 3]]) }
        typealias Scalers = Chain<Chain<MinMaxScaler, RobustScaler>, MaxAbsScaler>
        if var pipeline = try? Pipeline<Scalers, MLPRegressor<Double, Double>>(object) {
            _ = try? pipeline.predict([[1, 2, 3]])
            _ = try? pipeline.transformer.first.first.partialFit([[1.0, 2, 3]])
        }
    }

    private func train(_ mlp: MLPClassifier<String, Double>) {
        var mlp = mlp
        _ = try? mlp.predict([[1, 2, 3]])
        _ = try? mlp.partialFit([[1, 2, 3], [0, 0, 1]], ["ant", "Zebra"])
    }

    /// Without arrays, nothing in the file confirms the number of features.
    @Test(arguments: [-5, 0, 1_000_000_000_000_000, 1 << 62]) func rejectsMoreFeaturesThanTheFileCanHave(features: Int)
        throws
    {
        typealias Scalers = Chain<Chain<MinMaxScaler, RobustScaler>, MaxAbsScaler>
        var zip = try Zip(skopsFile("pipeline-number"))
        let text = String(decoding: zip.entries[zip.schema].content, as: UTF8.self)
        let robust = try #require(text.range(of: "\"RobustScaler\""))
        let next = try #require(text.range(of: "\"MaxAbsScaler\"", range: robust.upperBound..<text.endIndex))
        let scaler = text[robust.upperBound..<next.lowerBound]
            .replacing("\"center_\"", with: "\"centre_\"").replacing("\"scale_\"", with: "\"scales_\"")
        func altered(_ features: Int) -> Data {
            let part = scaler.replacing(/("n_features_in_"[^}]*"content": ")\d+"/) { "\($0.1)\(features)\"" }
            zip.entries[zip.schema].content = Array(
                (text[..<robust.upperBound] + part + text[next.lowerBound...]).utf8)
            return zip.data
        }
        let intact = try Pipeline<Scalers, MLPRegressor<Double, Double>>(skops: altered(3))
        #expect(intact.transformer.first.second.nFeaturesIn == 3)
        let error = #expect(throws: InterchangeError.self) {
            try Pipeline<Scalers, MLPRegressor<Double, Double>>(skops: altered(features))
        }
        #expect(error?.description.contains("\(features) features") == true)
    }

    /// Many references to one array would turn a small file into a large model.
    @Test func rejectsAnArrayThatIsReadTooOften() throws {
        var zip = try Zip(skopsFile("numbers-adam-float"))
        let text = String(decoding: zip.entries[zip.schema].content, as: UTF8.self)
        let list = try #require(text.firstRange(of: /"coefs_"[^\[]*"content": \[/))
        let node =
            #"{"__class__": "ndarray", "__module__": "numpy", "__loader__": "NdArrayNode", "type": "numpy", "file": "big.npy"},"#
        let repeated = String(repeating: node, count: 100)
        let changed = text.replacingCharacters(in: list.upperBound..<list.upperBound, with: repeated)
        zip.entries[zip.schema].content = Array(changed.utf8)
        let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (100, 200), }\n"
        let big = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        zip.entries.append((name: "big.npy", content: big + [UInt8](repeating: 0, count: 160_000)))
        let error = #expect(throws: InterchangeError.self) { try MLPRegressor<[Double], Double>(skops: zip.data) }
        #expect(error?.description.contains("more bytes than the file has") == true)
    }
}

private enum Other: String, ClassLabel, SkopsTarget { case other }

/// A file that is read as the wrong type, and what the error must mention.
private struct Foreign: Sendable, CustomTestStringConvertible {
    let file: String
    let mentions: [String]
    let read: @Sendable (Data) throws -> Void

    init(_ file: String, _ mentions: String..., read: @escaping @Sendable (Data) throws -> Void) {
        self.file = file
        self.mentions = mentions
        self.read = read
    }

    var testDescription: String { "\(file): \(mentions.joined(separator: ", "))" }
}

extension [UInt8] {
    /// Changes, removes, repeats or inserts bytes at random.
    fileprivate mutating func mutate(by tokens: [String], using random: inout RandomState) {
        guard !isEmpty else { return }
        let position = Int.random(in: 0..<count, using: &random)
        let end = Swift.min(count, position + Int.random(in: 1...40, using: &random))
        switch random.next() % 5 {
        case 0: self[position] = UInt8(truncatingIfNeeded: random.next())
        case 1: removeSubrange(position..<end)
        case 2: insert(contentsOf: self[position..<end], at: position)
        case 3: insert(contentsOf: tokens.randomElement(using: &random)?.utf8.map(\.self) ?? [], at: position)
        default:
            // Replace a number in the text by another.
            guard let digit = self[position...].firstIndex(where: { (48..<58).contains($0) }) else { return }
            let digits = self[digit...].prefix { (48..<58).contains($0) }
            replaceSubrange(digits.indices, with: (tokens.randomElement(using: &random) ?? "0").utf8)
        }
    }
}
