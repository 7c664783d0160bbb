import Estimators
import LinearAlgebra
import Preprocessing
import TestSupport
import Testing

/// A call on a scaler that is fitted with two columns and, if possible, with weights.
private typealias Use = @Sendable (inout StandardScaler, Matrix<Double>, [Double]?) throws -> Void

private let learning: [(name: String, use: Use)] = [
    ("fit", { try $0.fit($1, sampleWeight: $2) }),
    ("fit in single precision", { try $0.fit($1.map { Float($0) }, sampleWeight: $2) }),
    ("partialFit", { try $0.partialFit($1, sampleWeight: $2) }),
    ("fitTransform", { _ = try $0.fitTransform($1, sampleWeight: $2) }),
]
private let transforming: [(name: String, use: Use)] = [
    ("transform", { scaler, x, _ in _ = try scaler.transform(x) }),
    ("transform in single precision", { scaler, x, _ in _ = try scaler.transform(x.map { Float($0) }) }),
    ("inverseTransform", { scaler, x, _ in _ = try scaler.inverseTransform(x) }),
]

private let good: Matrix<Double> = [[1, 2], [3, 5]]

/// A call that must throw and leave the fitted scaler unchanged.
private func refusal(
    _ name: String, _ use: @escaping Use, _ x: Matrix<Double>, _ weights: [Double]? = nil, mentions: String,
    _ value: String
) -> Refusal {
    Refusal(name, mentions: mentions, value) {
        var scaler = StandardScaler()
        try scaler.fit(good)
        let before = scaler
        defer { #expect(scaler == before, "\(name) changed the scaler") }
        try use(&scaler, x, weights)
    }
}

private let tableRefusals = (learning + transforming).flatMap { name, use in
    [
        refusal("\(name): no rows", use, Matrix(rows: 0, columns: 2, elements: []), mentions: "x", "0 × 2"),
        refusal("\(name): no columns", use, Matrix(rows: 2, columns: 0, elements: []), mentions: "x", "2 × 0"),
        refusal("\(name): nothing", use, [], mentions: "x", "0 × 0"),
        refusal("\(name): infinite", use, [[1, 2], [.infinity, 4]], mentions: "x[1, 0]", "inf"),
        refusal("\(name): infinite beside NaN", use, [[.nan, 2], [3, -.infinity]], mentions: "x[1, 1]", "-inf"),
    ]
}

private let columnRefusals = (learning.filter { $0.name == "partialFit" } + transforming).flatMap { name, use in
    [
        refusal("\(name): fewer columns", use, [[1], [2]], mentions: "x", "1"),
        refusal("\(name): more columns", use, [[1, 2, 3]], mentions: "x", "3"),
    ]
}

private let weightRefusals = learning.flatMap { name, use in
    [
        refusal("\(name): no weights", use, good, [], mentions: "sampleWeight", "0"),
        refusal("\(name): more weights", use, good, [1, 1, 1], mentions: "sampleWeight", "3"),
        refusal("\(name): negative weight", use, good, [1, -2], mentions: "sampleWeight[1]", "-2.0"),
        refusal("\(name): weight NaN", use, good, [.nan, 1], mentions: "sampleWeight[0]", "nan"),
        refusal("\(name): infinite weight", use, good, [1, .infinity], mentions: "sampleWeight[1]", "inf"),
        refusal("\(name): weights with sum 0", use, good, [0, 0], mentions: "sampleWeight", "0.0"),
        refusal("\(name): weights with infinite sum", use, good, [1e308, 1e308], mentions: "sampleWeight", "inf"),
    ]
}

@Suite("StandardScaler refuses what it cannot use, and stays as it is")
struct StandardScalerRefusalTests {
    @Test(arguments: tableRefusals + columnRefusals + weightRefusals) func inputs(_ refusal: Refusal) {
        refusal.check()
    }

    @Test func useBeforeFit() {
        for (name, use) in transforming {
            var scaler = StandardScaler()
            #expect(throws: EstimatorError.notFitted(estimator: "StandardScaler"), "\(name)") {
                try use(&scaler, good, nil)
            }
        }
    }

    @Test func aRefusedFitLeavesAnUnfittedScalerUnfitted() {
        var scaler = StandardScaler()
        #expect(throws: EstimatorError.self) { try scaler.fit([[.infinity]] as Matrix<Double>) }
        #expect(scaler == StandardScaler() && scaler.nFeaturesIn == nil)
    }

    @Test func extremeNumbersDoNotCrash() throws {
        var scaler = StandardScaler()
        let greatest = Double.greatestFiniteMagnitude
        try scaler.fit([[greatest, -greatest, .leastNonzeroMagnitude], [greatest, greatest, 0]] as Matrix<Double>)
        _ = try scaler.transform([[0, 0, 0]] as Matrix<Double>)
        _ = try scaler.inverseTransform([[0, 0, 0]] as Matrix<Float>)
    }
}
