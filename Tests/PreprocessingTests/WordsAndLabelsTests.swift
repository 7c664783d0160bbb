import Composition
import Estimators
import Foundation
import LinearAlgebra
import Preprocessing
import Tables
import TestSupport
import Testing

@Suite("Missing words and rows of labels become what scikit-learn makes of them")
struct WordsAndLabelsTests {
    struct Cases: Decodable {
        let imputers: [ImputerCase]
        let binarizers: [BinarizerCase]
    }

    struct ImputerCase: Decodable {
        let mark, fillValue: String?
        let strategy: String
        let keepEmptyFeatures: Bool
        let x, probe: [[String?]]
        let statistics: [String?]
        let transformed: [[String]]
        let indicator: [[Double]]
        let indicated: [Int]
        let names: [String]
    }

    struct BinarizerCase: Decodable {
        let y, labels, labelsAboveOne: [[Int]]
        let negLabel, posLabel: Int
        let classes: [Int]
        let binarized, scores: [[Double]]
    }

    let cases: Cases

    init() throws { cases = try fixture("words_and_labels", in: .module) }

    /// A row without columns is still a row, which a literal cannot express.
    private func matrix<Value>(_ rows: [[Value]]) -> Matrix<Value> {
        Matrix(rows: rows.count, columns: rows.first?.count ?? 0, elements: Array(rows.joined()))
    }

    @Test func missingWords() throws {
        for (index, test) in cases.imputers.enumerated() {
            let comment: Comment = "case \(index)"
            var imputer = CategoryImputer<String?>(
                missingValues: test.mark.map { .some($0) },
                strategy: test.strategy == "constant" ? .constant : .mostFrequent,
                fillValue: test.fillValue.map { .some($0) }, keepEmptyFeatures: test.keepEmptyFeatures)
            try imputer.fit(matrix(test.x))
            #expect(imputer.statistics.map { $0 ?? nil } == test.statistics, comment)
            #expect(try imputer.transform(matrix(test.probe)) == matrix(test.transformed).map { $0 }, comment)
            #expect(try imputer.indicator(matrix(test.probe)) == matrix(test.indicator), comment)
            #expect(imputer.indicatorFeatures == test.indicated, comment)
            #expect(try imputer.getFeatureNamesOut() == test.names, comment)
        }
    }

    @Test func rowsOfLabels() throws {
        for (index, test) in cases.binarizers.enumerated() {
            let comment: Comment = "case \(index)"
            var binarizer = LabelBinarizer<[Int]>(negLabel: test.negLabel, posLabel: test.posLabel)
            #expect(try binarizer.fitTransform(test.y) == matrix(test.binarized), comment)
            #expect(binarizer.classes == test.classes, comment)
            #expect(try binarizer.inverseTransform(matrix(test.binarized)) == test.y, comment)
            #expect(try binarizer.inverseTransform(matrix(test.scores)) == test.labels, comment)
            #expect(try binarizer.inverseTransform(matrix(test.scores), threshold: 1) == test.labelsAboveOne, comment)
        }
    }

    // MARK: Further types

    @Test func otherCategoriesAreFilledInToo() throws {
        var numbers = CategoryImputer<Int?>()
        #expect(
            try numbers.fitTransform([[3, 1], [nil, 2], [3, nil], [7, 1]]) == [[3, 1], [3, 2], [3, 1], [7, 1]])
        var ties = CategoryImputer<Double>(missingValues: -1)
        #expect(try ties.fitTransform([[5], [-1], [4]]) == [[5], [4], [4]])
        var words = CategoryImputer(missingValues: "?", strategy: .constant, fillValue: "unknown")
        #expect(try words.fitTransform([["a"], ["?"]]) == [["a"], ["unknown"]])
    }

    @Test func aFittedImputerCanBeStored() throws {
        var imputer = CategoryImputer<String?>(keepEmptyFeatures: true)
        let x: Matrix<String?> = [["a", nil], [nil, nil]]
        let filled = try imputer.fitTransform(x)
        #expect(filled == [["a", "missing_value"], ["a", "missing_value"]])
        let stored = try JSONDecoder().decode(
            CategoryImputer<String?>.self, from: JSONEncoder().encode(imputer))
        #expect(stored == imputer)
        #expect(try stored.transform(x) == filled)
    }

    @Test func wordsOfATableAreFilledInBeforeTheyAreEncoded() throws {
        let table = try Table(["job": .strings(["smith", nil, "clerk", "smith"]), "age": .numbers([1, 2, 3, 4])])
        var columns = ColumnTransformer([
            .categorical(["job"], CategoryImputer(), OneHotEncoder<String?>()), .passthrough(["age"]),
        ])
        #expect(try columns.fitTransform(table) == [[0, 1, 1], [0, 1, 2], [1, 0, 3], [0, 1, 4]])
        let unseen = try Table(["job": .strings([nil]), "age": .numbers([5])])
        #expect(try columns.transform(unseen) == [[0, 1, 5]])
    }

    @Test(arguments: [
        Refusal("nothing to fill in", mentions: "fillValue", "nil") {
            var imputer = CategoryImputer<Int?>(strategy: .constant)
            try imputer.fit([[1]])
        },
        Refusal("a missing value to fill in", mentions: "fillValue", "?") {
            var imputer = CategoryImputer(missingValues: "?", strategy: .constant, fillValue: "?")
            try imputer.fit([["a"]])
        },
        Refusal("an imputer that is not fitted", mentions: "CategoryImputer") {
            _ = try CategoryImputer<String>().transform([["a"]])
        },
        Refusal("another number of columns", mentions: "x", "1 columns", "2") {
            var imputer = CategoryImputer<String>()
            try imputer.fit([["a"]])
            _ = try imputer.indicator([["a", "b"]])
        },
        Refusal("no words at all", mentions: "x", "0 × 0") {
            var imputer = CategoryImputer<String>()
            try imputer.fit(Matrix(rows: 0, columns: 0, elements: []))
        },
        Refusal("rows of two lengths", mentions: "y[1]", "1") {
            var binarizer = LabelBinarizer<[Int]>()
            try binarizer.fit([[0, 1], [1]])
        },
        Refusal("an indicator that is none", mentions: "y[0]", "2") {
            var binarizer = LabelBinarizer<[Int]>()
            try binarizer.fit([[0, 1], [1, 1]])
            _ = try binarizer.transform([[2, 1]])
        },
        Refusal("scores of another width", mentions: "y", "2 columns", "1 × 3") {
            var binarizer = LabelBinarizer<[Int]>()
            try binarizer.fit([[0, 1], [1, 1]])
            _ = try binarizer.inverseTransform(Matrix<Double>([[0, 1, 0]]))
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }
}
