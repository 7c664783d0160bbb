import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

@Suite struct SyntheticCaliforniaHousingTests {
    @Test func aSeedGivesTheSameTable() throws {
        let first = try makeCaliforniaHousing(nSamples: 500, randomState: 7)
        #expect(try makeCaliforniaHousing(nSamples: 500, randomState: 7) == first)
        #expect(try makeCaliforniaHousing(nSamples: 500, randomState: 8) != first)
        let unseeded = try makeCaliforniaHousing(nSamples: 500)
        #expect(try makeCaliforniaHousing(nSamples: 500) != unseeded)
    }

    @Test func fewerRowsAreTheFirstOnes() throws {
        let many = try makeCaliforniaHousing(nSamples: 40, randomState: 1)
        let few = try makeCaliforniaHousing(nSamples: 10, randomState: 1)
        #expect(few.data == many.data.selectingRows(Array(0..<10)))
        #expect(few.target == Array(many.target.prefix(10)))
    }

    @Test func itHasTheShapeOfTheRealTable() throws {
        let table = try makeCaliforniaHousing(randomState: 0)
        #expect([table.data.rows, table.data.columns, table.target.count] == [20_640, 8, 20_640])
        #expect(table.featureNames == CaliforniaHousing.featureNames)
        #expect(table.targetNames == ["MedHouseVal"])
    }

    /// The ranges of the real table, which no value may leave.
    @Test(arguments: [0, 1, 2] as [UInt32])
    func valuesAreInPlausibleRanges(seed: UInt32) throws {
        let table = try makeCaliforniaHousing(randomState: seed)
        let ranges: [ClosedRange<Double>] = [
            0.4999...15.0001, 1...52, 0.8...142, 0.3...35, 3...35_682, 0.6...1244, 32.54...41.95, -124.35 ... -114.31,
        ]
        for (column, range) in ranges.enumerated() {
            #expect(table.data.column(column).allSatisfy { range.contains($0) }, "\(table.featureNames[column])")
        }
        #expect(table.target.allSatisfy { (0.14999...5.00001).contains($0) })
    }

    /// The means and standard deviations of the real table, approximately.
    @Test func valuesAreDistributedLikeTheRealOnes() throws {
        let table = try makeCaliforniaHousing(randomState: 0)
        let expected: [(mean: Double, deviation: Double, tolerance: Double)] = [
            (3.87, 1.90, 0.4), (28.6, 12.6, 3), (5.43, 2.47, 1.2), (1.10, 0.47, 0.25), (1425, 1132, 250),
            (3.07, 10.39, 10), (35.63, 2.14, 0.5), (-119.57, 2.0, 0.5),
        ]
        for (column, real) in expected.enumerated() {
            let (mean, deviation) = moments(table.data.column(column))
            #expect(abs(mean - real.mean) < real.tolerance, "\(table.featureNames[column])")
            #expect(abs(deviation - real.deviation) < real.tolerance, "\(table.featureNames[column])")
        }
        let (mean, deviation) = moments(table.target)
        #expect(abs(mean - 2.07) < 0.2)
        #expect(abs(deviation - 1.15) < 0.2)
        let capped = table.target.count { $0 == 5.00001 }
        #expect((200...1500).contains(capped))
    }

    @Test func incomeDrivesTheValue() throws {
        let table = try makeCaliforniaHousing(randomState: 0)
        let correlation = correlation(table.data.column(0), table.target)
        #expect((0.55...0.85).contains(correlation), "0.69 in the real table")
    }

    @Test func theDescriptionSaysThatItIsMadeUp() throws {
        let text = try makeCaliforniaHousing(nSamples: 1).description
        #expect(text.contains("SYNTHETIC"))
        #expect(text.contains("MADE UP"))
    }

    @Test(arguments: [0, -1, .min, .max, 10_000_001])
    func absurdSizesAreRefused(nSamples: Int) {
        let error = thrown(DatasetError.self) { _ = try makeCaliforniaHousing(nSamples: nSamples) }
        #expect(error == .invalidArgument(name: "nSamples", value: "\(nSamples)", allowed: "from 1 to 10,000,000"))
    }

    private func moments(_ numbers: [Double]) -> (mean: Double, deviation: Double) {
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
        return (mean, variance.squareRoot())
    }

    private func correlation(_ x: [Double], _ y: [Double]) -> Double {
        let (meanX, deviationX) = moments(x)
        let (meanY, deviationY) = moments(y)
        let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / Double(x.count)
        return covariance / (deviationX * deviationY)
    }
}
