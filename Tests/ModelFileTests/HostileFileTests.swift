import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import ModelSelection
import NeuralNetwork
import Preprocessing
import Tables
import TabularNetworks
import Testing

/// Files that are not model files, or only look like them, give an error that names the file and the problem.
@Suite struct HostileFileTests {
    private let folder: ScratchFolder
    private let file: URL
    private let scaler: RawFile

    init() throws {
        folder = try ScratchFolder()
        file = folder.file()
        var scaler = StandardScaler()
        try scaler.fit([[1, 2], [3, 5]] as Matrix<Double>)
        try scaler.save(to: file)
        self.scaler = try RawFile(contentsOf: file)
    }

    private func expectRefusal<Model: Storable>(
        of data: Data, as _: Model.Type = StandardScaler.self, mentions: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try data.write(to: file)
        let error = #expect(throws: ModelFileError.self, sourceLocation: sourceLocation) { try Model(contentsOf: file) }
        guard let text = error?.description else { return }
        #expect(text.contains(file.path) && text.contains(mentions), "\(text)", sourceLocation: sourceLocation)
    }

    @Test func whatIsNoSafetensorsFile() throws {
        for text in [
            "", "{", "1234567", "\u{89}PNG\r\n\u{1A}\n and so on", "PK\u{3}\u{4}............", "{\"a\": 1}      ",
        ] {
            try expectRefusal(of: Data(text.utf8), mentions: "header")
        }
        for length: UInt64 in [1 << 63, 1 << 63 - 1, .max, .max - 7, 1 << 62, 100_000_001, 3] {
            try expectRefusal(of: RawFile.data(header: Data("{}".utf8), length: length), mentions: "\(length) bytes")
        }
        try expectRefusal(of: RawFile.data(header: Data([0x7B, 0x22, 0xFF, 0x22, 0x7D])), mentions: "UTF-8")
        for header in [
            "", "[]", "{", "{}x", "{\"a\"}", "{\"__metadata__\":[]}", "null", "{\"\\ud800\":{}}",
            String(repeating: "[", count: 100_000),
        ] {
            try expectRefusal(of: RawFile(header: header).data, mentions: "header")
        }
        for header in ["{\"a\":{}", String(repeating: "{\"a\":", count: 100_000)] {
            try expectRefusal(of: RawFile(header: header).data, mentions: "tensor a ")
        }
        try expectRefusal(of: RawFile(header: "{\"a\":{}}").data, mentions: "tensor a does not have all of")
    }

    @Test func safetensorsFilesOfOthers() throws {
        let weights = #""w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
        for header in ["{}", "{\(weights)}", "{\"__metadata__\":{\"format\":\"pt\"},\(weights)}"] {
            try expectRefusal(of: RawFile(header: header, numbers: Data(count: 4)).data, mentions: "something else")
        }
    }

    /// A change to the scaler's header, and the text that the error must contain.
    private static let changes: [(part: String, other: String, mentions: String)] = [
        ("\"shape\":[2]", "\"shape\":[3]", "takes 24 bytes"), ("\"shape\":[2]", "\"shape\":[]", "takes 8 bytes"),
        ("\"shape\":[2]", "\"shape\":[-2]", "integer"), ("\"shape\":[2]", "\"shape\":[2.0]", "]"),
        ("\"shape\":[2]", "\"shape\":[02]", "integer"), ("\"shape\":[2]", "\"shape\":[1,2]", "one dimension"),
        ("\"shape\":[2]", "\"shape\":[4294967296,4294967296]", "impossible shape"),
        ("\"shape\":[2]", "\"shape\":[9223372036854775807]", "impossible shape"),
        ("\"shape\":[2]", "\"shape\":[9223372036854775808]", "integer"),
        ("\"shape\":[2]", "\"shape\":[1,1,1,1,1,1,1,1,2]", "8 numbers"),
        ("\"shape\":[2]", "\"shape\":[2],\"shape\":[2]", "shape"), ("\"shape\":[2]", "\"size\":[2]", "size"),
        (",\"shape\":[2]", "", "all of"), ("\"F64\"", "\"BF16\"", "BF16"), ("\"F64\"", "\"I64\"", "I64"),
        ("\"F64\"", "\"F32\"", "takes 8 bytes"), ("\"F64\"", "64", "\""),
        ("[0,16]", "[16,0]", "beginning and an end"), ("[0,16]", "[0]", "beginning and an end"),
        ("[0,16]", "[0,24]", "takes 16 bytes"), ("[0,16]", "[32,48]", "begins at byte"),
        ("[0,16]", "[48,64]", "begins at"),
        ("[16,32]", "[0,16]", "begins at byte"), ("[32,48]", "[40,56]", "begins at byte"),
        ("\"count\":", "\"sum\":", "twice"), ("\"count\":", "\"counts\":", "count"), ("\"count\":", "\"\":", "count"),
        ("swift-mlp model", "pt", "pt"), ("\"formatVersion\":\"1\"", "\"formatVersion\":\"2\"", "later swift-mlp"),
        ("\"formatVersion\":\"1\"", "\"formatVersion\":\"0\"", "formatVersion"),
        ("\"formatVersion\":\"1\"", "\"formatVersion\":\"one\"", "formatVersion"),
        ("\"type\":\"StandardScaler\"", "\"type\":\"PCA\"", "PCA"), ("\"state\":", "\"status\":", "state"),
        ("\"type\":\"StandardScaler\"", "\"type\":\"StandardScaler\",\"type\":\"PCA\"", "twice"),
        (#"\"withMean\":true"#, #"\"withMean\":1"#, "withMean"), (#"\"withMean\":true,"#, "", "withMean"),
        (#"\"count\":\"count\""#, #"\"count\":\"sum\""#, "another tensor"),
        (#"\"count\":\"count\""#, #"\"count\":1"#, "count"),
        (#"{\"count\""#, #"[{\"count\""#, "state"), (#"{\"count\""#, String(repeating: "[", count: 100_000), "state"),
    ]

    @Test func everyFieldOfTheHeaderAltered() throws {
        for change in HostileFileTests.changes {
            let altered = try scaler.replacing(change.part, with: change.other)
            try expectRefusal(of: altered.data, mentions: change.mentions)
        }
        try expectRefusal(of: scaler.data + Data(count: 8), mentions: "tensors take 48 bytes")
        var twice = scaler
        twice.header = "{\"__metadata__\":{}," + scaler.header.dropFirst()
        try expectRefusal(of: twice.data, mentions: "twice")
        var superfluous = try scaler.replacing(
            "\"count\":{", with: "\"more\":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[0,0]},\"count\":{")
        try expectRefusal(of: superfluous.data, mentions: "more")
        superfluous.header = superfluous.header.replacingOccurrences(of: "[0]", with: "[1099511627776,0]")
        try expectRefusal(of: superfluous.data, mentions: "more")
    }

    /// Shapes without elements take no bytes, however large their other dimensions are.
    @Test func shapesThatFillNothing() throws {
        var pca = PCA(nComponents: 0)
        try pca.fit([[1, 2], [3, 5], [4, 4]] as Matrix<Double>)
        try pca.save(to: file)
        let intact = try RawFile(contentsOf: file)
        for shape in ["0,1099511627776", "1099511627776,0", "0", "0,0"] {
            let altered = try intact.replacing("\"shape\":[0,2]", with: "\"shape\":[\(shape)]")
            try expectRefusal(of: altered.data, as: PCA.self, mentions: "components")
        }
    }

    /// A state with a huge number of values, whose decoding would take many times the file's size.
    @Test func stateThatIsLongerThanAnyModels() throws {
        let values = String(repeating: "0,", count: 4_000_000)
        let altered = try scaler.replacing(#"{\"count\""#, with: #"{\"x\":["# + values + #"0],\"count\""#)
        try expectRefusal(of: altered.data, mentions: "values")
    }

    @Test func numbersThatNoDataHave() throws {
        var negative = scaler
        negative.numbers[7] = 0xBF
        try expectRefusal(of: negative.data, mentions: "count must have no negative number")
    }

    /// A progress bar continues with these counts.
    @Test(arguments: ["seconds", "elapsed"]) func timesThatNoClockShows(name: String) throws {
        var mlp = MLPRegressor(hiddenLayerSizes: [2], maxIter: 1, randomState: 1)
        try mlp.fit([[0, 1], [1, 0]], [0, 1])
        try mlp.save(to: file)
        var altered = try RawFile(contentsOf: file)
        let intact = altered.header
        for time in ["-1e300", "-0.5"] {
            altered.header = intact.replacingOccurrences(
                of: #"\\"\#(name)\\":[^,}]+"#, with: #"\\"\#(name)\\":\#(time)"#, options: .regularExpression)
            #expect(altered.header != intact)
            try expectRefusal(of: altered.data, as: MLPRegressor<Double, Double>.self, mentions: "finite time")
        }
    }

    /// Saves a network for tables that was interrupted after an epoch. Returns its table.
    private func saveInterruptedNetwork() throws -> Table {
        let x = try Table(["x": .numbers((0..<12).map(Double.init))])
        var settings = TabularSettings.strong
        (settings.hiddenLayerSizes, settings.nEnsemble) = ([2], 1)
        var network = TabularMLPRegressor(settings, randomState: 1)
        try network.fit(x, x.numbers("x")) { _ in .stop }
        try network.save(to: file)
        return x
    }

    /// `resume` counts the cycles of the learning rate between the best and the last epoch.
    @Test func aBestEpochAfterTheLastOne() throws {
        _ = try saveInterruptedNetwork()
        let altered = try RawFile(contentsOf: file).replacing(#"\"bestEpoch\":1"#, with: #"\"bestEpoch\":2"#)
        try expectRefusal(of: altered.data, as: TabularMLPRegressor<Double>.self, mentions: "bestEpoch")
    }

    /// Finite weights whose sums are infinite or undefined.
    @Test func weightsThatOverflow() throws {
        let x = try saveInterruptedNetwork()
        var altered = try RawFile(contentsOf: file)
        let greatest = withUnsafeBytes(of: Float.greatestFiniteMagnitude.bitPattern.littleEndian) { Data($0) }
        // All tensors of singles, which come last.
        let singles = altered.header.matches(of: /"F32","shape":\[(\d+)\]/).reduce(0) { $0 + (Int($1.1) ?? 0) }
        #expect(singles > 0)
        altered.numbers.replaceSubrange(
            altered.numbers.count - 4 * singles..<altered.numbers.count,
            with: (0..<singles).reduce(into: Data()) { data, _ in data += greatest })
        try altered.data.write(to: file)
        let network = try TabularMLPRegressor<Double>(contentsOf: file)
        let error = #expect(throws: EstimatorError.self) { try network.predict(x) }
        #expect(error?.description.contains("row 0") == true)
    }

    /// The members of an ensemble know different classes, the same class twice, or an ensemble knows none.
    @Test func ensemblesWhoseMembersDisagree() throws {
        let (x, y) = ([[0], [1]] as Matrix<Double>, [0, 1])
        let dummy = DummyClassifier(strategy: .prior)
        func altered(_ model: some Storable, _ part: String, _ other: String, last: Bool = false) throws {
            try model.save(to: file)
            var altered = try RawFile(contentsOf: file)
            let place = try #require(altered.header.range(of: part, options: last ? .backwards : []))
            altered.header.replaceSubrange(place, with: other)
            try altered.data.write(to: file)
        }
        typealias Vote = VotingClassifier<DummyClassifier<Int, Double>>
        for voting in [Voting.soft, .hard] {
            let vote = try Vote([dummy, dummy], voting: voting).fitted(x, y)
            try altered(vote, #"\"prior\":[0.5,0.5]"#, #"\"prior\":[0.5,0.5,0]"#)
            var both = try RawFile(contentsOf: file)
            both.header = both.header.replacing(
                #"\"classes\":[0,1]"#, with: #"\"classes\":[0,1,2]"#, maxReplacements: 1)
            try both.data.write(to: file)
            let read = try Vote(contentsOf: file)
            _ = try? read.predict(x)
            #expect(throws: EstimatorError.self) { try read.predictProba(x) }
            try altered(vote, #"\"classes\":[0,1]"#, #"\"classes\":[1,1]"#)
            _ = try Vote(contentsOf: file).predict(x)
        }
        typealias Bag = BaggingClassifier<DummyClassifier<Int, Double>>
        try altered(
            Bag(dummy, nEstimators: 1, randomState: 0).fitted(x, y), #"\"classes\":[0,1]"#, #"\"classes\":[]"#,
            last: true)
        #expect(throws: (any Error).self) { try Bag(contentsOf: file).predict(x) }
        typealias Sets = ConformalClassifier<DummyClassifier<Int, Double>>
        let sets = try Sets(dummy, cv: LeaveOneOut()).fitted(x, y)
        try altered(sets, #"\"classes\":[0,1]"#, #"\"classes\":[]"#, last: true)
        #expect(throws: (any Error).self) { try Sets(contentsOf: file).predictSet(x, confidenceLevel: 0.5) }
    }

    @Test func anotherType() throws {
        try MinMaxScaler().save(to: file)
        let error = ModelFileError.otherType(path: file.path, found: "MinMaxScaler", expected: "StandardScaler")
        #expect(throws: error) { try StandardScaler(contentsOf: file) }
        #expect(error.description.contains("type StandardScaler, but holds one of type MinMaxScaler"))
    }
}
