import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import Terminal
import TestSupport
import Testing

@testable import Datasets

/// What `Scripts/fixtures/datasets.py` wrote about a table of scikit-learn's.
struct Fixture: Decodable {
    let shape: [Int]
    let dataSHA256: String
    let targetSHA256: String
    let columnSums: [Double]
    let targetSum: Double
    let targetMean: Double
    let firstRow: [Double]
    let lastRow: [Double]
    let featureNames: [String]
    let targetNames: [String]

    static func load(_ name: String) throws -> Fixture {
        try fixture(name, in: .module)
    }
}

/// The digest of the numbers as little-endian float64, as in the fixtures.
func bitDigest(_ numbers: [Double]) -> String {
    hexSHA256(numbers.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian, Array.init) })
}

/// Writes `bytes` to a file, making the folders above it.
func write(_ bytes: [UInt8], to url: URL) throws {
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
}

/// The names of everything in `folder`.
func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
}

extension Console {
    static let silent = Console(isTerminal: false) { _ in }
}

/// Collects what is written on a console.
final class Transcript: @unchecked Sendable {
    private let lock = NSLock()
    private var collected = ""

    var text: String { lock.withLock { collected } }

    func console(isTerminal: Bool) -> Console {
        Console(isTerminal: isTerminal) { text in self.lock.withLock { self.collected += text } }
    }
}

/// A table of four block groups, in every format of the real California housing table.
struct TinyCalifornia {
    static let raw = Array(
        """
        -122.230000,37.880000,41.000000,880.000000,129.000000,322.000000,126.000000,8.325200,452600.000000
        -118.300000,34.000000,52.000000,1000.000000,300.000000,901.000000,297.000000,2.100000,150000.000000
        -117.100000,32.700000,20.000000,2500.000000,510.000000,1300.000000,490.000000,3.900000,210000.000000
        -121.500000,38.600000,7.000000,3100.000000,600.000000,1700.000000,610.000000,4.700000,500001.000000
        """.utf8)

    let archive: [UInt8]
    let cache: [UInt8]
    private let cacheDigest: String

    init() throws {
        archive = try withFolder { folder in
            try write(Self.raw, to: folder.appendingPathComponent(CaliforniaHousing.archiveMember))
            let packed = folder.appendingPathComponent("packed.tgz")
            let tar = Process()
            tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            tar.arguments = ["tar", "-czf", packed.path, "-C", folder.path, "CaliforniaHousing"]
            try tar.run()
            tar.waitUntilExit()
            return try [UInt8](Data(contentsOf: packed))
        }
        let table = try NumericCSV(Self.raw, file: "tiny", rows: 4, columns: 9, hasHeader: false).table
        cache = Array(CaliforniaHousing.cache(of: CaliforniaHousing.dataset(fromRaw: table, description: "")).text.utf8)
        cacheDigest = hexSHA256(cache)
    }

    /// The expected source, with an archive at `address` and short time limits.
    func housing(at address: String = "http://127.0.0.1:1/", silence: TimeInterval = 10) -> CaliforniaHousing {
        CaliforniaHousing(
            archive: download(address, silence: silence), rows: 4, rawSHA256: hexSHA256(Self.raw),
            cacheSHA256: cacheDigest)
    }

    func download(_ address: String, silence: TimeInterval) -> Download {
        Download(
            address: address, sha256: hexSHA256(archive), silence: silence, duration: 30, attempts: 3, pause: 0.02,
            console: .silent)
    }
}
