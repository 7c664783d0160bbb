import Datasets
import LinearAlgebra
import Testing

/// Properties of the sample generators, and the arguments they reject.
@Suite struct SampleGeneratorLawTests {
    @Test func theDocumentedCallsCompile() throws {
        let (x, y) = try makeClassification(nSamples: 200, nFeatures: 8, randomState: 0)
        #expect([x.rows, x.columns, y.count] == [200, 8, 200])
        #expect(Set(y) == [0, 1])
        let (points, clusters) = try makeBlobs(
            nSamples: [30, 10], centers: [[0, 0], [4, 4]], clusterStd: [1, 0.3], randomState: 0)
        #expect(points.rows == 40 && clusters.count { $0 == 0 } == 30)
        let (features, targets) = try makeRegression(nSamples: 9, nFeatures: 3, nTargets: 2)
        #expect(features.rows == 9 && targets.count == 9 && targets[0].count == 2)
        _ = try makeClassification(shift: nil, scale: nil)
        _ = try makeClassification(nFeatures: 4, shift: [0, 1, 2, 3], scale: 2)
    }

    @Test func withoutASeedEveryTableIsAnother() throws {
        #expect(try makeClassification().x != makeClassification().x)
        #expect(try makeRegression().x != makeRegression().x)
        #expect(try makeBlobs().x != makeBlobs().x)
        #expect(try makeMoons(noise: 1).x != makeMoons(noise: 1).x)
        #expect(try makeMultilabelClassification().x != makeMultilabelClassification().x)
    }

    @Test func aSeedIsOneTableOnAnyNumberOfThreads() throws {
        func tables() throws -> [[Double]] {
            let regression = try makeRegression(nSamples: 3000, nFeatures: 300, noise: 1, randomState: 3)
            let lowRank = try makeRegression(nSamples: 500, nFeatures: 300, effectiveRank: 9, randomState: 3)
            let classes = try makeClassification(nSamples: 3000, nFeatures: 300, nInformative: 90, randomState: 3)
            return [regression.y, lowRank.x.elements, classes.x.elements]
        }
        #expect(try tables() == BLASThreads.withAtMost(1) { try tables() })
    }

    @Test func theTargetIsTheLinearFunctionItSays() throws {
        let (x, y, coef) = try makeRegressionWithCoef(
            nSamples: 50, nFeatures: 12, nInformative: 5, bias: 3, randomState: 1)
        #expect(coef.count { $0 != 0 } == 5)
        for row in 0..<50 {
            let value = zip(x.row(row), coef).reduce(3) { $0 + $1.0 * $1.1 }
            #expect(abs(value - y[row]) < 1e-10)
        }
    }

    @Test func pointsLieOnTheirCurves() throws {
        let (x, y) = try makeCircles(nSamples: (20, 7), randomState: 1, factor: 0.25)
        for row in 0..<27 {
            let radius = (x[row, 0] * x[row, 0] + x[row, 1] * x[row, 1]).squareRoot()
            #expect(abs(radius - (y[row] == 0 ? 1 : 0.25)) < 1e-12)
        }
        #expect(y.count { $0 == 0 } == 20)
        #expect(try makeCircles(nSamples: 0).y.isEmpty)
        #expect(try makeMoons(nSamples: (0, 3)).y == [1, 1, 1])
    }

    /// Without shuffling, redundant columns are linear functions of the informative ones, and repeated columns are
    /// copies.
    @Test func usefulColumnsDependOnEachOther() throws {
        let (x, _) = try makeClassification(
            nSamples: 30, nFeatures: 7, nInformative: 3, nRedundant: 2, nRepeated: 2, shuffle: false, randomState: 4)
        let columns = (0..<7).map { x.column($0) }
        for copy in 5..<7 { #expect(columns[..<5].contains(columns[copy])) }
        let informative = Matrix(rows: 30, columns: 3, elements: (0..<30).flatMap { x.row($0).prefix(3) })
        #expect(try svd(informative).s.count { $0 > 1e-9 } == 3)
        #expect(try svd(x).s.count { $0 > 1e-9 } == 3)
    }

    @Test func everyTextHasALabelWhereItMust() throws {
        let (x, y) = try makeMultilabelClassification(nSamples: 80, nLabels: 1, allowUnlabeled: false, randomState: 2)
        #expect(y.allSatisfy { $0.contains(1) })
        #expect((0..<80).allSatisfy { x.row($0).reduce(0, +) > 0 })
    }

    @Test(arguments: [0, -1, .min, .max, 1 << 40])
    func absurdSizesAreRefused(size: Int) {
        expectRefusal("nSamples") { _ = try makeClassification(nSamples: size) }
        expectRefusal("nFeatures") { _ = try makeClassification(nFeatures: size) }
        expectRefusal("nInformative") { _ = try makeClassification(nInformative: size) }
        expectRefusal("nClasses") { _ = try makeClassification(nClasses: size) }
        expectRefusal("nClustersPerClass") { _ = try makeClassification(nClustersPerClass: size) }
        expectRefusal("nSamples") { _ = try makeRegression(nSamples: size) }
        expectRefusal("nFeatures") { _ = try makeRegression(nFeatures: size) }
        expectRefusal("nTargets") { _ = try makeRegression(nTargets: size) }
        expectRefusal("nSamples") { _ = try makeBlobs(nSamples: size) }
        expectRefusal("nFeatures") { _ = try makeBlobs(nFeatures: size) }
        expectRefusal("centers") { _ = try makeBlobs(centers: size) }
        expectRefusal("nSamples") { _ = try makeMoons(nSamples: size) }
        expectRefusal("nSamples") { _ = try makeMultilabelClassification(nSamples: size) }
        expectRefusal("nFeatures") { _ = try makeMultilabelClassification(nFeatures: size) }
        expectRefusal("nClasses") { _ = try makeMultilabelClassification(nClasses: size) }
        expectRefusal("length") { _ = try makeMultilabelClassification(length: size) }
        guard size != 0 else { return }
        expectRefusal("nSamples") { _ = try makeCircles(nSamples: size) }
        expectRefusal("nSamples") { _ = try makeMoons(nSamples: (1, size)) }
        expectRefusal("nSamples[1]") { _ = try makeBlobs(nSamples: .each([1, size])) }
        expectRefusal("nRedundant") { _ = try makeClassification(nRedundant: size) }
        expectRefusal("nRepeated") { _ = try makeClassification(nRepeated: size) }
        expectRefusal("nLabels") { _ = try makeMultilabelClassification(nLabels: size) }
        if size < 0 { expectRefusal("nInformative") { _ = try makeRegression(nInformative: size) } }
    }

    @Test(arguments: [-0.1, 1.1, .nan, .infinity, -.infinity] as [Double])
    func numbersOutOfRangeAreRefused(number: Double) {
        expectRefusal("flipY") { _ = try makeClassification(flipY: number) }
        expectRefusal("tailStrength") { _ = try makeRegression(effectiveRank: 2, tailStrength: number) }
        expectRefusal("factor") { _ = try makeCircles(factor: number) }
        guard !(number > 0 && number.isFinite) else { return }
        expectRefusal("classSep") { _ = try makeClassification(classSep: number) }
        expectRefusal("scale") { _ = try makeClassification(scale: number) }
        expectRefusal("weights[0]") { _ = try makeClassification(weights: [number]) }
        expectRefusal("noise") { _ = try makeRegression(noise: number) }
        expectRefusal("noise") { _ = try makeMoons(noise: number) }
        expectRefusal("noise") { _ = try makeCircles(noise: number) }
        expectRefusal("clusterStd") { _ = try makeBlobs(clusterStd: number) }
        guard !number.isFinite else { return }
        expectRefusal("shift") { _ = try makeClassification(shift: number) }
        expectRefusal("bias") { _ = try makeRegression(bias: number) }
        expectRefusal("centerBox") { _ = try makeBlobs(centerBox: (0, number)) }
        expectRefusal("centers") { _ = try makeBlobs(centers: .at([[0, number]])) }
    }

    @Test func argumentsThatDoNotGoTogetherAreRefused() {
        expectRefusal("nInformative + nRedundant + nRepeated") { _ = try makeClassification(nFeatures: 3) }
        expectRefusal("nClasses × nClustersPerClass") { _ = try makeClassification(nClasses: 3) }
        expectRefusal("weights") { _ = try makeClassification(weights: [0.1, 0.1, 0.8]) }
        expectRefusal("weights") { _ = try makeClassification(weights: [1.5]) }
        expectRefusal("shift") { _ = try makeClassification(shift: [1, 2], scale: 1) }
        expectRefusal("scale") { _ = try makeClassification(nFeatures: 4, scale: [1, 2, 3, 0]) }
        expectRefusal("effectiveRank") { _ = try makeRegression(effectiveRank: 0) }
        expectRefusal("clusterStd") { _ = try makeBlobs(clusterStd: [1, 2]) }
        expectRefusal("centers") { _ = try makeBlobs(nSamples: [1, 2], centers: 3) }
        expectRefusal("centers") {
            _ = try makeBlobs(nSamples: .one(3), centers: .at(Matrix(rows: 0, columns: 2, elements: [])))
        }
        expectRefusal("nSamples") { _ = try makeBlobs(nSamples: [1, 2], centers: [[0], [1], [2]]) }
        expectRefusal("nLabels") { _ = try makeMultilabelClassification(nLabels: 0, allowUnlabeled: false) }
        expectRefusal("nLabels") { _ = try makeMultilabelClassification(nLabels: 60) }
    }

    private func expectRefusal(
        _ argument: String, sourceLocation: SourceLocation = #_sourceLocation, _ call: () throws -> Void
    ) {
        let error = #expect(throws: DatasetError.self, sourceLocation: sourceLocation) { try call() }
        guard case .invalidArgument(let name, _, _)? = error else { return }
        #expect(name.contains(argument), "\(name)", sourceLocation: sourceLocation)
    }
}
