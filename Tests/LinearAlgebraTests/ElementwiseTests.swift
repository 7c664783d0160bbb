import LinearAlgebra
import Testing

@Suite struct ElementwiseTests {
    let a: Matrix<Double> = [[1, 2, 3], [4, 5, 6]]
    let b: Matrix<Double> = [[10, 20, 30], [40, 50, 60]]

    @Test func arithmeticInPlace() throws {
        var m = a
        try m.add(b)
        #expect(m == [[11, 22, 33], [44, 55, 66]])
        try m.subtract(a)
        #expect(m == b)
        try m.multiplyElements(by: a)
        #expect(m == [[10, 40, 90], [160, 250, 360]])
        m.scale(by: 0.5)
        #expect(m == [[5, 20, 45], [80, 125, 180]])
        try m.addToRows([1, 0, -1])
        #expect(m == [[6, 20, 44], [81, 125, 179]])
        try m.add(m)
        #expect(m == [[12, 40, 88], [162, 250, 358]])
    }

    @Test func closuresInPlace() throws {
        var m = a
        m.apply { $0 * $0 }
        #expect(m == [[1, 4, 9], [16, 25, 36]])
        try m.apply(with: Matrix<Bool>(arrayLiteral: [true, false, true], [false, true, false])) { $1 ? $0 : 0 }
        #expect(m == [[1, 0, 9], [0, 25, 0]])
        try m.applyToRows(with: ["", "a", "bb"]) { $0 + Double($1.count) }
        #expect(m == [[1, 1, 11], [0, 26, 2]])
    }

    @Test func closuresCanThrow() {
        struct Stop: Error {}
        var m = a
        #expect(throws: Stop.self) { try m.apply { if $0 == 2 { throw Stop() } else { return 0 } } }
        #expect(m == [[0, 2, 3], [4, 5, 6]])
    }

    @Test func columnSums() {
        #expect(a.columnSums() == [5, 7, 9])
        #expect(Matrix<Double>(rows: 0, columns: 2, elements: []).columnSums() == [0, 0])
        #expect(Matrix<Double>(rows: 2, columns: 0, elements: []).columnSums() == [])
    }

    @Test func emptyMatrices() throws {
        var bare = Matrix<Double>(rows: 3, columns: 0, elements: [])
        try bare.addToRows([])
        try bare.add(bare)
        bare.scale(by: 2)
        #expect(bare.count == 0)
        var none = Matrix<Double>(rows: 0, columns: 2, elements: [])
        try none.addToRows([1, 2])
        #expect(none.count == 0)
    }

    @Test func mismatchedShapesThrow() {
        let mismatch = LinearAlgebraError.shapeMismatch("other must be 2 × 3, but is 3 × 2.")
        var m = a
        #expect(throws: mismatch) { try m.add(b.transposed) }
        #expect(throws: mismatch) { try m.subtract(b.transposed) }
        #expect(throws: mismatch) { try m.multiplyElements(by: b.transposed) }
        #expect(
            throws: LinearAlgebraError.shapeMismatch(
                "vector must have one element for each of the 3 columns, but has 2.")
        ) { try m.addToRows([1, 2]) }
        #expect(m == a)
    }

    /// The larger number of elements is divided among threads.
    @Test(arguments: [6, 3_000_000]) func findsANonFiniteElementAtAnyPosition(count: Int) {
        var m = Matrix<Double>(rows: count / 3, columns: 3, repeating: 1)
        #expect(m.isFinite)
        for place in [0, count / 2 - 1, count / 2, count - 1] {
            for bad in [Double.nan, .infinity, -.infinity] {
                m[place / 3, place % 3] = bad
                #expect(!m.isFinite, "\(bad) at \(place) of \(count)")
            }
            m[place / 3, place % 3] = 1
        }
    }

    @Test func arithmeticWithNumbers() {
        #expect(a + 1 == [[2, 3, 4], [5, 6, 7]])
        #expect(1 + a == a + 1)
        #expect(a - 2 == [[-1, 0, 1], [2, 3, 4]])
        #expect(7 - a == [[6, 5, 4], [3, 2, 1]])
        #expect(a * 2 == [[2, 4, 6], [8, 10, 12]])
        #expect(2 * a == a * 2)
        #expect(a / 2 == [[0.5, 1, 1.5], [2, 2.5, 3]])
        #expect(12 / a == [[12, 6, 4], [3, 2.4, 2]])
        let integers: Matrix<Int> = [[1, 2]]
        #expect(3 - integers * 2 == [[1, -1]])
    }
}
