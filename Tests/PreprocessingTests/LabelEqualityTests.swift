import Estimators
import LinearAlgebra
import Preprocessing
import TestSupport
import Testing

@Suite("Codings of labels equal scikit-learn's")
struct LabelEqualityTests {
    struct Case: Decodable {
        let y: [String]
        let classes: [String]
        let numbers: [Int]
        let negLabel: Int
        let posLabel: Int
        let binarized: [[Double]]
        let further: [String]
        let furtherBinarized: [[Double]]
        let scores: [[Double]]
        let labels: [String]
        let sets: [[String]]
        let setClasses: [String]
        let indicators: [[Int]]
        let sortedSets: [[String]]
    }

    @Test func labels() throws {
        for (index, test) in try fixture("labels", in: .module, of: [Case].self).enumerated() {
            let comment: Comment = "case \(index)"
            var encoder = LabelEncoder()
            #expect(try encoder.fitTransform(test.y) == test.numbers, comment)
            #expect(encoder.classes == test.classes, comment)
            #expect(try encoder.inverseTransform(test.numbers) == test.y, comment)

            var binarizer = LabelBinarizer(negLabel: test.negLabel, posLabel: test.posLabel)
            #expect(try binarizer.fitTransform(test.y) == (try Matrix(test.binarized)), comment)
            #expect(binarizer.classes == test.classes, comment)
            #expect(try binarizer.transform(test.further) == (try Matrix(test.furtherBinarized)), comment)
            #expect(try binarizer.inverseTransform(Matrix(test.scores)) == test.labels, comment)

            var sets = MultiLabelBinarizer()
            #expect(try sets.fitTransform(test.sets) == test.indicators, comment)
            #expect(sets.classes == test.setClasses, comment)
            #expect(try sets.inverseTransform(test.indicators) == test.sortedSets, comment)
        }
    }
}
