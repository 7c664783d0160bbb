import Foundation
import LinearAlgebra
import ModelFiles
import TestSupport
import Testing

@testable import Datasets

/// Finding, rejecting, downloading and caching the table, tested with a small substitute.
@Suite(.timeLimit(.minutes(1))) struct CaliforniaHousingTests {
    let tiny: TinyCalifornia
    let expected: Dataset<Double>

    init() throws {
        tiny = try TinyCalifornia()
        expected = try tiny.housing().tableFromRaw(TinyCalifornia.raw, file: "raw")
    }

    @Test func columnsAreDerived() {
        #expect(expected.data.rows == 4)
        let households = 126.0
        let first: [Double] = [8.3252, 41, 880 / households, 129 / households, 322, 322 / households, 37.88, -122.23]
        #expect(Array(expected.data.row(0)) == first)
        #expect(expected.target == [4.526, 1.5, 2.1, 5.00001])
        #expect(expected.featureNames.count == 8)
        #expect(expected.targetNames == ["MedHouseVal"])
    }

    @Test func everyFormInTheDataHomeServes() throws {
        let raw = TinyCalifornia.raw
        let windows = Array(String(decoding: raw, as: UTF8.self).replacingOccurrences(of: "\n", with: "\r\n").utf8)
        let forms: [(String, [UInt8])] = [
            ("cal_housing.data", raw), ("cal_housing.data", raw + [10]), ("cal_housing.data", windows),
            ("cal_housing.data", windows + [13, 10]), ("CaliforniaHousing/cal_housing.data", raw),
            ("california_housing.csv", tiny.cache), ("cal_housing.tgz", tiny.archive),
        ]
        for (name, bytes) in forms {
            try withFolder { home in
                try write(bytes, to: home.appendingPathComponent(name))
                #expect(try tiny.housing().load(from: home, downloadIfMissing: false) == expected, "\(name)")
                #expect(try names(in: home).count == 1, "reading leaves nothing behind")
            }
        }
    }

    @Test(arguments: ["cal_housing.data", "CaliforniaHousing/cal_housing.data", "california_housing.csv"])
    func damagedFilesAreRefusedNamedAndLeftAlone(name: String) throws {
        let good = name.hasSuffix(".csv") ? tiny.cache : TinyCalifornia.raw
        var altered = good
        altered[altered.count - 60] ^= 1
        let damaged: [[UInt8]] = [
            [], [10], Array(good.dropLast(1 + 20)), Array(good.prefix(200)), good + good, altered,
            (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 37) }, tiny.archive, Array("<html></html>".utf8),
        ]
        for bytes in damaged {
            try withFolder { home in
                let file = home.appendingPathComponent(name)
                try write(bytes, to: file)
                let server = try LoopbackServer([.body(tiny.archive)])
                let error = thrown(DatasetError.self) {
                    _ = try tiny.housing(at: server.address).load(from: home, downloadIfMissing: true)
                }
                guard case .refused(file.path, _) = error else {
                    Issue.record("\(bytes.count) bytes: \(String(describing: error))")
                    return
                }
                #expect(server.connections == 0)
                #expect(try Data(contentsOf: file) == Data(bytes))
            }
        }
    }

    @Test func aDamagedArchiveIsRefused() throws {
        try withFolder { home in
            let file = home.appendingPathComponent("cal_housing.tgz")
            try write(Array(tiny.archive.dropLast()), to: file)
            guard
                case .refused(file.path, _) = thrown(
                    DatasetError.self,
                    by: {
                        _ = try tiny.housing().load(from: home, downloadIfMissing: false)
                    })
            else {
                Issue.record("not refused")
                return
            }
        }
    }

    @Test func anArchiveWithoutTheTableIsAnError() {
        let junk = Array("no archive".utf8)
        #expect(throws: DatasetError.self) { try Archive.member("x", of: junk, file: "junk.tgz") }
        #expect(throws: DatasetError.self) { try Archive.member("x", of: tiny.archive, file: "tiny.tgz") }
    }

    @Test func aFolderOfThatNameIsRefused() throws {
        try withFolder { home in
            let folder = home.appendingPathComponent("cal_housing.data")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let error = thrown(DatasetError.self) { _ = try tiny.housing().load(from: home, downloadIfMissing: true) }
            #expect(error == .refused(file: folder.path, reason: "it is not a regular file"))
        }
    }

    @Test func aDownloadIsKeptForTheNextTime() throws {
        try withFolder { parent in
            let home = parent.appendingPathComponent("new/home")
            let server = try LoopbackServer([.body(tiny.archive)])
            let housing = tiny.housing(at: server.address)
            #expect(try housing.load(from: home, downloadIfMissing: true) == expected)
            #expect(try names(in: home) == ["california_housing.csv"])
            #expect(try housing.load(from: home, downloadIfMissing: true) == expected)
            #expect(server.connections == 1)
        }
    }

    @Test func aFailedDownloadLeavesNothingBehindAndTellsWhatToDo() throws {
        let failures: [[LoopbackServer.Reply]] = [
            [.status(404)], [.half(tiny.archive), .half(tiny.archive), .half(tiny.archive)], [.silence],
            [.body(TinyCalifornia.raw)],
        ]
        for replies in failures {
            try withFolder { home in
                let server = try LoopbackServer(replies)
                let error = thrown(DatasetError.self) {
                    _ = try tiny.housing(at: server.address, silence: 1).load(from: home, downloadIfMissing: true)
                }
                let text = error?.description ?? ""
                for hint in [home.path, "cal_housing.data", "SWIFT_MLP_DATA", "makeCaliforniaHousing", server.address] {
                    #expect(text.contains(hint), "\(text)")
                }
                #expect(try names(in: home).isEmpty)
            }
        }
    }

    @Test func withoutLeaveToDownloadNothingIsAskedOrMade() throws {
        try withFolder { parent in
            let home = parent.appendingPathComponent("home")
            let error = thrown(DatasetError.self) {
                _ = try fetchCaliforniaHousing(dataHome: home, downloadIfMissing: false)
            }
            guard case .notInDataHome(_, home.path, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let left = try names(in: parent)
            #expect(left.isEmpty)
        }
    }

    @Test func aDataHomeThatCannotBeMadeIsReportedBeforeAnyDownload() throws {
        try withFolder { parent in
            let file = parent.appendingPathComponent("file")
            try write([1], to: file)
            let server = try LoopbackServer([.body(tiny.archive)])
            let error = thrown(DatasetError.self) {
                _ = try tiny.housing(at: server.address)
                    .load(from: file.appendingPathComponent("home"), downloadIfMissing: true)
            }
            guard case .unusableDataHome = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(server.connections == 0)
        }
    }
}

/// The published table, if this machine has it.
@Suite(
    .enabled(
        if: RealTable.folder != nil, RealTable.reason))
struct PublishedCaliforniaHousingTests {
    let home: URL

    init() throws { home = try #require(RealTable.folder) }

    @Test func everyBitIsScikitLearns() throws {
        let fixture = try Fixture.load("california_housing")
        let housing = try fetchCaliforniaHousing(dataHome: home, downloadIfMissing: false)
        #expect([housing.data.rows, housing.data.columns] == fixture.shape)
        #expect(Array(housing.data.row(0)) == fixture.firstRow)
        #expect(Array(housing.data.row(housing.data.rows - 1)) == fixture.lastRow)
        for (column, sum) in fixture.columnSums.enumerated() {
            let ours = housing.data.column(column).reduce(0, +)
            #expect(abs(ours - sum) <= 1e-9 * abs(sum), "column \(column)")
        }
        #expect(bitDigest(housing.data.elements) == fixture.dataSHA256)
        #expect(bitDigest(housing.target) == fixture.targetSHA256)
        #expect(abs(housing.target.reduce(0, +) / 20_640 - fixture.targetMean) < 1e-12)
        #expect(housing.featureNames == fixture.featureNames)
        #expect(housing.targetNames == fixture.targetNames)
    }

    @Test func ourOwnCopyHasTheDigestThatWeExpect() throws {
        let housing = try fetchCaliforniaHousing(dataHome: home, downloadIfMissing: false)
        let text = Array(CaliforniaHousing.cache(of: housing).text.utf8)
        #expect(hexSHA256(text) == CaliforniaHousing.published.cacheSHA256)
        try withFolder { folder in
            try write(text, to: folder.appendingPathComponent("california_housing.csv"))
            #expect(try fetchCaliforniaHousing(dataHome: folder, downloadIfMissing: false) == housing)
        }
    }
}
