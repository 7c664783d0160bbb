import Foundation
import LinearAlgebra
import Testing

@testable import Datasets

@Suite struct BundledTablesTests {
    @Test func everyBitIsScikitLearns() throws {
        try expectEqual(try loadWine(), "wine")
        try expectEqual(try loadBreastCancer(), "breast_cancer")
        try expectEqual(try loadDigits(), "digits")
    }

    @Test func everyBitOfDiabetesIsScikitLearns() throws {
        try expectEqual(try loadDiabetes(), "diabetes")
        try expectEqual(try loadDiabetes(scaled: false), "diabetes_measured")
    }

    private func expectEqual<Target>(
        _ dataset: Dataset<Target>, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let fixture = try Fixture.load(name)
        let data = dataset.data
        let target = dataset.target.compactMap { ($0 as? Double) ?? ($0 as? Int).map(Double.init) }
        #expect([data.rows, data.columns] == fixture.shape, sourceLocation: sourceLocation)
        #expect(Array(data.row(0)) == fixture.firstRow, sourceLocation: sourceLocation)
        #expect(Array(data.row(data.rows - 1)) == fixture.lastRow, sourceLocation: sourceLocation)
        #expect(bitDigest(data.elements) == fixture.dataSHA256, sourceLocation: sourceLocation)
        #expect(bitDigest(target) == fixture.targetSHA256, sourceLocation: sourceLocation)
        #expect(dataset.featureNames == fixture.featureNames, sourceLocation: sourceLocation)
        #expect(dataset.targetNames == fixture.targetNames, sourceLocation: sourceLocation)
    }

    @Test func descriptionsNameTheirSources() throws {
        #expect(try loadWine().description.contains("Forina"))
        #expect(try loadBreastCancer().description.contains("Wolberg"))
        #expect(try loadDigits().description.contains("Alpaydin"))
        #expect(try loadDiabetes().description.contains("Efron"))
    }

    @Test func pixelsAreWholeNumbersUpToSixteen() throws {
        #expect(try loadDigits().data.elements.allSatisfy { $0 == $0.rounded() && (0...16).contains($0) })
    }

    @Test func scaledColumnsAreCentredAndOfUnitLength() throws {
        let data = try loadDiabetes().data
        for column in 0..<data.columns {
            let values = data.column(column)
            #expect(abs(values.reduce(0, +)) < 1e-12)
            #expect(abs(values.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
        }
    }
}
