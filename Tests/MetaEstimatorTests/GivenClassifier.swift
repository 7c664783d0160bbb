import Estimators
import Foundation
import LinearAlgebra
import Metrics
import ModelFiles
import TestSupport
import Testing

// What Scripts/fixtures/meta_estimators.py calls by the same names.

/// Its probabilities are the features, drawn towards the weighted frequencies of the classes in training.
struct GivenClassifier<Label: ClassLabel>: MatrixEstimator, ProbabilisticClassifier, Equatable, Codable, Storable {
    typealias Scalar = Double
    typealias Target = Label

    static var storedTypeName: String { "GivenClassifier" }

    var trust = 0.8
    private(set) var classes: [Label] = []
    private var frequencies: [Double] = []

    init(trust: Double = 0.8) { self.trust = trust }

    mutating func fit(_ x: Matrix<Double>, _ y: [Label], sampleWeight: [Double]?) throws {
        try Check.features(x)
        let weights = sampleWeight ?? Array(repeating: 1, count: y.count)
        classes = try Label.classes(in: y, argument: "y")
        frequencies = classes.map { label in
            zip(y, weights).reduce(0) { $0 + ($1.0 == label ? $1.1 : 0) } / weights.reduce(0, +)
        }
    }

    func predictProba(_ x: Matrix<Double>) throws -> Matrix<Double> {
        guard !classes.isEmpty else { throw EstimatorError.notFitted(estimator: "GivenClassifier") }
        return Matrix(
            rows: x.rows, columns: x.columns,
            elements: x.elements.enumerated().map { trust * $1 + (1 - trust) * frequencies[$0 % x.columns] })
    }

    func predict(_ x: Matrix<Double>) throws -> [Label] {
        let probabilities = try predictProba(x)
        return (0..<x.rows).map { row in
            let values = probabilities.row(row)
            return classes[values.indices.max { (values[$0], $1) < (values[$1], $0) } ?? 0]
        }
    }

    func score(_ x: Matrix<Double>, _ y: [Label], sampleWeight: [Double]?) throws -> Double {
        try accuracyScore(y, predict(x), sampleWeight: sampleWeight)
    }
}

/// Expects numbers to agree with scikit-learn's; NaN agrees with NaN.
func expectEqual(
    _ actual: [Double], _ expected: [Double], within tolerance: Double = 1e-10, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    for (index, (actual, expected)) in zip(actual, expected).enumerated() {
        let isEqual =
            actual == expected || actual.isNaN && expected.isNaN
            || abs(actual - expected) <= tolerance * max(1, abs(expected))
        #expect(isEqual, "\(what)[\(index)]: \(actual) instead of \(expected)", sourceLocation: sourceLocation)
    }
}

/// The model, written to a file and read from it.
func saved<Model: Storable>(_ model: Model) throws -> Model {
    try withFolder { folder in
        let url = folder.appendingPathComponent("model.safetensors")
        try model.save(to: url)
        return try Model(contentsOf: url)
    }
}
