import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
package import NeuralNetwork
import TestSupport
import Testing

/// The output of `Scripts/fixtures/neural_network.py`: data sets and scikit-learn's results.
package struct Fixture: Decodable {
    let data: [String: FixtureData]
    let cases: [FixtureCase]

    /// The committed cases, which are beside the tests of the networks, and additional cases of a file that the environment
    /// names.
    package static func cases() throws -> [ScikitLearnCase] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let committed = tests.appending(path: "NeuralNetworkTests/Fixtures/scikit_learn.json")
        let others = ProcessInfo.processInfo.environment["NEURAL_NETWORK_CASES"].map { URL(filePath: $0) }
        let fixtures = try ([committed] + (others.map { [$0] } ?? [])).map {
            try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: $0))
        }
        return try fixtures.flatMap { fixture in
            try fixture.cases.map { ScikitLearnCase($0, data: try #require(fixture.data[$0.data])) }
        }
    }
}

/// A case with its data, named in the test's output.
package struct ScikitLearnCase: Sendable, CustomTestStringConvertible {
    package let stored: FixtureCase
    package let data: FixtureData

    init(_ stored: FixtureCase, data: FixtureData) {
        self.stored = stored
        self.data = data
    }

    package var testDescription: String { stored.name }

    /// The parameters before the first call.
    package var hyperparameters: MLPHyperparameters { stored.parameters.applied(to: MLPHyperparameters()) }

    /// The relative tolerance: eight digits in double precision, almost four in single precision.
    var tolerance: Double { stored.precision == .float ? 2e-4 : 1e-8 }

    /// The fraction of the largest element below which elements are compared as if they had this size.
    var smallness: Double { stored.precision == .float ? 0.1 : 1e-3 }
}

package struct FixtureCase: Decodable, Sendable {
    enum Labels: String, Decodable { case int, string, bool }
    package enum Precision: String, Decodable { case double, float }

    package let name: String
    let data: String
    let labels: Labels
    package let precision: Precision
    let loss: String?
    let parameters: FixtureParameters
    let steps: [FixtureStep]
    package let expected: Expected
}

/// One call of `fit` or `partialFit`, and the parameters that change before it.
package struct FixtureStep: Decodable, Sendable {
    enum Call: String, Decodable { case fit, partialFit }

    let call: Call
    /// The first row and the end of the range; nil for all rows.
    let rows: [Int]?
    let weighted: Bool
    let changes: FixtureParameters

    func rows(of count: Int) -> [Int] {
        rows.map { Array($0[0]..<$0[1]) } ?? Array(0..<count)
    }
}

/// A table with a row of targets and a weight for each sample.
package struct FixtureData: Decodable, Sendable {
    enum Task: String, Decodable { case classes, labels, numbers, counts }

    let task: Task
    let x: [[Double]]
    let y: [[Double]]
    let weights: [Double]
    /// The names of the classes for string labels.
    let names: [String]

    func features<Scalar: MatrixScalar>(_ rows: [Int]) -> Matrix<Scalar> {
        Matrix(rows: rows.count, columns: x[0].count, elements: rows.flatMap { x[$0].map { Scalar($0) } })
    }
}

// MARK: - Targets

/// A target that can be created from a row of numbers.
package protocol FixtureTarget {
    static func target(_ row: [Double], names: [String]) -> Self
}

extension Int: FixtureTarget {
    package static func target(_ row: [Double], names: [String]) -> Int { Int(row[0]) }
}

extension String: FixtureTarget {
    package static func target(_ row: [Double], names: [String]) -> String { names[Int(row[0])] }
}

extension Bool: FixtureTarget {
    package static func target(_ row: [Double], names: [String]) -> Bool { row[0] == 1 }
}

extension Double: FixtureTarget {
    package static func target(_ row: [Double], names: [String]) -> Double { row[0] }
}

extension Float: FixtureTarget {
    package static func target(_ row: [Double], names: [String]) -> Float { Float(row[0]) }
}

extension Array: FixtureTarget where Element: FixtureTarget {
    package static func target(_ row: [Double], names: [String]) -> [Element] {
        row.map { Element.target([$0], names: names) }
    }
}

extension FixtureData {
    func targets<Target: FixtureTarget>(_ rows: [Int]) -> [Target] {
        rows.map { Target.target(y[$0], names: names) }
    }
}

// MARK: - Parameters

/// The parameters that a case sets.
package struct FixtureParameters: Decodable, Sendable {
    /// The closures that change the parameters of the case, one per parameter.
    private let changes: [@Sendable (inout MLPHyperparameters) -> Void]

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        changes = try container.allKeys.map { key in
            func set<Value: Decodable & Sendable>(
                _ parameter: any WritableKeyPath<MLPHyperparameters, Value> & Sendable
            ) throws -> @Sendable (inout MLPHyperparameters) -> Void {
                let value = try container.decode(Value.self, forKey: key)
                return { $0[keyPath: parameter] = value }
            }
            switch key.stringValue {
            case "hiddenLayerSizes": return try set(\.hiddenLayerSizes)
            case "activation": return try set(\.activation)
            case "solver": return try set(\.solver)
            case "alpha": return try set(\.alpha)
            case "batchSize":
                let size = (try? container.decode(Int.self, forKey: key)).map(BatchSize.count) ?? .auto
                return { $0.batchSize = size }
            case "learningRate": return try set(\.learningRate)
            case "learningRateInit": return try set(\.learningRateInit)
            case "powerT": return try set(\.powerT)
            case "maxIter": return try set(\.maxIter)
            case "shuffle": return try set(\.shuffle)
            case "randomState":
                let seed = try container.decode(UInt32.self, forKey: key)
                return { $0.randomState = seed }
            case "tol": return try set(\.tol)
            case "verbose": return try set(\.verbose)
            case "warmStart": return try set(\.warmStart)
            case "momentum": return try set(\.momentum)
            case "nesterovsMomentum": return try set(\.nesterovsMomentum)
            case "earlyStopping": return try set(\.earlyStopping)
            case "validationFraction": return try set(\.validationFraction)
            case "beta1": return try set(\.beta1)
            case "beta2": return try set(\.beta2)
            case "epsilon": return try set(\.epsilon)
            case "nIterNoChange":
                let epochs = try container.decodeNil(forKey: key) ? Int.max : container.decode(Int.self, forKey: key)
                return { $0.nIterNoChange = epochs }
            case "maxFun": return try set(\.maxFun)
            default:
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "no parameter has this name")
            }
        }
    }

    func apply(to hyperparameters: inout MLPHyperparameters) {
        for change in changes { change(&hyperparameters) }
    }

    func applied(to hyperparameters: MLPHyperparameters) -> MLPHyperparameters {
        var changed = hyperparameters
        apply(to: &changed)
        return changed
    }
}

// MARK: - Expectations

/// scikit-learn's fitted attributes and predictions.
package struct Expected: Decodable, Sendable {
    let lossCurve: [Double]
    let finalLoss: Double
    let bestLoss: Double?
    let validationScores: [Double]
    let bestValidationScore: Double?
    let nIter: Int
    let t: Int
    let nLayers: Int
    let nOutputs: Int
    let nFeaturesIn: Int
    let outActivation: OutActivation
    let coefs: [ExpectedArray]
    let intercepts: [ExpectedArray]
    /// The probabilities or predicted numbers of the first four rows.
    let outputs: [Double]
    /// Those of all rows.
    let score: Double
    let weightedScore: Double
    /// Why the last call ended; nil if it was `partialFit`.
    let stopReason: StopReason?
    let classes: [String]?
    /// The predicted classes of all rows.
    let predicted: [String]?
    /// The lines that `verbose` prints over all calls.
    package let printed: [String]?
}

/// Every `stride`-th element of an array. If these are not all, also the sum and the sum of squares of all elements.
package struct ExpectedArray: Decodable, Sendable {
    let shape: [Int]
    let stride: Int
    let values: [Double]
    let sum: Double?
    let squares: Double?
}
