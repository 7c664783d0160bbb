import Estimators
import Foundation
import LinearAlgebra
import TestSupport
import Testing

@testable import Preprocessing

@Suite("Transformers of numbers equal scikit-learn's")
struct TransformerEqualityTests {
    @Test func transformers() throws {
        for (index, test) in try fixture("transformers", in: .module, of: [TransformerCase].self).enumerated() {
            let comment: Comment = "case \(index) of \(test.transformer), \(test.parameters)"
            guard test.refused == nil else {
                #expect(throws: EstimatorError.self, comment) { try test.fitted(in: Double.self) }
                continue
            }
            let fitted = try test.fitted(in: Double.self)
            // The position of the maximum of the likelihood depends on rounding errors: scikit-learn's own exponents
            // move by up to 5e-7, and extreme ones by 1e-5, when NumPy computes its logarithms without AVX-512.
            let isPower = test.transformer == "PowerTransformer"
            let tolerance = isPower ? 1e-6 : 1e-10
            for (name, expected) in test.attributes ?? [:] {
                let value = try #require(fitted.attributes[name], "\(name), \(comment)")
                expectClose(value, expected, tolerance, "\(name), \(comment)")
            }
            let transformed = try fitted.transform(Matrix(test.probe))
            expectClose(transformed, test.transformed, isPower ? 1e-4 : tolerance, "transformed, \(comment)")
            if let inverse = test.inverse {
                expectClose(
                    try fitted.inverseTransform?(transformed), inverse, tolerance,
                    "inverse, \(comment)")
            }
            #expect(fitted.names == test.names, comment)
        }
    }

    /// The transform with a given exponent is exact, also for large numbers.
    @Test func powers() throws {
        for test in try fixture("transformers", in: .module, of: [TransformerCase].self)
        where test.parameters.method != nil && test.parameters.standardize == false && test.refused == nil {
            let lambdas = test.attributes?["lambdas"] ?? []
            for (row, expected) in zip(test.probe, test.transformed ?? []) {
                for (column, lambda) in lambdas.enumerated() {
                    let (x, isBoxCox) = (row[column], test.parameters.method == .boxCox)
                    let value = isBoxCox ? BoxCox.transform(x, lambda) : YeoJohnson.transform(x, lambda)
                    #expect(close(value, expected[column], 1e-10), "\(x) to \(lambda)")
                }
            }
        }
    }

    /// The likelihood of an exponent is determined even if its last digits are not.
    @Test func exponentsAreAsLikelyAsScikitLearns() throws {
        for test in try fixture("transformers", in: .module, of: [TransformerCase].self)
        where test.parameters.method != nil && test.refused == nil {
            let fitted = try test.fitted(in: Double.self)
            let table = try Matrix(test.x)
            for (column, expected) in (test.attributes?["lambdas"] ?? []).enumerated() {
                let values = table.column(column).filter { !$0.isNaN }
                let lambda = try #require(fitted.attributes["lambdas"])[column]
                let isBoxCox = test.parameters.method == .boxCox
                let (found, theirs) = (
                    logLikelihood(of: lambda, values, isBoxCox), logLikelihood(of: expected, values, isBoxCox)
                )
                #expect(found.isNaN && theirs.isNaN || found == theirs || close(found, theirs, 1e-10), "\(lambda)")
            }
        }
    }

    /// −n/2·ln σ² + (λ − 1)·Σ ln of the derivative's base.
    private func logLikelihood(of lambda: Double, _ values: [Double], _ isBoxCox: Bool) -> Double {
        let n = Double(values.count)
        let powers = values.map { isBoxCox ? BoxCox.transform($0, lambda) : YeoJohnson.transform($0, lambda) }
        let mean = powers.reduce(0, +) / n
        let variance = powers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
        let logarithms = values.map { isBoxCox ? log($0) : ($0 < 0 ? -1 : 1) * log1p(abs($0)) }
        return -n / 2 * log(variance) + (lambda - 1) * logarithms.reduce(0, +)
    }

    private func expectClose(_ values: [Double], _ expected: [Double], _ tolerance: Double, _ comment: Comment) {
        let agree = values.count == expected.count && zip(values, expected).allSatisfy { close($0, $1, tolerance) }
        #expect(agree, "\(comment): \(values) is not \(expected)")
    }

    private func expectClose(
        _ values: Matrix<Double>?, _ expected: [[Double]]?, _ tolerance: Double, _ comment: Comment
    ) {
        #expect(values?.rows == expected?.count && values?.columns == expected?.first?.count, comment)
        expectClose(values?.elements ?? [], Array((expected ?? []).joined()), tolerance, comment)
    }
}

/// Whether the numbers agree, including NaN and infinity: relatively above 1, absolutely below.
func close(_ value: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    value == expected || value.isNaN && expected.isNaN
        || (value - expected).magnitude <= tolerance * max(1, expected.magnitude)
}
