import Testing

@testable import NeuralNetwork

/// The division of coefficient rows among workers, for layers of many shapes.
@Suite struct RowGroupTests {
    private static let sizes = [1, 2, 3, 7, 8, 10, 31, 32, 33, 64, 100, 250, 255, 784, 1_024, 5_000]

    static let layers = sizes.flatMap { fanIn in
        sizes.compactMap { NetworkShape(layerUnits: [fanIn, $0])?.layers[0] }
    }

    @Test func groupsCoverEveryRowOnce() {
        for layer in Self.layers {
            let groups = (0..<layer.groupCount).map { layer.rows(of: $0..<$0 + 1) }
            #expect(groups.allSatisfy { !$0.isEmpty }, "\(layer)")
            #expect(groups.flatMap { Array($0) } == Array(0..<layer.fanIn), "\(layer)")
            #expect(layer.rows(of: 0..<layer.groupCount) == 0..<layer.fanIn, "\(layer)")
        }
    }

    /// A product computes eight rows at a time, so the parts cannot be more equal.
    @Test(arguments: [2, 4]) func threadsGetEqualWork(threads: Int) {
        for layer in Self.layers where layer.groupCount >= threads && layer.groupCount % threads == 0 {
            let groups = layer.groupCount / threads
            let rows = (0..<threads).map { layer.rows(of: $0 * groups..<($0 + 1) * groups).count }
            #expect((rows.max() ?? 0) - (rows.min() ?? 0) <= 8, "\(layer): \(rows)")
        }
    }

    @Test func groupsFitInTheCache() {
        for layer in Self.layers {
            let widest = (0..<layer.groupCount).map { layer.rows(of: $0..<$0 + 1).count }.max() ?? 0
            #expect((widest - 8) * layer.fanOut <= 4_096, "\(layer)")
            #expect(layer.groupsInPart >= 1, "\(layer)")
        }
    }
}
