import Estimators
import Foundation
import LinearAlgebra
import NumPyRandom
import Preprocessing
import Testing

@Suite("Laws of StandardScaler")
struct StandardScalerLawTests {
    let x: Matrix<Double>
    let weights = (0..<60).map { Double($0 % 4) }

    init() throws {
        var random = RandomState(seed: 1)
        x = Matrix(rows: 60, columns: 3, elements: try random.normal(loc: 2, scale: 3, size: 180))
    }

    private func fitted(_ x: Matrix<Double>, sampleWeight: [Double]? = nil) throws -> StandardScaler {
        var scaler = StandardScaler()
        try scaler.fit(x, sampleWeight: sampleWeight)
        return scaler
    }

    private func expectClose(
        _ values: [Double], _ others: [Double], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(values.count == others.count, sourceLocation: sourceLocation)
        for (value, other) in zip(values, others) {
            #expect(
                value.isNaN && other.isNaN || abs(value - other) <= 1e-12 * max(1, abs(other)),
                sourceLocation: sourceLocation)
        }
    }

    private func expectClose(
        _ scaler: StandardScaler, _ other: StandardScaler, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectClose(scaler.mean, other.mean, sourceLocation: sourceLocation)
        expectClose(scaler.var, other.var, sourceLocation: sourceLocation)
        expectClose(scaler.scale, other.scale, sourceLocation: sourceLocation)
        expectClose(scaler.nSamplesSeen, other.nSamplesSeen, sourceLocation: sourceLocation)
    }

    @Test func transformedFeaturesHaveMean0AndVariance1() throws {
        var scaler = StandardScaler()
        let again = try fitted(scaler.fitTransform(x))
        expectClose(again.mean, [0, 0, 0])
        expectClose(again.var, [1, 1, 1])
    }

    @Test(arguments: [true, false], [true, false])
    func inverseTransformRestores(withMean: Bool, withStd: Bool) throws {
        var scaler = StandardScaler(withMean: withMean, withStd: withStd)
        let transformed = try scaler.fitTransform(x)
        expectClose(try scaler.inverseTransform(transformed).elements, x.elements)
        expectClose(try scaler.transform(scaler.inverseTransform(x)).elements, x.elements)
        if !withMean && !withStd { #expect(transformed == x) }
    }

    @Test(arguments: [false, true]) func anyCutFitsTheSame(weighted: Bool) throws {
        let weights = weighted ? weights.map { $0 + 0.5 } : nil
        let whole = try fitted(x, sampleWeight: weights)
        for first in [1, 2, 17, 30] {
            for second in [31, 45, 59] {
                var scaler = StandardScaler()
                for part in [0..<first, first..<second, second..<60] {
                    try scaler.partialFit(x.selectingRows(Array(part)), sampleWeight: weights.map { Array($0[part]) })
                }
                expectClose(scaler, whole)
            }
        }
    }

    @Test func aWeightIsANumberOfRepetitions() throws {
        let repeated = weights.enumerated().flatMap { Array(repeating: $0, count: Int($1)) }
        expectClose(try fitted(x, sampleWeight: weights), try fitted(x.selectingRows(repeated)))
    }

    @Test func missingValuesAreLeftOut() throws {
        var holed = x
        for row in stride(from: 0, to: 60, by: 3) { holed[row, 1] = .nan }
        let scaler = try fitted(holed)
        let present = try fitted(x.selectingRows((0..<60).filter { $0 % 3 != 0 }))
        expectClose([scaler.mean[1], scaler.var[1]], [present.mean[1], present.var[1]])
        #expect(scaler.nSamplesSeen == [60, 40, 60])
        let transformed = try scaler.transform(holed)
        #expect((0..<60).allSatisfy { transformed[$0, 1].isNaN == ($0 % 3 == 0) })
    }

    /// scikit-learn's mean stays NaN after such a batch.
    @Test func aPartWithoutNumbersChangesNothing() throws {
        let missing = Matrix<Double>(rows: 4, columns: 3, repeating: .nan)
        var before = try fitted(missing)
        #expect(
            before.nSamplesSeen == [0, 0, 0] && before.mean.allSatisfy(\.isNaN) && before.scale.allSatisfy(\.isNaN))
        try before.partialFit(x)
        var after = try fitted(x)
        try after.partialFit(missing)
        expectClose(before, try fitted(x))
        expectClose(after, try fitted(x))
    }

    @Test func refittingForgets() throws {
        var scaler = try fitted(x.map { $0 * 100 })
        try scaler.fit(x.selectingRows([3, 1, 2]))
        #expect(try scaler == fitted(x.selectingRows([3, 1, 2])))
        try scaler.fit(Matrix<Float>(rows: 2, columns: 1, elements: [1, 3]))
        #expect(scaler.mean == [2] && scaler.var == [1] && scaler.nFeaturesIn == 1)
    }

    @Test func aCopyIsIndependent() throws {
        let original = try fitted(x)
        var copy = original
        try copy.partialFit(x.map { $0 + 1 })
        #expect(try original == fitted(x) && copy != original)
    }

    @Test func attributesAreEmptyWhereTheyMeanNothing() throws {
        let unfitted = StandardScaler()
        #expect(unfitted.mean.isEmpty && unfitted.var.isEmpty && unfitted.scale.isEmpty)
        #expect(unfitted.nSamplesSeen.isEmpty && unfitted.nFeaturesIn == nil)
        var idle = StandardScaler(withMean: false, withStd: false)
        try idle.fit(x)
        #expect(idle.mean.isEmpty && idle.var.isEmpty && idle.scale.isEmpty && idle.nSamplesSeen == [60, 60, 60])
    }

    @Test func codingKeepsEverything() throws {
        func decoded(_ scaler: StandardScaler) throws -> StandardScaler {
            try JSONDecoder().decode(StandardScaler.self, from: JSONEncoder().encode(scaler))
        }
        let scaler = try fitted(x, sampleWeight: weights)
        #expect(try decoded(scaler) == scaler)
        #expect(try decoded(scaler).transform(x) == scaler.transform(x))
        #expect(try decoded(StandardScaler(withMean: false)) == StandardScaler(withMean: false))

        let holed = try fitted(Matrix(rows: 2, columns: 2, elements: [1, .nan, 2, .nan]), sampleWeight: [1, 2])
        #expect(try decoded(holed) == holed)
        var more = try decoded(scaler)
        var same = scaler
        try more.partialFit(x)
        try same.partialFit(x)
        #expect(more == same)
    }
}
