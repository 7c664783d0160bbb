import Composition
import Estimators
import Foundation
import LinearAlgebra
import NumPyRandom
import Preprocessing
import Testing

@Suite("Laws of all transformers of numbers")
struct TransformerLawTests {
    /// Positive, as Box-Cox needs it.
    private static func table(rows: Int = 60, columns: Int = 3, seed: UInt32 = 1) throws -> Matrix<Double> {
        var random = RandomState(seed: seed)
        let draws = try random.normal(loc: 0, scale: 0.5, size: rows * columns)
        return Matrix(rows: rows, columns: columns, elements: draws.map { Foundation.exp($0) })
    }

    private func expectClose<First: BinaryFloatingPoint, Second: BinaryFloatingPoint>(
        _ values: Matrix<First>, _ expected: Matrix<Second>, _ tolerance: Double, _ comment: Comment? = nil
    ) {
        #expect(values.rows == expected.rows && values.columns == expected.columns, comment)
        for (value, other) in zip(values.elements, expected.elements) {
            #expect(close(Double(value), Double(other), tolerance), comment)
        }
    }

    private typealias Coded = Transformer & Codable & Equatable

    private static let all: [any Coded] = [
        MinMaxScaler(featureRange: (-1, 2)), MaxAbsScaler(), RobustScaler(unitVariance: true), Normalizer(norm: .l1),
        PolynomialFeatures(degree: 3), SimpleImputer(strategy: .median, addIndicator: true), PCA(nComponents: 2),
        KBinsDiscretizer(nBins: 4), QuantileTransformer(nQuantiles: 20, outputDistribution: .normal),
        PowerTransformer(method: .boxCox), OneHotEncoder<Double>(handleUnknown: .ignore),
        OrdinalEncoder<Double>(handleUnknown: .useEncodedValue, unknownValue: -1), Binarizer(threshold: 1),
        VarianceThreshold(threshold: 0.01), MissingIndicator(features: .all), KNNImputer(nNeighbors: 2),
        IterativeImputer(maxIter: 2), SplineTransformer(knots: .quantile, extrapolation: .linear),
        FeatureUnion(PCA(nComponents: 1), StandardScaler()),
    ]

    @Test func codingKeepsEverything() throws {
        for transformer in TransformerLawTests.all { try checkCoding(transformer) }
    }

    private func checkCoding<Subject: Coded>(_ subject: Subject) throws {
        var fitted = subject
        try fitted.fit(TransformerLawTests.table())
        #expect(fitted != subject || subject is Normalizer)
        let decoded = try JSONDecoder().decode(Subject.self, from: JSONEncoder().encode(fitted))
        #expect(decoded == fitted)
        let probe = try TransformerLawTests.table(rows: 5, seed: 2)
        #expect(try decoded.transform(probe) == fitted.transform(probe))
    }

    /// A column without values leaves no NaN in the state, because JSON has no NaN.
    @Test func columnsWithoutValuesCanBeCoded() throws {
        let empty: Matrix<Double> = [[1, .nan, 4], [2, .nan, 4], [4, .nan, 4]]
        for transformer in [
            MinMaxScaler(), MaxAbsScaler(), RobustScaler(), SimpleImputer(), QuantileTransformer(nQuantiles: 3),
            OneHotEncoder<Double>(), OrdinalEncoder<Double>(), VarianceThreshold(), MissingIndicator(), KNNImputer(),
            IterativeImputer(), SplineTransformer(handleMissing: .zeros),
        ] as [any Coded] {
            try checkCodingOf(transformer, empty)
        }
    }

    private func checkCodingOf<Subject: Coded>(_ subject: Subject, _ x: Matrix<Double>) throws {
        var fitted = subject
        let transformed = try fitted.fitTransform(x)
        let decoded = try JSONDecoder().decode(Subject.self, from: JSONEncoder().encode(fitted))
        #expect(decoded == fitted, "\(Subject.self)")
        expectClose(try decoded.transform(x), transformed, 0)
    }

    @Test func singlePrecisionAgreesWithDouble() throws {
        let (x, probe) = try (TransformerLawTests.table(), TransformerLawTests.table(rows: 5, seed: 2))
        let rounded = x.map { Double(Float($0)) }
        for transformer in TransformerLawTests.all {
            var (single, double) = (transformer, transformer)
            try single.fit(x.map { Float($0) })
            try double.fit(rounded)
            let values = try single.transform(probe.map { Float($0) })
            expectClose(values, try double.transform(probe.map { Double(Float($0)) }), 1e-5, "\(transformer)")
        }
    }

    @Test func fitForgets() throws {
        let x = try TransformerLawTests.table()
        for transformer in TransformerLawTests.all {
            func check<Subject: Coded>(_ subject: Subject) throws {
                var (once, twice) = (subject, subject)
                try once.fit(x)
                try twice.fit(TransformerLawTests.table(rows: 30, columns: 2, seed: 9))
                try twice.fit(x)
                #expect(once == twice)
            }
            try check(transformer)
        }
    }

    /// Otherwise a search could find another best candidate with two jobs than with one.
    @Test func theNumberOfThreadsChangesNoBit() throws {
        let x = try TransformerLawTests.table(rows: 600, columns: 40)
        let decompositions: [any Coded] = [
            PCA(svdSolver: .full), PCA(nComponents: 3, svdSolver: .randomized, randomState: 1),
        ]
        for transformer in TransformerLawTests.all + decompositions {
            func check<Subject: Coded>(_ subject: Subject) throws {
                var (many, one) = (subject, subject)
                let transformed = try many.fitTransform(x)
                let alone = try BLASThreads.withAtMost(1) { try one.fitTransform(x) }
                #expect(many == one, "\(Subject.self)")
                #expect(transformed == alone, "\(Subject.self)")
            }
            try check(transformer)
        }
    }

    @Test func inverseTransformRestores() throws {
        let x = try TransformerLawTests.table()
        func check<Subject: Transformer>(
            _ subject: Subject, _ inverse: (Subject) -> (Matrix<Double>) throws -> Matrix<Double>
        ) throws {
            var fitted = subject
            let transformed = try fitted.fitTransform(x)
            expectClose(try inverse(fitted)(transformed), x, 1e-9, "\(Subject.self)")
        }
        try check(MinMaxScaler(featureRange: (-3, 5))) { scaler in { try scaler.inverseTransform($0) } }
        try check(MaxAbsScaler()) { scaler in { try scaler.inverseTransform($0) } }
        try check(RobustScaler(quantileRange: (5, 80))) { scaler in { try scaler.inverseTransform($0) } }
        try check(PCA()) { pca in { try pca.inverseTransform($0) } }
        try check(PCA(whiten: true, svdSolver: .full)) { pca in { try pca.inverseTransform($0) } }
        try check(QuantileTransformer(nQuantiles: 60)) { quantiles in { try quantiles.inverseTransform($0) } }
        try check(PowerTransformer()) { power in { try power.inverseTransform($0) } }
        try check(PowerTransformer(method: .boxCox, standardize: false)) { power in
            { try power.inverseTransform($0) }
        }
    }

    @Test func partsFitTheSame() throws {
        let x = try TransformerLawTests.table()
        let parts = [Array(0..<1), Array(1..<40), Array(40..<60)].map(x.selectingRows)
        var (whole, cut) = (MinMaxScaler(), MinMaxScaler())
        try whole.fit(x)
        for part in parts { try cut.partialFit(part) }
        #expect(whole == cut)
        var (wholeAbs, cutAbs) = (MaxAbsScaler(), MaxAbsScaler())
        try wholeAbs.fit(x)
        for part in parts { try cutAbs.partialFit(part) }
        #expect(wholeAbs == cutAbs)
    }

    @Test func theSolversOfPCAAgree() throws {
        let x = try TransformerLawTests.table(rows: 40, columns: 6)
        var reference = PCA(nComponents: 3, svdSolver: .full)
        try reference.fit(x)
        for solver in [PCA.SVDSolver.covarianceEigh, .randomized] {
            var pca = PCA(nComponents: 3, svdSolver: solver, iteratedPower: 30, randomState: 0)
            try pca.fit(x)
            expectClose(pca.components, reference.components, 1e-8, "\(solver)")
        }
        let product = try matmul(reference.components, reference.components.transposed)
        expectClose(product, [[1, 0, 0], [0, 1, 0], [0, 0, 1]] as Matrix<Double>, 1e-12)
        let covariance = try reference.getCovariance()
        let trace = (0..<6).map { covariance[$0, $0] }.reduce(0, +)
        #expect(close(reference.explainedVariance[0] / reference.explainedVarianceRatio[0], trace, 1e-12))
    }

    /// 0.1 as a Float differs from 0.1 as a Double.
    @Test func whatIsGivenMeansTheSameInSinglePrecision() throws {
        let x: Matrix<Float> = [[1], [-99.9], [3]]
        var imputer = SimpleImputer(missingValues: -99.9, addIndicator: true)
        #expect(try imputer.fitTransform(x) == [[1, 0], [2, 1], [3, 0]])
        #expect(imputer.missingValues == -99.9)

        let shares: Matrix<Float> = [[0.2], [0.1]]
        var oneHot = OneHotEncoder<Double>(categories: [[0.1, 0.2]])
        var ordinal = OrdinalEncoder<Double>(categories: [[0.1, 0.2]])
        #expect(try oneHot.fitTransform(shares) as Matrix<Float> == [[0, 1], [1, 0]])
        #expect(try ordinal.fitTransform(shares) as Matrix<Float> == [[1], [0]])
        #expect(ordinal.categoriesSource == [[0.1, 0.2]])
    }

    @Test func encodersInvertWhatTheyEncode() throws {
        let x: Matrix<String?> = [["a", "x"], ["b", nil], ["a", "y"], ["c", "x"]]
        var ordinal = OrdinalEncoder<String?>()
        var oneHot = OneHotEncoder<String?>(drop: .first)
        let (codes, columns) = try (ordinal.fitTransform(x), oneHot.fitTransform(x))
        #expect(try ordinal.inverseTransform(codes).elements == x.elements.map { .some($0) })
        #expect(try oneHot.inverseTransform(columns).elements == x.elements.map { .some($0) })
        #expect(oneHot.categories[1] == ["x", "y", nil])
        #expect(codes[1, 1].isNaN && codes[3, 0] == 2)
    }
}
