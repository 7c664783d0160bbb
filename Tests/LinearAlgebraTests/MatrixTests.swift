import LinearAlgebra
import Testing

@Suite struct MatrixTests {
    let m: Matrix<Double> = [[1, 2, 3], [4, 5, 6]]

    @Test func elementsAreRowMajor() {
        #expect(m == Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6]))
        #expect((m.rows, m.columns, m.count) == (2, 3, 6))
        #expect(m[0, 2] == 3)
        #expect(m[1, 0] == 4)
        #expect(m.row(1) == [4, 5, 6])
        #expect(m.row(1)[0] == 4)
        #expect(m.column(1) == [2, 5])
        #expect(Matrix(rows: 2, columns: 2, repeating: 7) == [[7, 7], [7, 7]])
    }

    @Test func aCopyIsIndependent() throws {
        let original = Matrix(rows: 2, columns: 3, elements: m.elements)
        // Each mutating operation starts with a copy that still shares its elements.
        var (bySubscript, byMemory, byClosure, byProduct) = (m, m, m, m)
        bySubscript[0, 0] = 9
        byMemory.withUnsafeMutableElements { $0[5] = -1 }
        byClosure.apply { -$0 }
        try matmul([[2, 0], [0, 2]], m, into: &byProduct)
        #expect(m == original)
        #expect(bySubscript == [[9, 2, 3], [4, 5, 6]])
        #expect(byMemory == [[1, 2, 3], [4, 5, -1]])
        #expect(byClosure == [[-1, -2, -3], [-4, -5, -6]])
        #expect(byProduct == [[2, 4, 6], [8, 10, 12]])
    }

    @Test func equalityComparesTheShape() {
        #expect(Matrix(rows: 2, columns: 3, elements: m.elements) != Matrix(rows: 3, columns: 2, elements: m.elements))
        #expect(Matrix<Int>(rows: 0, columns: 2, elements: []) != Matrix<Int>(rows: 2, columns: 0, elements: []))
        #expect(Set([m, m]).count == 1)
    }

    @Test func selectsRowsInAnyOrderWithRepeats() {
        #expect(m.selectingRows([1, 0, 1]) == [[4, 5, 6], [1, 2, 3], [4, 5, 6]])
        #expect(m.selectingRows([]) == Matrix(rows: 0, columns: 3, elements: []))
        let names: Matrix<String> = [["a", "b"], ["c", "d"]]
        #expect(names.selectingRows([1, 1]) == [["c", "d"], ["c", "d"]])
        let bare = Matrix<Double>(rows: 3, columns: 0, elements: [])
        #expect(bare.selectingRows([2, 2]) == Matrix(rows: 2, columns: 0, elements: []))
    }

    @Test func selectsColumnsInAnyOrderWithRepeats() {
        #expect(m.selectingColumns([2, 0, 2]) == [[3, 1, 3], [6, 4, 6]])
        #expect(m.selectingColumns([]) == Matrix(rows: 2, columns: 0, elements: []))
        #expect(m.selectingColumns([1]) == m.transposed.selectingRows([1]).transposed)
        let names: Matrix<String> = [["a", "b"], ["c", "d"]]
        #expect(names.selectingColumns([1]) == [["b"], ["d"]])
    }

    @Test(arguments: [Shape(0, 0), Shape(0, 3), Shape(3, 0), Shape(1, 1), Shape(5, 70), Shape(33, 64), Shape(100, 31)])
    func transposing(_ shape: Shape) {
        let m = Matrix<Double>.random(shape.rows, shape.columns)
        let turned = m.transposed
        #expect((turned.rows, turned.columns) == (shape.columns, shape.rows))
        for row in 0..<shape.rows { #expect(turned.column(row) == Array(m.row(row))) }
        #expect(turned.transposed == m)
    }

    @Test func mapping() {
        #expect(m.map { Int($0) * 2 } == [[2, 4, 6], [8, 10, 12]])
    }

    @Test func arrayOfRows() throws {
        let rows = [[1.0, 2], [3, 4]]
        #expect(try Matrix(rows) == [[1, 2], [3, 4]])
        #expect(try Matrix([[Double]]()) == Matrix(rows: 0, columns: 0, elements: []))
        #expect(try Matrix([[Double]](repeating: [], count: 2)) == Matrix(rows: 2, columns: 0, elements: []))
        let ragged = [[1.0, 2], [3, 4], [5]]
        #expect(throws: LinearAlgebraError.raggedRows(row: 2, count: 1, expected: 2)) { try Matrix(ragged) }
    }

    @Test func literals() {
        let none: Matrix<Double> = []
        #expect((none.rows, none.columns) == (0, 0))
        let bare: Matrix<Double> = [[], []]
        #expect((bare.rows, bare.columns) == (2, 0))
    }

    @Test func descriptionAlignsColumnsAndShortensLargeMatrices() {
        #expect("\(Matrix<Double>(arrayLiteral: [1, -2.5], [10, 0]))" == "[[ 1.0, -2.5],\n [10.0,  0.0]]")
        #expect("\(Matrix<Double>(arrayLiteral: [50, 0], [3, 47]))" == "[[50,  0],\n [ 3, 47]]")
        #expect("\(Matrix<Double>(arrayLiteral: [1e16, .nan]))" == "[[1e+16, nan]]")
        #expect("\(Matrix<Int>(rows: 0, columns: 0, elements: []))" == "[]")
        #expect("\(Matrix<Int>(rows: 2, columns: 0, elements: []))" == "[[],\n []]")
        let large = Matrix(rows: 11, columns: 1000, elements: Array(0..<11000))
        let lines = "\(large)".split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines.first == "[[    0,     1,     2, …,   997,   998,   999],")
        #expect(lines.last == " [10000, 10001, 10002, …, 10997, 10998, 10999]]")
    }
}
