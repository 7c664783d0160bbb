import CUDADevice
import Foundation
import LinearAlgebra
import NeuralNetwork

/// Checks the first card of this machine: `Peer check-device scikit_learn.json`.
///
/// Compares the losses of scikit-learn's networks, in the fixture of the package's tests, with those of the card, and trains
/// everything twice to compare the bits.
enum DeviceCheck {
    static func run(_ arguments: [String]) throws {
        guard let card = Device.gpus.first else {
            var model = MLPRegressor(maxIter: 1)
            model.device = .gpu
            do {
                try model.fit([[0], [1]], [0, 1])
            } catch {
                print("no device: \(error)")
                exit(3)
            }
            throw PeerError("the driver lists no card, but trains on one")
        }
        guard let file = arguments.first else {
            throw PeerError("check-device wants the file of scikit-learn's losses")
        }
        let goldens = try JSONDecoder().decode(Goldens.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
        var (checked, worst, failures) = ([0, 0], [0.0, 0.0], 0)
        for golden in goldens.cases {
            guard let data = goldens.data[golden.data], let parameters = golden.hyperparameters else { continue }
            let isSingle = golden.precision == "float"
            let difference =
                try isSingle
                ? golden.difference(data, parameters, on: card, in: Float.self)
                : golden.difference(data, parameters, on: card, in: Double.self)
            guard let difference else { continue }
            checked[isSingle ? 1 : 0] += 1
            worst[isSingle ? 1 : 0] = max(worst[isSingle ? 1 : 0], difference)
            if !(difference <= (isSingle ? 2e-4 : 1e-8)) {
                failures += 1
                print("\(golden.name): the losses differ by \(difference)")
            }
        }
        print("goldens: \(checked[0]) cases of Double, at most \(worst[0]) apart; \(checked[1]) of Float, \(worst[1])")
        guard failures == 0, checked[0] > 0 else { throw PeerError("\(failures) cases differ from scikit-learn's") }
        try compareBits(on: card)
    }

    /// Trains larger networks twice and compares all bits.
    private static func compareBits(on card: Device) throws {
        func bits<Scalar: NetworkScalar>(_ batchSize: Int, _: Scalar.Type) throws -> FittedNetwork<Scalar> {
            var state: UInt64 = 1
            func number() -> Double {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Double(state >> 11) * 0x1p-52 - 1
            }
            let x = Matrix<Scalar>(rows: 6000, columns: 100, elements: (0..<600_000).map { _ in Scalar(number()) })
            let y = (0..<6000).map { Int(Double(x[$0, 0] + x[$0, 1]) * 2 + 4) }
            var model = MLPClassifier<Int, Scalar>(
                MLPHyperparameters(
                    hiddenLayerSizes: [256, 128], batchSize: .count(batchSize), maxIter: 3, randomState: 1))
            model.device = card
            try model.fit(x, y)
            print("\(model.report?.device ?? ""): \(Scalar.self), batch \(batchSize), losses \(model.lossCurve)")
            return model.fitted
        }
        for batchSize in [200, 5000] {
            guard try bits(batchSize, Double.self) == bits(batchSize, Double.self),
                try bits(batchSize, Float.self) == bits(batchSize, Float.self)
            else { throw PeerError("two runs have different bits") }
        }
        print("bits: the same from run to run")
    }
}

/// scikit-learn's losses, in the fixture of the package's tests.
private struct Goldens: Decodable {
    var data: [String: Table]
    var cases: [Golden]

    struct Table: Decodable {
        var task: String
        var x: [[Double]]
        var y: [[Double]]
    }
}

private struct Golden: Decodable {
    var name: String
    var data: String
    var labels: String
    var precision: String
    var loss: String?
    var parameters: [String: JSON]
    var steps: [Step]
    var expected: Expected

    struct Step: Decodable {
        var call: String
        var rows: [Int]?
        var weighted: Bool
    }

    struct Expected: Decodable { var lossCurve: [Double] }

    /// The parameters of a case that is one call of `fit`; nil for others.
    var hyperparameters: MLPHyperparameters? {
        guard steps.count == 1, steps[0].call == "fit", steps[0].rows == nil, !steps[0].weighted else { return nil }
        let defaults =
            (try? JSONDecoder().decode([String: JSON].self, from: JSONEncoder().encode(MLPHyperparameters()))) ?? [:]
        var all = defaults.merging(parameters) { $1 }
        // An infinite patience has no number in JSON, and a batch size is a case with a number.
        if case .null? = all["nIterNoChange"] { all["nIterNoChange"] = .number(1e9) }
        switch parameters["batchSize"] {
        case .number(let size): all["batchSize"] = .object(["count": .object(["_0": .number(size)])])
        default: all["batchSize"] = .object(["auto": .object([:])])
        }
        all["verbose"] = defaults["verbose"]
        return try? JSONDecoder().decode(MLPHyperparameters.self, from: JSONEncoder().encode(all))
    }

    /// Returns the largest relative difference of a loss; nil for a task that is not compared.
    func difference<Scalar: NetworkScalar>(
        _ table: Goldens.Table, _ parameters: MLPHyperparameters, on device: Device, in _: Scalar.Type
    ) throws -> Double? {
        let x = try Matrix(table.x.map { $0.map { Scalar($0) } })
        let curve: [Double]
        switch table.task {
        case "classes" where labels == "int":
            var model = MLPClassifier<Int, Scalar>(parameters)
            model.device = device
            try model.fit(x, table.y.map { Int($0[0]) })
            curve = model.lossCurve
        case "labels":
            var model = MLPClassifier<[Int], Scalar>(parameters)
            model.device = device
            try model.fit(x, table.y.map { $0.map { Int($0) } })
            curve = model.lossCurve
        case "numbers", "counts":
            var model = MLPRegressor<[Double], Scalar>(loss: loss == "poisson" ? .poisson : .squaredError, parameters)
            model.device = device
            try model.fit(x, table.y)
            curve = model.lossCurve
        default: return nil
        }
        // L-BFGS has no curve.
        guard !expected.lossCurve.isEmpty else { return nil }
        guard curve.count == expected.lossCurve.count else { return .infinity }
        return zip(curve, expected.lossCurve).map { abs($0 - $1) / max(abs($1), 1e-3) }.max()
    }
}

/// Any value of JSON.
private enum JSON: Codable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let array = try? container.decode([JSON].self) {
            self = .array(array)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .array(let array): try container.encode(array)
        case .object(let object): try container.encode(object)
        }
    }
}
