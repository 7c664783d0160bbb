import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

// The kernel records the peak memory of a process, so each of these tests runs in its own process.
#if os(Linux) && compiler(>=6.2)
    @Suite struct MemoryGrowthTests {
        @Test func fitDoesNotCopyItsTable() async {
            await #expect(processExitsWith: .success) {
                let table = LargeTable()
                var mlp = MLPRegressor(hiddenLayerSizes: [8], maxIter: 2, randomState: 1)
                let growth = try memoryGrowth { try mlp.fit(table.x, table.y) }
                #expect(growth < LargeTable.bytes / 4, "\(growth) bytes")
            }
        }

        @Test func earlyStoppingCopiesOnlyTheValidationSamples() async {
            await #expect(processExitsWith: .success) {
                let table = LargeTable()
                var mlp = MLPRegressor(hiddenLayerSizes: [8], maxIter: 2, randomState: 1, earlyStopping: true)
                let growth = try memoryGrowth { try mlp.fit(table.x, table.y) }
                #expect(growth < LargeTable.bytes / 2, "\(growth) bytes")
            }
        }

        @Test func predictionAllocatesOnlyItsResult() async {
            await #expect(processExitsWith: .success) {
                let table = LargeTable()
                var mlp = MLPRegressor(hiddenLayerSizes: [100], maxIter: 1, randomState: 1)
                try mlp.fit(table.x.selectingRows(Array(0..<1000)), Array(table.y.prefix(1000)))
                let fitted = mlp
                let growth = try memoryGrowth { _ = try fitted.predict(table.x) }
                #expect(growth < LargeTable.bytes / 4, "\(growth) bytes")
            }
        }
    }

    /// A table of 51 MB, most of which are its features.
    private struct LargeTable {
        static let rows = 200_000
        static let columns = 32
        static let bytes = rows * columns * MemoryLayout<Double>.stride

        let x: Matrix<Double>
        let y: [Double]

        init() {
            x = Matrix(
                rows: Self.rows, columns: Self.columns,
                elements: (0..<Self.rows * Self.columns).map { Double($0 &* 2_654_435_761 % 1000) / 500 - 1 })
            let first = x.column(0)
            y = first
        }
    }

    /// Returns by how many bytes the peak memory of this process grows while `body` runs.
    private func memoryGrowth(_ body: () throws -> Void) throws -> Int {
        func mark() throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1])) * 1024
        }
        // Reset the peak to the current memory, so that creating the table does not count.
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = try mark()
        try body()
        return try mark() - before
    }
#endif
