import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct IrisTests {
    @Test func everyBitIsScikitLearns() throws {
        let fixture = try Fixture.load("iris")
        let iris = try loadIris()
        #expect([iris.data.rows, iris.data.columns] == fixture.shape)
        #expect(Array(iris.data.row(0)) == fixture.firstRow)
        #expect(Array(iris.data.row(149)) == fixture.lastRow)
        #expect(bitDigest(iris.data.elements) == fixture.dataSHA256)
        #expect(bitDigest(iris.target.map(Double.init)) == fixture.targetSHA256)
        #expect(iris.featureNames == fixture.featureNames)
        #expect(iris.targetNames == fixture.targetNames)
        #expect(try loadIris() == iris)
    }

    @Test func theDescriptionNamesItsSource() throws {
        let iris = try loadIris()
        #expect(iris.description.contains("Fisher"))
        #expect("\(iris)" == iris.description)
    }

    @Test func aMissingBundleIsAnErrorThatSaysWhereItWasLookedFor() throws {
        try withFolder { folder in
            let error = thrown(DatasetError.self) { _ = try BundledTables.contents(of: "iris.csv", in: [folder]) }
            #expect(error == .bundleMissing(file: "iris.csv", searched: [folder.path]))
            #expect(error?.description.contains("beside the executable") == true)
        }
    }

    @Test func theFirstFolderThatHasTheFileWins() throws {
        try withFolder { folder in
            let full = folder.appendingPathComponent("full")
            try write([1, 2], to: full.appendingPathComponent("x"))
            let found = try BundledTables.contents(of: "x", in: [folder.appendingPathComponent("empty"), full])
            #expect(found.bytes == [1, 2])
            #expect(found.file == full.appendingPathComponent("x").path)
        }
    }
}
