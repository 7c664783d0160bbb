import Estimators
import LinearAlgebra
import Testing

// Tests of traps run in separate processes, which Swift Testing supports since Swift 6.2.
#if compiler(>=6.2)

    // Optimized builds print the text too.
    private func expectMessage(_ result: ExitTest.Result?, _ text: String) {
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains(text))
    }

    @Suite struct MatrixIndexingTests {
        @Test func rowOutOfRange() async {
            let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let m: Matrix<Double> = [[1, 2]]
                _ = m[1, 0]
            }
            expectMessage(result, "index [1, 0] is out of range for 1 × 2")
        }

        @Test func columnOutOfRange() async {
            // Index 2 is in the elements, but not in row 0.
            let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let m: Matrix<Double> = [[1, 2], [3, 4]]
                _ = m[0, 2]
            }
            expectMessage(result, "index [0, 2] is out of range for 2 × 2")
        }

        @Test func negativeIndexInASetter() async {
            let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var m: Matrix<Double> = [[1, 2], [3, 4]]
                m[1, -1] = 0
            }
            expectMessage(result, "index [1, -1] is out of range for 2 × 2")
        }

        @Test func rowsAndColumnsOutOfRange() async {
            let row = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>(rows: 2, columns: 0, elements: []).row(2)
            }
            expectMessage(row, "row 2 is out of range for 2 rows")
            let column = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>(rows: 0, columns: 2, elements: []).column(2)
            }
            expectMessage(column, "column 2 is out of range for 2 columns")
            let selected = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let m: Matrix<Double> = [[1, 2]]
                _ = m.selectingRows([0, 1])
            }
            expectMessage(selected, "row 1 is out of range for 1 rows")
        }

        @Test func elementsThatDoNotFillTheShape() async {
            let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>(rows: 2, columns: 2, elements: [1, 2, 3])
            }
            expectMessage(result, "3 elements do not fill 2 × 2")
            await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: -1, columns: -1, repeating: 0) }
            await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: .max, columns: 2, repeating: 0) }
            let ragged = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let _: Matrix<Double> = [[1, 2], [3]]
            }
            expectMessage(ragged, "row 1 of the literal has 1 elements, the first row has 2")
        }
    }

#endif
