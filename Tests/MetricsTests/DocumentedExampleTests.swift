import LinearAlgebra
import Metrics
import Testing

@Suite("Documented examples")
struct DocumentedExampleTests {
    @Test func classes() throws {
        #expect(try accuracyScore([0, 1, 2, 3], [0, 2, 1, 3]) == 0.5)
        #expect(try confusionMatrix(["a", "a", "b"], ["a", "b", "b"]) == [[1, 1], [0, 1]])
    }

    @Test func curves() throws {
        let (fpr, tpr, thresholds) = try rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        #expect(fpr == [0, 0, 0.5, 0.5, 1])
        #expect(tpr == [0, 0.5, 0.5, 1, 1])
        #expect(thresholds == [.infinity, 0.8, 0.4, 0.35, 0.1])
    }

    @Test func numbers() throws {
        #expect(try meanSquaredError([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]) == 0.375)
        #expect(try meanSquaredError([[0.5, 1], [-1, 1], [7, -6]], [[0, 2], [-1, 2], [8, -5]]) == 17.0 / 24)
    }

    @Test func report() throws {
        let report = try classificationReport([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], targetNames: ["a", "b", "c"])
        #expect(
            "\(report)" == """
                              precision    recall  f1-score   support

                           a       0.50      1.00      0.67         1
                           b       0.00      0.00      0.00         1
                           c       1.00      0.67      0.80         3

                    accuracy                           0.60         5
                   macro avg       0.50      0.56      0.49         5
                weighted avg       0.70      0.60      0.61         5

                """)
    }
}
