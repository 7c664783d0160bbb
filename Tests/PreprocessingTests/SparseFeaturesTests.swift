import Estimators
import LinearAlgebra
import Preprocessing
import TestSupport
import Testing

@Suite("Sparse features are scaled as scikit-learn scales them")
struct SparseFeaturesTests {
    struct Arrays: Decodable {
        let rows, columns: Int
        let offsets, indices: [Int]
        let values: [Double]

        func matrix() throws -> SparseMatrix<Double> {
            try SparseMatrix(
                rows: rows, columns: columns, rowOffsets: offsets, columnIndices: indices, values: values)
        }
    }

    struct Case: Decodable {
        let scaler: String
        let withStd, clip: Bool?
        let norm: Normalizer.Norm?
        let weights, scale, mean, `var`, seen, maxAbs, inverse: [Double]?
        let x, probe: Arrays
        let transformed: [Double]
    }

    @Test func scalers() throws {
        for (index, test) in try fixture("sparse_features", in: .module, of: [Case].self).enumerated() {
            let comment = "case \(index), \(test.scaler)"
            let (x, probe) = try (test.x.matrix(), test.probe.matrix())
            switch test.scaler {
            case "StandardScaler":
                var scaler = StandardScaler(withMean: false, withStd: test.withStd ?? true)
                try scaler.fit(x, sampleWeight: test.weights)
                expectClose(scaler.scale, test.scale ?? [], comment)
                expectClose(scaler.mean, test.mean ?? [], comment)
                expectClose(scaler.var, test.var ?? [], comment)
                expectClose(scaler.nSamplesSeen, test.seen ?? [], comment)
                try check(test, scaler.transform(probe), scaler.inverseTransform(probe), comment)
            case "MaxAbsScaler":
                var scaler = MaxAbsScaler(clip: test.clip ?? false)
                try scaler.fit(x)
                expectClose(scaler.scale, test.scale ?? [], comment)
                expectClose(scaler.maxAbs, test.maxAbs ?? [], comment)
                #expect(scaler.nSamplesSeen == x.rows)
                try check(test, scaler.transform(probe), scaler.inverseTransform(probe), comment)
            default:
                var scaler = Normalizer(norm: try #require(test.norm))
                try scaler.fit(x)
                try check(test, scaler.transform(probe), nil, comment)
            }
        }
    }

    private func check(
        _ test: Case, _ transformed: SparseMatrix<Double>, _ inverse: SparseMatrix<Double>?, _ comment: String
    ) {
        #expect(transformed.rowOffsets == test.probe.offsets && transformed.columnIndices == test.probe.indices)
        expectClose(transformed.values, test.transformed, comment)
        if let inverse { expectClose(inverse.values, test.inverse ?? [], comment) }
    }

    private func expectClose(_ actual: [Double], _ expected: [Double], _ comment: String) {
        #expect(actual.count == expected.count, "\(comment)")
        for (actual, expected) in zip(actual, expected) {
            let isClose = actual.isNaN && expected.isNaN || abs(actual - expected) <= 1e-10 * max(1, abs(expected))
            #expect(isClose, "\(comment): \(actual) instead of \(expected)")
        }
    }

    // MARK: Laws

    /// Entries out of order, duplicate entries, and an explicit zero.
    private func scattered<Scalar: MatrixScalar>(_: Scalar.Type) throws -> SparseMatrix<Scalar> {
        try SparseMatrix(
            rows: 4, columns: 3, rowOffsets: [0, 3, 4, 4, 7], columnIndices: [2, 0, 2, 1, 0, 1, 1],
            values: [1, -4, 2, 0, 8, 5, -2])
    }

    @Test func itDoesNotMatterHowFeaturesAreStored() throws {
        try expectStorageDoesNotMatter(Double.self, within: 1e-14)
        try expectStorageDoesNotMatter(Float.self, within: 1e-6)
    }

    private func expectStorageDoesNotMatter<Scalar: MatrixScalar>(
        _ scalar: Scalar.Type, within tolerance: Scalar
    ) throws {
        let x = try scattered(scalar)
        func expectEqual(_ sparse: SparseMatrix<Scalar>, _ dense: Matrix<Scalar>) {
            let differences = zip(sparse.dense.elements, dense.elements).map { abs($0 - $1) }
            #expect(differences.allSatisfy { $0 <= tolerance })
        }
        var scaler = StandardScaler(withMean: false)
        try scaler.fit(x.dense, sampleWeight: [1, 2, 0.5, 3])
        let dense = try scaler.transform(x.dense)
        expectEqual(try scaler.fitTransform(x, sampleWeight: [1, 2, 0.5, 3]), dense)
        expectEqual(try scaler.inverseTransform(SparseMatrix(dense)), x.dense)

        for clip in [false, true] {
            var greatest = MaxAbsScaler(clip: clip)
            expectEqual(try greatest.fitTransform(x), try greatest.fitTransform(x.dense))
            let doubled = try SparseMatrix(
                rows: 4, columns: 3, rowOffsets: x.rowOffsets, columnIndices: x.columnIndices,
                values: x.values.map { 2 * $0 })
            expectEqual(try greatest.transform(doubled), try greatest.transform(doubled.dense))
            expectEqual(try greatest.inverseTransform(x), try greatest.inverseTransform(x.dense))
        }
        for norm in Normalizer.Norm.allCases {
            expectEqual(try Normalizer(norm: norm).transform(x), try Normalizer(norm: norm).transform(x.dense))
        }
    }

    @Test func rowsMayComeInParts() throws {
        let x = try scattered(Double.self)
        var (whole, parts) = (StandardScaler(withMean: false), StandardScaler(withMean: false))
        try whole.fit(x)
        try parts.partialFit(x.selectingRows([0]))
        try parts.partialFit(x.selectingRows([1, 2, 3]))
        for (scale, expected) in zip(parts.scale, whole.scale) { #expect(abs(scale - expected) < 1e-14) }
        var (greatest, greatestOfParts) = (MaxAbsScaler(), MaxAbsScaler())
        try greatest.fit(x)
        try greatestOfParts.partialFit(x.selectingRows([0, 3]))
        try greatestOfParts.partialFit(x.selectingRows([1, 2]))
        #expect(greatestOfParts == greatest)
    }

    private static func sparse(_ values: [Double], rows: Int = 2) throws -> SparseMatrix<Double> {
        SparseMatrix(Matrix(rows: rows, columns: values.count / rows, elements: values))
    }

    @Test(arguments: [
        Refusal("centring of sparse features", mentions: "withMean", "true") {
            var scaler = StandardScaler()
            try scaler.fit(sparse([1, 2]))
        },
        Refusal("centring in transform", mentions: "withMean") {
            var scaler = StandardScaler(withMean: false)
            try scaler.fit(sparse([1, 2]))
            scaler.withMean = true
            _ = try scaler.transform(sparse([1, 2]))
        },
        Refusal("an unfitted scaler", mentions: "StandardScaler", "fit") {
            _ = try StandardScaler(withMean: false).transform(sparse([1, 2]))
        },
        Refusal("another number of columns", mentions: "x", "1 columns", "2") {
            var scaler = MaxAbsScaler()
            try scaler.fit(sparse([1, 2]))
            _ = try scaler.transform(sparse([1, 2, 3, 4]))
        },
        Refusal("an infinite value", mentions: "x.values[0]", "inf") {
            var scaler = MaxAbsScaler()
            try scaler.fit(sparse([.infinity, 2]))
        },
        Refusal("NaN where it is no missing value", mentions: "x.values[1]", "nan") {
            _ = try Normalizer().transform(sparse([1, .nan]))
        },
        Refusal("weights of another number", mentions: "sampleWeight", "3") {
            var scaler = StandardScaler(withMean: false)
            try scaler.fit(sparse([1, 2]), sampleWeight: [1, 1, 1])
        },
        Refusal("no rows", mentions: "x", "0") {
            var scaler = StandardScaler(withMean: false)
            try scaler.fit(SparseMatrix<Double>(rows: 0, columns: 1, rowOffsets: [0], columnIndices: [], values: []))
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }
}
