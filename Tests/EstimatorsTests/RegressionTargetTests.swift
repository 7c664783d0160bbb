import Estimators
import LinearAlgebra
import TestSupport
import Testing

@Suite("Targets of regression")
struct RegressionTargetTests {
    @Test func outputsAndTargetsAreInverse() throws {
        let numbers = [1.5, -2, 0]
        #expect(try Double._outputs(of: numbers, argument: "y") == [[1.5], [-2], [0]])
        #expect(try Double._targets(from: Double._outputs(of: numbers, argument: "y")) == numbers)
        let single: [Float] = [0.1, 3]
        #expect(try Float._targets(from: Float._outputs(of: single, argument: "y")) == single)
        let rows: [[Double]] = [[1, 2], [3, 4], [5, 6]]
        #expect(try [Double]._outputs(of: rows, argument: "y") == [[1, 2], [3, 4], [5, 6]])
        #expect(try [Double]._targets(from: [Double]._outputs(of: rows, argument: "y")) == rows)
        let singleRows: [[Float]] = [[0.1], [0.2]]
        #expect(try [Float]._targets(from: [Float]._outputs(of: singleRows, argument: "y")) == singleRows)
    }

    @Test func refusals() {
        Refusal("none", mentions: "y", "empty") { _ = try Double._outputs(of: [], argument: "y") }.check()
        Refusal("no rows", mentions: "y", "empty") { _ = try [Float]._outputs(of: [], argument: "y") }.check()
        Refusal("NaN", mentions: "y[1]", "nan") { _ = try Double._outputs(of: [0, .nan], argument: "y") }.check()
        Refusal("infinite", mentions: "y[0]", "-inf") { _ = try Float._outputs(of: [-.infinity], argument: "y") }
            .check()
        Refusal("infinite in a row", mentions: "y[1, 0]", "inf") {
            _ = try [Float]._outputs(of: [[1, 2], [.infinity, 3]], argument: "y")
        }.check()
        Refusal("ragged", mentions: "y[2]", "1") {
            _ = try [Double]._outputs(of: [[1, 2], [3, 4], [5]], argument: "y")
        }
        .check()
        Refusal("empty rows", mentions: "y[0]", "0") { _ = try [Double]._outputs(of: [[], []], argument: "y") }.check()
    }
}

@Suite("Samples")
struct SamplesTests {
    @Test func rowsAndElementsAreChosenAlike() {
        let matrix: Matrix<Double> = [[1, 2], [3, 4], [5, 6]]
        #expect(matrix.sampleCount == 3 && matrix.selectingSamples([2, 0, 2]) == [[5, 6], [1, 2], [5, 6]])
        #expect(["a", "b"].sampleCount == 2 && ["a", "b"].selectingSamples([1, 1, 0]) == ["b", "b", "a"])
        #expect(matrix.selectingSamples([]).rows == 0)
    }
}
