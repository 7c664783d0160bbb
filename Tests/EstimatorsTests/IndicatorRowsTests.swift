import Estimators
import LinearAlgebra
import TestSupport
import Testing

@Suite("Rows of indicators")
struct IndicatorRowsTests {
    let rows = [[1, 0, 1], [0, 0, 0], [1, 1, 1]]

    @Test func classesAreTheColumns() throws {
        #expect([Int].isMultilabel && !Int.isMultilabel)
        #expect(try [Int].classes(in: rows, argument: "y") == [0, 1, 2])
        #expect(try [Int].classes(in: [[0]], argument: "y") == [0])
    }

    @Test func codingRestores() throws {
        let encoded: Matrix<Double> = try [Int].encode(rows, classes: [0, 1, 2], argument: "y")
        #expect(encoded == [[1, 0, 1], [0, 0, 0], [1, 1, 1]])
        #expect([Int].decode(encoded, classes: [0, 1, 2]) == rows)
        let probabilities: Matrix<Float> = [[0.5, 0.51, .nan]]
        #expect([Int].decode(probabilities, classes: [0, 1, 2]) == [[0, 1, 0]])
    }

    @Test func orderIsLexicographic() {
        #expect([Int].precedes([0, 1, 1], [1, 0, 0]) && [Int].precedes([0, 0], [0, 1]))
        #expect(![Int].precedes([1, 0], [1, 0]))
    }

    @Test func refusals() {
        Refusal("no targets", mentions: "y", "empty") { _ = try [Int].classes(in: [], argument: "y") }.check()
        Refusal("no classes", mentions: "y[0]", "0") { _ = try [Int].classes(in: [[]], argument: "y") }.check()
        Refusal("ragged", mentions: "y[1]", "3") { _ = try [Int].classes(in: [[0, 1], [0, 1, 0]], argument: "y") }
            .check()
        Refusal("no indicator", mentions: "y[0]", "2") { _ = try [Int].classes(in: [[0, 2]], argument: "y") }.check()
        Refusal("other classes", mentions: "y[0]", "2", "3") {
            let _: Matrix<Double> = try [Int].encode([[0, 1]], classes: [0, 1, 2], argument: "y")
        }.check()
        Refusal("absurd indicator", mentions: "y[0]", "\(Int.min)") {
            let _: Matrix<Double> = try [Int].encode([[0, .min]], classes: [0, 1], argument: "y")
        }.check()
    }
}
