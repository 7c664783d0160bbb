import ModelSelection
import Testing

@Suite("Laws of the cross-validators")
struct SplitterLawTests {
    /// 47 samples of class 0, 24 of class 1, 9 of class 2, mixed, in 13 groups of different sizes.
    static let classes = (0..<80).map { $0 * 29 % 80 }.map { $0 < 47 ? 0 : $0 < 71 ? 1 : 2 }
    static let groups = (0..<80).map { ($0 * $0 + 3) % 17 }
    static let samples = SplitSamples(count: 80, classes: classes, groups: groups)

    /// Cross-validators that test every sample once per round, and the number of folds in a round.
    static let partitions: [(rule: any CrossValidator, folds: Int)] = [
        (KFold(nSplits: 7), 7), (KFold(nSplits: 7, shuffle: true, randomState: 1), 7), (KFold(nSplits: 80), 80),
        (StratifiedKFold(nSplits: 4), 4), (StratifiedKFold(nSplits: 4, shuffle: true), 4),
        (RepeatedKFold(nSplits: 3, nRepeats: 4), 3), (RepeatedStratifiedKFold(nSplits: 3, nRepeats: 4), 3),
        (GroupKFold(nSplits: 5), 5), (GroupKFold(nSplits: 5, shuffle: true), 5),
        (StratifiedGroupKFold(nSplits: 3), 3), (StratifiedGroupKFold(nSplits: 3, shuffle: true), 3),
        (LeaveOneOut(), 80), (LeavePOut(p: 1), 80), (LeaveOneGroupOut(), Set(groups).count), (6, 6),
    ]

    static let grouped: [any CrossValidator] = [
        GroupKFold(nSplits: 5), GroupKFold(nSplits: 5, shuffle: true), StratifiedGroupKFold(nSplits: 3),
        StratifiedGroupKFold(nSplits: 3, shuffle: true), LeaveOneGroupOut(), GroupShuffleSplit(testSize: 0.4),
        GroupShuffleSplit(testSize: 2, trainSize: 3),
    ]

    static let drawn: [any CrossValidator] = [
        ShuffleSplit(testSize: 0.3), ShuffleSplit(nSplits: 4, testSize: 7, trainSize: 9),
        StratifiedShuffleSplit(testSize: 0.3), StratifiedShuffleSplit(nSplits: 4, testSize: 7, trainSize: 9),
    ]

    @Test(arguments: partitions.indices) func everyRoundTestsEverySampleOnce(index: Int) throws {
        let (rule, folds) = Self.partitions[index]
        let splits = try rule.splits(of: Self.samples)
        #expect(splits.count % folds == 0)
        for start in stride(from: 0, to: splits.count, by: folds) {
            #expect(splits[start..<(start + folds)].flatMap(\.test).sorted() == Array(0..<80))
        }
        for (train, test) in splits {
            #expect((train + test).sorted() == Array(0..<80))
            #expect(train == train.sorted() && test == test.sorted())
        }
    }

    @Test func foldsDifferByOneSampleAtMost() throws {
        for count in 2...30 {
            for nSplits in 2...count {
                let sizes = try KFold(nSplits: nSplits).split(nSamples: count).map(\.test.count)
                #expect(sizes.allSatisfy { $0 == count / nSplits || $0 == count / nSplits + 1 })
            }
        }
    }

    @Test(arguments: [2, 3, 5, 11], [true, false]) func foldsHaveTheirShareOfEveryClass(nSplits: Int, shuffle: Bool)
        throws
    {
        for (train, test) in try StratifiedKFold(nSplits: nSplits, shuffle: shuffle).split(Self.classes) {
            for side in [train, test] {
                for number in 0...2 {
                    let share = Double(Self.classes.count { $0 == number }) * Double(side.count) / 80
                    #expect(abs(Double(side.count { Self.classes[$0] == number }) - share) <= 1)
                }
            }
        }
    }

    @Test func strataAreTheSameWhateverTheirNames() throws {
        let numbers = try StratifiedKFold(nSplits: 4, shuffle: true, randomState: 3).split(Self.classes)
        let words = try StratifiedKFold(nSplits: 4, shuffle: true, randomState: 3).split(
            Self.classes.map { ["b", "a", "c"][$0] })
        #expect(numbers.map(\.test) == words.map(\.test))
    }

    @Test(arguments: grouped.indices) func noGroupIsOnBothSides(index: Int) throws {
        for (train, test) in try Self.grouped[index].splits(of: Self.samples) {
            #expect(!train.isEmpty && !test.isEmpty)
            #expect(Set(train.map { Self.groups[$0] }).isDisjoint(with: test.map { Self.groups[$0] }))
        }
    }

    @Test(arguments: drawn.indices) func drawsAreDisjoint(index: Int) throws {
        let splits = try Self.drawn[index].splits(of: Self.samples)
        for (train, test) in splits {
            #expect(Set(train + test).count == train.count + test.count)
            #expect([24 + 56, 7 + 9].contains(train.count + test.count))
        }
        #expect(Set(splits.map(\.test)).count == splits.count)
    }

    @Test func trainingComesBeforeTesting() throws {
        for (nSplits, maxTrainSize, testSize, gap) in [(5, nil, nil, 0), (3, 10, 4, 2), (2, 1, 39, 1), (7, 500, 5, 44)]
        {
            let rule = TimeSeriesSplit(nSplits: nSplits, maxTrainSize: maxTrainSize, testSize: testSize, gap: gap)
            let splits = try rule.split(nSamples: 80)
            #expect(splits.count == nSplits && splits.last?.test.last == 79)
            for (train, test) in splits {
                #expect(try #require(train.last) + gap + 1 == test.first)
                #expect(train.count <= maxTrainSize ?? .max)
                #expect(train + Array((test[0] - gap)..<test[0]) + test == Array(train[0]...test[test.count - 1]))
            }
        }
    }

    @Test func roundsDifferAndTheFirstIsThatOfTheFolds() throws {
        let rounds = try RepeatedKFold(nSplits: 4, nRepeats: 3, randomState: 5).split(nSamples: 40).map(\.test)
        #expect(
            Array(rounds[..<4])
                == (try KFold(nSplits: 4, shuffle: true, randomState: 5).split(nSamples: 40).map(\.test)))
        #expect(Set(rounds).count == 12)
    }

    @Test func withoutASeedSplitsDiffer() throws {
        let rules: [any CrossValidator] = [
            KFold(shuffle: true), StratifiedKFold(shuffle: true), GroupKFold(shuffle: true), RepeatedKFold(),
            ShuffleSplit(),
            StratifiedShuffleSplit(), GroupShuffleSplit(),
        ]
        for rule in rules {
            let splits = try (0..<5).map { _ in try rule.splits(of: Self.samples).map(\.test) }
            #expect(Set(splits).count > 1, "\(rule)")
        }
    }

    @Test func anIntegerIsFoldsOfTheTargetsKind() throws {
        let plain = try 5.splits(of: SplitSamples(count: 80)).map(\.test)
        #expect(plain == (try KFold().split(nSamples: 80).map(\.test)))
        let stratified = try 5.splits(of: Self.samples).map(\.test)
        #expect(stratified == (try StratifiedKFold().split(Self.classes).map(\.test)))
        #expect(plain != stratified)
    }

    /// Class and group numbers may have gaps.
    @Test func numbersMayHaveGaps() throws {
        let spread = SplitSamples(
            count: 80, classes: Self.classes.map { $0 * 1_000_000_007 - 5 }, groups: Self.groups.map { $0 - .max / 2 })
        let rules: [any CrossValidator] = [
            StratifiedKFold(nSplits: 4), GroupKFold(), StratifiedGroupKFold(), LeaveOneGroupOut(),
            StratifiedShuffleSplit(randomState: 1), GroupShuffleSplit(randomState: 1),
        ]
        for rule in rules {
            #expect(try rule.splits(of: spread).map(\.test) == rule.splits(of: Self.samples).map(\.test), "\(rule)")
        }
    }

    @Test func rowsOfIndicatorsCanBeDrawnByRow() throws {
        let rows = Self.classes.map { [[1, 0], [0, 1], [1, 1]][$0] }
        // In ascending order the second row comes first.
        let numbers = Self.classes.map { [1, 0, 2][$0] }
        let rule = StratifiedShuffleSplit(testSize: 0.2, randomState: 2)
        #expect(try rule.split(rows).map(\.test) == rule.split(numbers).map(\.test))
    }
}
