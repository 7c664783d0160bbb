import Estimators
import LinearAlgebra
import TestSupport
import Testing

@Suite("Class labels")
struct ClassLabelTests {
    enum Species: String, ClassLabel { case virginica, setosa, versicolor }
    enum Size: Int, ClassLabel { case large = 3, small = 1 }
    enum Grade: Int, Comparable, ClassLabel {
        case best = 1, good, poor

        static func < (first: Grade, second: Grade) -> Bool { first.rawValue > second.rawValue }
    }
    struct Version: ClassLabel, Comparable {
        let major: Int

        static func < (first: Version, second: Version) -> Bool { first.major < second.major }
    }

    @Test func classesAreDistinctAndAscending() throws {
        #expect(try Int.classes(in: [7, -3, 7, .max, .min, 0], argument: "y") == [.min, -3, 0, 7, .max])
        #expect(try Bool.classes(in: [true, false, true], argument: "y") == [false, true])
        #expect(try Bool.classes(in: [true], argument: "y") == [true])
        #expect(try Size.classes(in: [.large, .small], argument: "y") == [.small, .large])
        #expect(
            try Species.classes(in: [.virginica, .setosa, .versicolor], argument: "y") == [
                .setosa, .versicolor, .virginica,
            ])
        #expect(try Version.classes(in: [Version(major: 2), Version(major: 1)], argument: "y").map(\.major) == [1, 2])
    }

    /// A type's own order takes precedence over that of the raw values.
    @Test func comparableEnumsKeepTheirOrder() throws {
        #expect(try Grade.classes(in: [.best, .poor, .good], argument: "y") == [.poor, .good, .best])
    }

    /// As numpy.unique sorts them. The last letter lies beyond 16 bits, where UTF-16 sorts it before U+FF5A.
    @Test func stringsAreOrderedByUnicodeScalars() throws {
        let sorted = ["", "10", "9", "B", "Z", "a", "ab", "z", "Ä", "ä", "ｚ", "𝔷"]
        #expect(try String.classes(in: sorted.reversed(), argument: "y") == sorted)
    }

    @Test func orderIsStrict() {
        let labels = ["", "a", "ab", "b", "Ä"]
        for first in labels {
            for second in labels {
                let isBefore = String.precedes(first, second)
                #expect(isBefore == (labels.firstIndex(of: first) ?? 0 < labels.firstIndex(of: second) ?? 0))
            }
        }
        #expect(!Bool.precedes(true, true) && !Bool.precedes(false, false) && Bool.precedes(false, true))
    }

    @Test func twoClassesShareAColumn() throws {
        let encoded: Matrix<Double> = try String.encode(["no", "yes", "no"], classes: ["no", "yes"], argument: "y")
        #expect(encoded == [[0], [1], [0]])
        #expect(String.decode(encoded, classes: ["no", "yes"]) == ["no", "yes", "no"])
        let one: Matrix<Float> = try Int.encode([5, 5], classes: [5], argument: "y")
        #expect(one == [[0], [0]])
        #expect(Int.decode(one, classes: [5]) == [5, 5])
        #expect(Int.decode([[0.9]] as Matrix<Float>, classes: [5]) == [5])
    }

    @Test func moreClassesHaveAColumnEach() throws {
        let targets: [Species] = [.setosa, .virginica, .versicolor, .setosa]
        let classes = try Species.classes(in: targets, argument: "y")
        let encoded: Matrix<Float> = try Species.encode(targets, classes: classes, argument: "y")
        #expect(encoded == [[1, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]])
        #expect(Species.decode(encoded, classes: classes) == targets)
    }

    @Test func decodingResolvesTies() {
        #expect(Int.decode([[0.5], [0.5000001], [.nan]] as Matrix<Double>, classes: [3, 4]) == [3, 4, 3])
        #expect(Int.decode([[0.4, 0.4, 0.2], [0.1, 0.45, 0.45]] as Matrix<Double>, classes: [7, 8, 9]) == [7, 8])
    }

    @Test func refusals() {
        Refusal("no targets", mentions: "labels", "empty") { _ = try Int.classes(in: [], argument: "labels") }.check()
        Refusal("unknown label", mentions: "y[1]", "9", "1, 2, 3") {
            let _: Matrix<Double> = try Int.encode([1, 9], classes: [1, 2, 3], argument: "y")
        }.check()
        Refusal("unknown label of many", mentions: "y[0]", "is -1", "0, 1, 2, 3, 4, …, 97, 98, 99") {
            let _: Matrix<Double> = try Int.encode([-1], classes: Array(0..<100), argument: "y")
        }.check()
        Refusal("unknown label of two", mentions: "y[0]", "maybe", "no, yes") {
            let _: Matrix<Double> = try String.encode(["maybe"], classes: ["no", "yes"], argument: "y")
        }.check()
    }
}
