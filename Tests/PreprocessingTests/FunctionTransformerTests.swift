import Estimators
import Foundation
import LinearAlgebra
import Testing

@testable import Preprocessing

@Suite struct FunctionTransformerTests {
    @Test func theInverseUndoesTheFunction() throws {
        let transformer = FunctionTransformer(func: { log($0) }, inverseFunc: { exp($0) })
        let x: Matrix<Double> = [[1, 10], [100, 0.5]]
        let logarithms = try transformer.transform(x)
        #expect(logarithms.elements == x.elements.map { log($0) })
        #expect(
            zip(try transformer.inverseTransform(logarithms).elements, x.elements).allSatisfy {
                abs($0 - $1) < 1e-12 * $1
            })
        let floats: Matrix<Float> = [[1, 4]]
        #expect(try FunctionTransformer({ $0.squareRoot() }).transform(floats) == [[1, 2]])
        #expect(try FunctionTransformer(func: { $0 + 1 }).inverseTransform(x) == x)
    }

    @Test func whatIsNotFiniteIsRefused() throws {
        var transformer = FunctionTransformer { $0 }
        let error = #expect(throws: EstimatorError.self) { try transformer.fit([[1.0, .nan]]) }
        #expect(error?.description.contains("x[0, 1]") == true)
        #expect(throws: EstimatorError.self) {
            try transformer.transform(Matrix<Double>(rows: 0, columns: 2, elements: []))
        }
    }
}
