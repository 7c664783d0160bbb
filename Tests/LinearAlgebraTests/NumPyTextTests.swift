import LinearAlgebra
import TestSupport
import Testing

/// Arrays of integers as `Scripts/fixtures/numpy_text.py` printed them.
@Suite struct NumPyTextTests {
    struct Case: Decodable {
        let name: String
        let array: [Int]
        let text: String
    }

    @Test func integersArePrintedAsNumPyPrintsThem() throws {
        let cases: [Case] = try fixture("numpy_text", in: .module)
        for example in cases {
            #expect(numpyText(example.array) == example.text, "\(example.name)")
        }
        #expect(cases.count == 9)
    }
}
