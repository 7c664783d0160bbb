import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

// The kernel's mark of the most memory belongs to the process, so that each of these tests has one of its own.
#if os(Linux) && compiler(>=6.2)
    @Suite struct MemoryGrowthTests {
        @Test func aFitTakesNoCopyOfItsTable() async {
            await #expect(processExitsWith: .success) {
                let table = LargeTable()
                var mlp = MLPRegressor(hiddenLayerSizes: [8], maxIter: 2, randomState: 1)
                let growth = try memoryGrowth { try mlp.fit(table.x, table.y) }
                #expect(growth < LargeTable.bytes / 4, "\(growth) bytes")
            }
        }

        @Test func earlyStoppingCopiesTheValidationSamplesAlone() async {
            await #expect(processExitsWith: .success) {
                let table = LargeTable()
                var mlp = MLPRegressor(hiddenLayerSizes: [8], maxIter: 2, randomState: 1, earlyStopping: true)
                let growth = try memoryGrowth { try mlp.fit(table.x, table.y) }
                #expect(growth < LargeTable.bytes / 2, "\(growth) bytes")
            }
        }

        @Test func predictingTakesNoMoreThanItsResult() async {
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

    /// A table whose features are most of what it takes: 51 MB.
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

    /// By how many bytes the most memory that this process has had grows while `body` runs.
    private func memoryGrowth(_ body: () throws -> Void) throws -> Int {
        func mark() throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1])) * 1024
        }
        // From what is in use now, and not from what making the table took.
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = try mark()
        try body()
        return try mark() - before
    }
#endif
