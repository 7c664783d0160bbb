import Foundation
import LinearAlgebra
import Testing

@Suite struct MatrixCodableTests {
    @Test(arguments: [Shape(2, 3), Shape(1, 1), Shape(0, 0), Shape(0, 4), Shape(4, 0)])
    func roundTripKeepsEveryBit(_ shape: Shape) throws {
        try expectRoundTrip(Matrix<Double>.random(shape.rows, shape.columns))
        try expectRoundTrip(Matrix<Float>.random(shape.rows, shape.columns))
    }

    private func expectRoundTrip<Scalar: MatrixScalar>(_ m: Matrix<Scalar>) throws {
        let data = try JSONEncoder().encode(m)
        #expect(try JSONDecoder().decode(Matrix<Scalar>.self, from: data) == m)
    }

    @Test(arguments: [
        #"{"rows":2,"columns":2,"elements":[1,2,3]}"#,
        #"{"rows":2,"columns":2,"elements":[1,2,3,4,5]}"#,
        #"{"rows":-1,"columns":-1,"elements":[1]}"#,
        #"{"rows":-2,"columns":0,"elements":[]}"#,
        #"{"rows":9223372036854775807,"columns":4,"elements":[1,2]}"#,
        #"{"rows":1,"columns":1}"#,
        #"{"rows":1,"elements":[1]}"#,
        #"{"rows":1,"columns":1,"elements":["one"]}"#,
        #"[[1,2],[3,4]]"#,
    ])
    func rejectsCorruptData(_ json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Matrix<Double>.self, from: Data(json.utf8))
        }
    }
}
