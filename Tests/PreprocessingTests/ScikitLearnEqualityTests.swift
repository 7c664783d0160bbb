import Foundation
import LinearAlgebra
import NumPyRandom
import Preprocessing
import Tables
import TestSupport
import Testing

@Suite("StandardScaler equals scikit-learn's")
struct ScikitLearnEqualityTests {
    struct Table: Decodable {
        let name: String
        let rows: [[Double]]
    }

    struct Scaler: Decodable {
        let table: String
        let withMean: Bool
        let withStd: Bool
        let sampleWeight: [Double]?
        let cuts: [Int]?
        let float: Bool?
        let mean: [Double]
        let `var`: [Double]
        let scale: [Double]
        let nSamplesSeen: [Double]
        let probes: [Int]
        let transformed: [[Double]]
    }

    @Test func scalers() throws {
        var tables = try Dictionary(
            uniqueKeysWithValues: fixture("tables", in: .module, of: [Table].self).map {
                ($0.name, try Matrix($0.rows))
            })
        tables["normal"] = try normalTable()
        for test in try fixture("scalers", in: .module, of: [Scaler].self) {
            let table = try #require(tables[test.table])
            if test.float == true {
                try expectEqual(test, table.map { Float($0) }, tolerance: 1e-5)
            } else {
                try expectEqual(test, table, tolerance: 1e-10)
            }
        }
    }

    /// The table that the generator script draws.
    private func normalTable() throws -> Matrix<Double> {
        var random = RandomState(seed: 7)
        let (factors, offsets) = ([1, 1e-3, 1e4, 5], [0, 1, -2e4, 100.0])
        let draws = try random.normal(size: 2000)
        return Matrix(
            rows: 500, columns: 4, elements: draws.enumerated().map { $1 * factors[$0 % 4] + offsets[$0 % 4] })
    }

    private func expectEqual<Scalar: MatrixScalar>(
        _ test: Scaler, _ x: Matrix<Scalar>, tolerance: Double
    ) throws {
        var scaler = StandardScaler(withMean: test.withMean, withStd: test.withStd)
        for part in parts(of: x.rows, cuts: test.cuts ?? []) {
            try scaler.partialFit(
                x.selectingRows(Array(part)), sampleWeight: test.sampleWeight.map { Array($0[part]) })
        }
        let transformed = try scaler.transform(x)
        let restored = try scaler.inverseTransform(transformed)
        let all = "\(test.table), \(scaler), weights: \(test.sampleWeight != nil), cuts: \(test.cuts ?? [])"
        #expect(scaler.nFeaturesIn == x.columns)
        #expect(scaler.mean.count == test.mean.count, "\(all)")
        #expect(scaler.var.count == test.var.count, "\(all)")
        #expect(scaler.scale.count == test.scale.count, "\(all)")

        for column in 0..<x.columns {
            let comment: Comment = "column \(column) of \(all)"
            // Rounding changes a mean by one unit in the last place of the greatest value, and a standard deviation by
            // a few. More cannot be expected if numbers near 1e8 differ in their last digits.
            let greatest = x.column(column).filter { !$0.isNaN }.map { Double($0.magnitude) }.max() ?? 0
            let rounding = 4 * greatest.ulp
            let scale = test.scale.isEmpty ? 1 : test.scale[column]
            func agree(_ value: Double, _ expected: Double, within distance: Double) -> Bool {
                value == expected || value.isNaN && expected.isNaN
                    || abs(value - expected) <= tolerance * abs(expected) + distance
            }

            #expect(agree(scaler.nSamplesSeen[column], test.nSamplesSeen[column], within: 0), comment)
            if !test.mean.isEmpty {
                #expect(agree(scaler.mean[column], test.mean[column], within: rounding), comment)
            }
            if !test.scale.isEmpty {
                let deviation = test.var[column].squareRoot()
                #expect(agree(scaler.scale[column], scale, within: rounding), comment)
                #expect(
                    agree(scaler.var[column], test.var[column], within: rounding * (rounding + 2 * deviation)), comment)
            }
            for (probe, expected) in zip(test.probes, test.transformed) {
                let reach =
                    tolerance * max(1, test.withMean ? 0 : greatest / scale) + rounding / scale
                    * (1 + abs(expected[column]))
                #expect(agree(Double(transformed[probe, column]), expected[column], within: reach), comment)
                let unit = Double(Scalar(greatest).ulp)
                #expect(agree(Double(restored[probe, column]), Double(x[probe, column]), within: 4 * unit), comment)
            }
        }
    }

    private func parts(of count: Int, cuts: [Int]) -> [Range<Int>] {
        zip([0] + cuts, cuts + [count]).map { $0..<$1 }
    }
}
