import Estimators
import LinearAlgebra
import Preprocessing
import TestSupport
import Testing

/// Sparse results equal the dense ones, and store no unnecessary elements.
@Suite struct SparseOutputTests {
    private let words: Matrix<String> = [["red", "S"], ["blue", "M"], ["red", "L"], ["green", "S"]]

    @Test func oneHotColumnsAreTheDenseOnes() throws {
        let unseen: Matrix<String> = [["blue", "XL"], ["white", "S"], ["white", "XL"]]
        for drop in [nil, .first, .ifBinary, .categories(["red", "S"])] as [OneHotEncoder<String>.Drop?] {
            for (unknown, minFrequency) in [(.ignore, nil), (.infrequentIfExist, 2)]
                as [(OneHotEncoder<String>.HandleUnknown, MinFrequency?)]
            {
                var encoder = OneHotEncoder<String>(drop: drop, handleUnknown: unknown, minFrequency: minFrequency)
                try encoder.fit(words)
                for x in [words, unseen] {
                    let (sparse, dense) = try (encoder.transformSparse(x), encoder.transform(x))
                    #expect(sparse == SparseMatrix(dense))
                    #expect(try encoder.transformSparse(x, as: Float.self).dense == dense.map { Float($0) })
                    #expect(try encoder.inverseTransform(sparse) == encoder.inverseTransform(dense))
                }
            }
        }
    }

    /// All categories are infrequent, and their common column is dropped, so no column tells which category it was.
    @Test func aFeatureWithoutColumnsIsItsFirstCategory() throws {
        var encoder = OneHotEncoder<String>(drop: .first, handleUnknown: .infrequentIfExist, minFrequency: 2)
        try encoder.fit([["b", "x"], ["a", "x"], ["c", "y"]])
        let encoded = try encoder.transform([["b", "y"], ["?", "x"]])
        #expect(encoded == [[1], [0]])
        #expect(try encoder.inverseTransform(encoded) == [["a", nil], ["a", "x"]])
    }

    @Test func binsAreTheDenseOnes() throws {
        let x: Matrix<Double> = [[1, 5], [2, 4], [3, 9], [4, 0]]
        for encode in KBinsDiscretizer.Encode.allCases {
            var discretizer = KBinsDiscretizer(nBins: 3, encode: encode, strategy: .uniform)
            try discretizer.fit(x)
            let sparse = try discretizer.transformSparse(x)
            #expect(sparse.values == Array(repeating: 1, count: 8))
            discretizer.encode = .onehotDense
            #expect(try sparse.dense == discretizer.transform(x))
        }
    }

    @Test func labelColumnsAreTheDenseOnes() throws {
        for labels in [["a", "b", "a"], ["b", "c", "a", "c"], ["z", "z"]] {
            var binarizer = LabelBinarizer(posLabel: 3)
            try binarizer.fit(labels)
            let (sparse, dense) = try (binarizer.transformSparse(labels), binarizer.transform(labels))
            #expect(sparse == SparseMatrix(dense))
            #expect(try binarizer.inverseTransform(sparse) == labels)
            #expect(
                try binarizer.transformSparse(["a", "?", "c"]) == SparseMatrix(binarizer.transform(["a", "?", "c"])))
        }
        var binarizer = LabelBinarizer<[Int]>()
        let rows = [[0, 1, 1], [0, 0, 0]]
        try binarizer.fit(rows)
        let sparse = try binarizer.transformSparse(rows, as: Float.self)
        #expect(sparse.columnIndices == [1, 2])
        #expect(try binarizer.inverseTransform(sparse) == rows)
    }

    @Test func indicatorsAreTheDenseOnes() throws {
        var binarizer = MultiLabelBinarizer()
        let sets = [["sun", "sea"], [], ["zoo", "sun", "sun"]]
        let rows = try binarizer.fitTransform(sets)
        let sparse = try binarizer.transformSparse(sets)
        #expect(sparse.dense == Matrix(rows: 3, columns: 3, elements: rows.joined().map(Double.init)))
        #expect(sparse.values == [1, 1, 1, 1])
        #expect(try binarizer.inverseTransform(sparse) == binarizer.inverseTransform(rows))
        #expect(try binarizer.transformSparse([["nowhere"]]).values.isEmpty)
    }

    @Test(arguments: [
        Refusal("an encoder that is not fitted", mentions: "OneHotEncoder") {
            _ = try OneHotEncoder<String>().transformSparse([["a"]])
        },
        Refusal("an unknown category", mentions: "x[0, 0]", "b") {
            var encoder = OneHotEncoder<String>()
            try encoder.fit([["a"]])
            _ = try encoder.transformSparse([["b"]])
        },
        Refusal("zeros that would be stored", mentions: "negLabel", "-1") {
            var binarizer = LabelBinarizer<Int>(negLabel: -1)
            try binarizer.fit([1, 2])
            _ = try binarizer.transformSparse([1, 2])
        },
        Refusal("a sparse matrix of another width", mentions: "x", "2 columns") {
            var encoder = OneHotEncoder<String>()
            try encoder.fit([["a"], ["b"]])
            _ = try encoder.inverseTransform(SparseMatrix<Double>([[1, 0, 0]]))
        },
        Refusal("indicators of another width", mentions: "y", "2 columns") {
            var binarizer = MultiLabelBinarizer<Int>()
            try binarizer.fit([[1, 2]])
            _ = try binarizer.inverseTransform(SparseMatrix<Double>([[1, 0, 0]]))
        },
        Refusal("an indicator that is none", mentions: "y[0, 1]", "2.0") {
            var binarizer = MultiLabelBinarizer<Int>()
            try binarizer.fit([[1, 2]])
            _ = try binarizer.inverseTransform(SparseMatrix<Double>([[1, 2]]))
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }
}
