import Estimators
import ModelSelection
import TestSupport
import Testing

@Suite struct SmallClassTests {
    /// scikit-learn leaves a fold without samples here, since two spreads that are equal differ by rounding.
    @Test func aTieLeavesNoFoldEmpty() throws {
        let splits = try StratifiedGroupKFold(nSplits: 4).split(
            [0, 0, 1, 0, 1, 1, 1, 1, 1], groups: [0, 0, 1, 1, 1, 1, 2, 3, 3])
        #expect(splits.map(\.test).sorted { $0[0] < $1[0] } == [[0, 1], [2, 3, 4, 5], [6], [7, 8]])
    }

    @Test(arguments: 0..<300) func noFoldIsEmpty(seed: Int) throws {
        var generator = SplitMix(state: UInt64(seed))
        let count = Int.random(in: 4...14, using: &generator)
        let groups = (0..<count).map { _ in Int.random(in: 0..<6, using: &generator) }
        let y = (0..<count).map { _ in Int.random(in: 0..<2, using: &generator) }
        let largest = max(y.count { $0 == 0 }, y.count { $0 == 1 })
        let nSplits = min(Set(groups).count, largest)
        guard nSplits >= 2 else { return }
        let splits = try StratifiedGroupKFold(nSplits: nSplits).split(y, groups: groups)
        #expect(splits.allSatisfy { !$0.test.isEmpty && !$0.train.isEmpty })
        #expect(splits.flatMap(\.test).sorted() == Array(0..<count))
    }

    @Test func classesSmallerThanTheNumberOfFoldsAreLogged() throws {
        let y = [0, 0, 0, 0, 0, 1, 1]
        let groups = Array(0..<7)
        let logged: [(any CrossValidator, Bool)] = [
            (StratifiedKFold(nSplits: 3), true), (StratifiedKFold(nSplits: 2), false), (3, true),
            (RepeatedStratifiedKFold(nSplits: 3, nRepeats: 4, randomState: 0), true),
            (StratifiedGroupKFold(nSplits: 3), true), (KFold(nSplits: 3), false),
        ]
        for (rule, isLogged) in logged {
            let lines = try LogRecorder.lines { _ = try rule.split(y, groups: groups) }
            let expected = "warning: The smallest class has 2 samples, fewer than nSplits = 3: some test sides lack it."
            #expect(lines == (isLogged ? [expected] : []), "\(rule)")
        }
    }
}

/// A small generator of random numbers.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
