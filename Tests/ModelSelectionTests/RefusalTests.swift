import LinearAlgebra
import ModelSelection
import TestSupport
import Testing

private let absurdSizes: [(size: SplitSize, text: String)] = [
    (0.0, "0.0"), (1.0, "1.0"), (-0.5, "-0.5"), (1.5, "1.5"), (-1e300, "-1e+300"), (1e300, "1e+300"),
    (.fraction(.nan), "nan"), (.fraction(.infinity), "inf"), (.fraction(-.infinity), "-inf"), (0, "0"), (-3, "-3"),
    (10, "10"), (11, "11"), (.count(.max), "9223372036854775807"), (.count(.min), "-9223372036854775808"),
]

private let sizeRefusals = absurdSizes.flatMap { size, text in
    [
        Refusal("testSize \(text)", mentions: "testSize", text) { _ = try trainTestSplit(ten, testSize: size) },
        Refusal("trainSize \(text)", mentions: "trainSize", text) { _ = try trainTestSplit(ten, trainSize: size) },
        Refusal("testSize \(text) of Matrix, stratified", mentions: "testSize", text) {
            _ = try trainTestSplit(
                Matrix<Double>(rows: 10, columns: 1, repeating: 0), ten, testSize: size, stratify: ten.map { $0 % 2 })
        },
        Refusal("testSize \(text) without shuffle", mentions: "testSize", text) {
            _ = try trainTestSplit(ten, ten, ten, testSize: size, shuffle: false)
        },
    ]
}

private let ten = Array(0..<10)

private let refusals = [
    Refusal("no samples", mentions: "x", "empty") { _ = try trainTestSplit([Int]()) },
    Refusal("no rows", mentions: "x", "empty") {
        _ = try trainTestSplit(Matrix<Double>(rows: 0, columns: 3, elements: []), [Int]())
    },
    Refusal("one sample", mentions: "testSize", "0.25", "1") { _ = try trainTestSplit(["only"]) },
    Refusal("one sample as test", mentions: "testSize", "1") { _ = try trainTestSplit(["only"], testSize: 1) },
    Refusal("all for testing", mentions: "testSize", "0.95") { _ = try trainTestSplit(ten, testSize: 0.95) },
    Refusal("none for training", mentions: "trainSize", "0.05") { _ = try trainTestSplit(ten, trainSize: 0.05) },
    Refusal("none for training beside a test size", mentions: "trainSize", "0.05") {
        _ = try trainTestSplit(ten, testSize: 0.5, trainSize: 0.05)
    },
    Refusal("fractions above 1", mentions: "testSize + trainSize", "1.2") {
        _ = try trainTestSplit(ten, testSize: 0.5, trainSize: 0.7)
    },
    Refusal("counts above n", mentions: "testSize + trainSize", "12", "10") {
        _ = try trainTestSplit(ten, testSize: 6, trainSize: 6)
    },
    Refusal("fraction and count above n", mentions: "testSize + trainSize", "11") {
        _ = try trainTestSplit(ten, testSize: 0.5, trainSize: 6)
    },
    Refusal("fewer targets", mentions: "y", "3", "10") { _ = try trainTestSplit(ten, [1, 2, 3]) },
    Refusal("more targets of three", mentions: "y", "11", "10") { _ = try trainTestSplit(ten, Array(0...10), ten) },
    Refusal("no weights", mentions: "z", "0", "10") { _ = try trainTestSplit(ten, ten, [Double]()) },
    Refusal("too many of the fourth", mentions: "w", "11", "10") {
        _ = try trainTestSplit(ten, ten, ten, Array(0...10))
    },
    Refusal("fewer strata", mentions: "stratify", "2", "10") { _ = try trainTestSplit(ten, stratify: [0, 1]) },
    Refusal("strata without shuffle", mentions: "stratify", "shuffle") {
        _ = try trainTestSplit(ten, shuffle: false, stratify: ten.map { $0 % 2 })
    },
    Refusal("a class of one", mentions: "stratify", "1 of class rare") {
        _ = try trainTestSplit(ten, stratify: ten.map { $0 == 4 ? "rare" : "common" })
    },
    Refusal("more classes than test samples", mentions: "testSize", "2 samples", "3") {
        _ = try trainTestSplit(Array(0..<12), testSize: 2, stratify: (0..<12).map { $0 % 3 })
    },
    Refusal("more classes than training samples", mentions: "trainSize", "2 samples", "3") {
        _ = try trainTestSplit(Array(0..<12), trainSize: 2, stratify: (0..<12).map { $0 % 3 })
    },
    Refusal("strata that are no indicators", mentions: "stratify[3]", "2") {
        _ = try trainTestSplit(ten, stratify: ten.map { $0 == 3 ? [0, 2] : [$0 % 2, 1] })
    },
    Refusal("ragged strata", mentions: "stratify[3]", "1") {
        _ = try trainTestSplit(ten, stratify: ten.map { $0 == 3 ? [0] : [$0 % 2, 1] })
    },
    Refusal("empty strata", mentions: "stratify[0]", "0") {
        _ = try trainTestSplit(ten, stratify: ten.map { _ in [Int]() })
    },
]

@Suite("trainTestSplit refuses what it cannot use")
struct RefusalTests {
    @Test(arguments: sizeRefusals) func sizes(_ refusal: Refusal) {
        refusal.check()
    }

    @Test(arguments: refusals) func others(_ refusal: Refusal) {
        refusal.check()
    }
}
