import Estimators
import LinearAlgebra
import ModelSelection
import Testing

@Suite("Laws of trainTestSplit")
struct TrainTestSplitLawTests {
    /// 40 samples of class 0, 25 of class 1, 8 of class 2, mixed.
    let strata = (0..<73).map { $0 * 29 % 73 }.map { $0 < 40 ? 0 : $0 < 65 ? 1 : 2 }

    @Test(arguments: [2, 3, 10, 57], [true, false])
    func theSidesAreDisjointAndCoverAll(count: Int, shuffle: Bool) throws {
        for seed in UInt32(0)..<20 {
            let (train, test) = try trainTestSplit(
                Array(0..<count), testSize: 0.3, randomState: seed, shuffle: shuffle)
            #expect((train + test).sorted() == Array(0..<count))
        }
    }

    @Test func smallSidesLeaveSamplesOut() throws {
        let (train, test) = try trainTestSplit(Array(0..<100), testSize: 10, trainSize: 0.2, randomState: 5)
        #expect(train.count == 20 && test.count == 10)
        #expect(Set(train + test).count == 30)
    }

    @Test func withoutShuffleTheOrderIsKept() throws {
        let (train, test) = try trainTestSplit(Array(0..<10), testSize: 3, trainSize: 4, shuffle: false)
        #expect(train == [0, 1, 2, 3] && test == [4, 5, 6])
    }

    @Test func everyClassKeepsItsShare() throws {
        for (seed, testSize) in [(0, 10), (1, 20), (2, 33), (3, 60)] {
            let (train, test) = try trainTestSplit(
                strata, testSize: .count(testSize), randomState: UInt32(seed), stratify: strata)
            #expect(test.count == testSize && train.count == strata.count - testSize)
            for side in [train, test] {
                for stratum in 0...2 {
                    let all = Double(strata.count { $0 == stratum }) / Double(strata.count)
                    #expect(abs(Double(side.count { $0 == stratum }) - all * Double(side.count)) < 1)
                }
            }
        }
    }

    /// Rounding never takes more samples from a class than it has.
    @Test func allSizesOfSmallClassesCanBeSplit() throws {
        for first in 2...9 {
            for second in 2...9 {
                for third in 2...9 {
                    let strata = [(0, first), (1, second), (2, third)].flatMap { Array(repeating: $0, count: $1) }
                    for testSize in 3...(strata.count - 3) {
                        let (train, test) = try trainTestSplit(
                            Array(strata.indices), testSize: .count(testSize), randomState: 0, stratify: strata)
                        #expect((train + test).sorted() == Array(strata.indices))
                    }
                }
            }
        }
    }

    @Test func allArraysAreSplitAlike() throws {
        let x = Matrix<Float>(rows: 73, columns: 2, elements: (0..<146).map { Float($0) })
        let names = (0..<73).map { "sample \($0)" }
        let (train, test) = try trainTestSplit(Array(0..<73), testSize: 0.2, randomState: 9, stratify: strata)
        let two = try trainTestSplit(x, names, testSize: 0.2, randomState: 9, stratify: strata)
        let three = try trainTestSplit(x, strata, names, testSize: 0.2, randomState: 9, stratify: strata)

        #expect(two.xTrain == x.selectingRows(train) && two.xTest == x.selectingRows(test))
        #expect(two.yTrain == train.map { names[$0] } && two.yTest == test.map { names[$0] })
        #expect(three.xTrain == two.xTrain && three.xTest == two.xTest)
        #expect(three.yTrain == train.map { strata[$0] } && three.yTest == test.map { strata[$0] })
        #expect(three.zTrain == two.yTrain && three.zTest == two.yTest)

        let four = try trainTestSplit(
            x, strata, names, strata.map(Double.init), testSize: 0.2, randomState: 9, stratify: strata)
        #expect(four.xTrain == two.xTrain && four.yTest == three.yTest && four.zTest == two.yTest)
        #expect(four.wTrain == three.yTrain.map(Double.init) && four.wTest == three.yTest.map(Double.init))
    }

    @Test func moreArraysBecomeAPairEach() throws {
        let x = Matrix<Float>(rows: 73, columns: 2, elements: (0..<146).map { Float($0) })
        let doubles = strata.map(Double.init)
        let (a, b, c, d, e) = try trainTestSplit(
            x, strata, doubles, strata, strata, testSize: 0.2, randomState: 9, stratify: strata)
        let two = try trainTestSplit(x, strata, testSize: 0.2, randomState: 9, stratify: strata)
        #expect(a.train == two.xTrain && a.test == two.xTest)
        for labels in [b, d, e] { #expect(labels.train == two.yTrain && labels.test == two.yTest) }
        #expect(c.train == two.yTrain.map(Double.init) && c.test == two.yTest.map(Double.init))
        let error = #expect(throws: EstimatorError.self) {
            _ = try trainTestSplit(x, strata, doubles, strata, [1, 2], randomState: 9)
        }
        #expect(error?.description.contains("argument 5") == true)
    }

    @Test func notToStratifyCanBeSaid() throws {
        let plain = try trainTestSplit(strata, randomState: 4)
        #expect(try trainTestSplit(strata, randomState: 4, stratify: nil) == plain)
        let none: [String]? = nil
        #expect(try trainTestSplit(strata, randomState: 4, stratify: none) == plain)
        let some: [Int]? = strata
        #expect(
            try trainTestSplit(strata, randomState: 4, stratify: some)
                == trainTestSplit(strata, randomState: 4, stratify: strata))
    }

    @Test func withoutASeedSplitsDiffer() throws {
        let splits = try (0..<3).map { _ in try trainTestSplit(Array(0..<1000)).test }
        #expect(Set(splits).count == 3)
    }
}
