import Estimators
import LinearAlgebra
import Preprocessing
import TestSupport
import Testing

/// Public bug reports: right values where formulas that are exact on paper lose digits, overflow or compare with NaN.
@Suite struct ExtremeNumbersTests {
    @Test func aConstantColumnWithGapsStaysAsItIs() throws {
        var power = PowerTransformer()
        let x: Matrix<Double> = [[5], [.nan], [5], [.nan], [.nan], [5]]
        let z = try power.fitTransform(x)
        #expect(power.lambdas == [1])
        #expect(z.elements.filter { !$0.isNaN } == [0, 0, 0])
        let six = try power.transform([[6]] as Matrix<Double>)
        #expect(six == [[1]])
    }

    @Test(arguments: [0, 1e6, 1.7e9]) func componentsDoNotDependOnTheOffset(offset: Double) throws {
        let x = try Matrix<Double>((0..<30).map { [offset + Double($0) / 29, offset + Double($0) / 29] })
        var pca = PCA(nComponents: 1)
        let z = try pca.fitTransform(x)
        #expect(abs(pca.explainedVariance[0] - 2 * 2247.5 / 841 / 29) < 1e-7)
        #expect(abs(z[0, 0].magnitude - 0.5.squareRoot()) < 1e-6)
    }

    @Test func meansOfTwoDoNotOverflow() throws {
        let x: Matrix<Double> = [[1e308], [1.5e308], [.nan]]
        #expect(try SimpleImputer(strategy: .median).fitted(x).statistics == [1.25e308])
        #expect(try SimpleImputer().fitted(x).statistics == [1.25e308])
        #expect(try RobustScaler().fitted(x).center == [1.25e308])
        #expect(try StandardScaler().fitted(x).mean == [1.25e308])
    }

    @Test(arguments: Normalizer.Norm.allCases) func normsDoNotOverflow(norm: Normalizer.Norm) throws {
        let (large, small) = ([[3e200, 4e200]] as Matrix<Double>, [[3, 4]] as Matrix<Double>)
        let expected = try Normalizer(norm: norm).transform(small).elements
        let found = try Normalizer(norm: norm).transform(large).elements
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    }

    private let narrow: [Double] = [8400, 8410, 8395, 8421, 8420, 8419]

    /// The exponents are SciPy's limits for the type of the data.
    @Test(arguments: [true, false]) func exponentsAreLimitedByTheTypeOfTheData(standardize: Bool) throws {
        var double = PowerTransformer(method: .boxCox, standardize: standardize)
        let z = try double.fitTransform(Matrix(rows: 6, columns: 1, elements: narrow))
        #expect(abs(double.lambdas[0] - 77.991_949_61) < 1e-7)
        #expect(z.isFinite)

        var single = PowerTransformer(method: .boxCox, standardize: standardize)
        let y = try single.fitTransform(Matrix(rows: 6, columns: 1, elements: narrow.map(Float.init)))
        #expect(abs(single.lambdas[0] - 9.040_702) < 1e-5)
        #expect(y.isFinite)
        if standardize {
            #expect(abs(z.elements.reduce(0, +)) < 1e-9)
            #expect(abs(z.elements.reduce(0) { $0 + $1 * $1 } - 6) < 1e-9)
            let expected: [Float] = [-1.064_987_1, -0.086_815_3, -1.550_579_3, 1.000_035_4, 0.900_760_2, 0.801_579_3]
            #expect(zip(y.elements, expected).allSatisfy { abs($0 - $1) < 1e-3 })
        }
    }

    @Test func yeoJohnsonOfFloatsIsFinite() throws {
        var power = PowerTransformer(standardize: false)
        let z = try power.fitTransform(Matrix(rows: 6, columns: 1, elements: narrow.map(Float.init)))
        #expect(abs(power.lambdas[0] - 3.023_895_5) < 1e-3)
        #expect(z.isFinite)
    }

    @Test func numbersWithoutAPowerAreNamed() throws {
        let power = try PowerTransformer(method: .boxCox, standardize: false)
            .fitted(Matrix(rows: 6, columns: 1, elements: narrow))
        #expect {
            try power.transform([[84_000]] as Matrix<Double>)
        } throws: {
            "\($0)".contains("PowerTransformer") && "\($0)".contains("column 0")
        }
    }

    @Test(arguments: [([4.0, 1, 0, 5, 4], 5), ([1, 4, 0, 2, 4, 2, 4, 1], 7)], [0, 1, 2])
    func clustersLieWithinTheData(sample: (values: [Double], bins: Int), weighting: Int) throws {
        let x = Matrix(rows: sample.values.count, columns: 1, elements: sample.values)
        let weights = [nil, sample.values.map { _ in 0.1 }, sample.values.indices.map { Double($0 + 1) }][weighting]
        var bins = KBinsDiscretizer(nBins: .all(sample.bins), encode: .ordinal, strategy: .kmeans)
        try bins.fit(x, sampleWeight: weights)
        let edges = bins.binEdges[0]
        #expect(edges.first == sample.values.min() && edges.last == sample.values.max())
        #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test(arguments: KBinsDiscretizer.Strategy.allCases) func binsOfHugeNumbers(strategy: KBinsDiscretizer.Strategy)
        throws
    {
        let x = Matrix(rows: 5, columns: 1, elements: [-1.5, -1, 0, 1, 1.5].map { $0 * 0x1p1023 })
        let small = Matrix(rows: 5, columns: 1, elements: [-1.5, -1, 0, 1, 1.5])
        let bins = KBinsDiscretizer(nBins: 3, encode: .ordinal, strategy: strategy)
        #expect(try bins.fitted(x).transform(x) == bins.fitted(small).transform(small))
    }

    @Test func productsThatOverflowAreRejected() throws {
        let polynomials = try PolynomialFeatures().fitted([[1]] as Matrix<Float>)
        #expect {
            try polynomials.transform([[3e38]] as Matrix<Float>)
        } throws: {
            "\($0)".contains("PolynomialFeatures") && "\($0)".contains("Float")
        }
    }

    @Test func overflowNamesTheExponent() throws {
        let power = try PowerTransformer(standardize: false).fitted(
            [[1], [100], [101], [102], [103]] as Matrix<Double>)
        let error = #expect(throws: EstimatorError.self) {
            _ = try power.transform([[1e300]] as Matrix<Double>)
        }
        #expect(
            error?.description.contains("inf in column 0 (exponent \(power.lambdas[0]))") == true,
            "\(String(describing: error))")
    }

    @Test func fewerValuesThanClustersWarn() throws {
        func lines(_ values: [Double], bins: Int) throws -> [String] {
            try LogRecorder.lines {
                _ = try KBinsDiscretizer(nBins: .all(bins), encode: .ordinal, strategy: .kmeans)
                    .fitted(Matrix(rows: values.count, columns: 1, elements: values))
            }
        }
        #expect(try lines([0, 1, 2, 0, 1, 2], bins: 3).isEmpty)
        #expect(try lines([0, 1, 2, 0, 1, 2], bins: 5).contains { $0.contains("3 different values for 5 bins") })
    }

    /// The sum of 33 numbers 1e8/3 is rounded.
    @Test(arguments: 1..<60) func theMeanOfEqualNumbersIsTheNumber(count: Int) throws {
        let x = Matrix(rows: count, columns: 1, repeating: 1e8 / 3)
        #expect(try SimpleImputer().fitted(x).statistics == [1e8 / 3])
    }
}
