// Learns from a table that is larger than the memory in use, by reading its file in batches of rows.
//
// The table is synthetic, and is written to a temporary file. With a million rows:
//
//     swift run -c release LargerThanMemory 1000000

import ExampleSupport
import Foundation
import SwiftMLP

@main
struct LargerThanMemory {
    static let features = (1...20).map { "x\($0)" }

    static func main() throws {
        let options = Options(
            "Learns from a table that is larger than the memory in use.",
            ["ROWS": "the number of rows, at least 10000; 200000 by default"])
        let rows = options.integer("ROWS", from: 10_000) ?? 200_000
        let file = FileManager.default.temporaryDirectory.appending(path: "larger-than-memory-\(UUID()).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try writeTable(rows: rows, to: file)

        // Only the current batch is in memory.
        let batches = try CSVBatches(contentsOf: file, batchSize: 2_000)

        // Read the file once to learn the scale of the features, then twice to train. The first batch is held out.
        var scaler = StandardScaler()
        for batch in batches {
            try scaler.partialFit(batch.get().matrix(of: features))
        }
        var mlp = MLPRegressor(hiddenLayerSizes: [50], randomState: 1)
        for pass in 1...2 {
            for batch in batches.dropFirst() {
                let table = try batch.get()
                try mlp.partialFit(scaler.transform(table.matrix(of: features)), table.numbers("y"))
            }
            print("Pass \(pass), loss of its last batch = \(mlp.finalLoss ?? .nan)")
        }
        for batch in batches.prefix(1) {
            let table = try batch.get()
            let yPred = try mlp.predict(scaler.transform(table.matrix(of: features)))
            print("R² of rows that it has not seen:", try r2Score(table.numbers("y"), yPred))
        }

        let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        print(
            "The file has \(megabytes(size)); the most memory that was used is \(peakMemory().map(megabytes) ?? "unknown")."
        )
    }

    /// Writes features of different scales, and a target that depends on the first three of them.
    static func writeTable(rows: Int, to file: URL) throws {
        var random = RandomState(seed: 0)
        try ((features + ["y"]).joined(separator: ",") + "\n").write(to: file, atomically: true, encoding: .utf8)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        for first in stride(from: 0, to: rows, by: 1_000) {
            var text = ""
            for _ in first..<min(first + 1_000, rows) {
                let x = features.indices.map { Double($0 + 1) * random.standardNormal() }
                let y = x[0] + sin(x[1]) + x[2] * x[2] / 9
                text += (x + [y]).map { "\($0)" }.joined(separator: ",") + "\n"
            }
            try handle.write(contentsOf: Data(text.utf8))
        }
    }

    /// Returns the peak memory of this process in bytes; nil on systems other than Linux.
    static func peakMemory() -> Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }

    static func megabytes(_ bytes: Int) -> String { "\(bytes / 1_000_000) MB" }
}
