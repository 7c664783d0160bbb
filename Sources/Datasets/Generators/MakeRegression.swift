public import LinearAlgebra
import NumPyRandom

/// Generates a table for regression, as scikit-learn's `make_regression` does: the target is a linear function of some
/// columns, and noise.
///
/// The same seed gives the same numbers as in scikit-learn, up to the rounding of matrix products.
///
/// - Parameters:
///   - nSamples: how many rows; at least 1.
///   - nFeatures: how many columns; at least 1.
///   - nInformative: how many columns the target depends on; at least 0, and where it exceeds `nFeatures` all.
///   - bias: the target where all features are 0.
///   - effectiveRank: about how many directions explain most of the features, at least 1; nil for independent columns
///     from the standard normal distribution.
///   - tailStrength: how much the other directions matter, from 0 to 1; counts only with an `effectiveRank`.
///   - noise: the standard deviation of what is added to the target; at least 0.
///   - shuffle: whether rows and columns are put in random order. Else the informative columns come first.
///   - randomState: the seed; nil for another table each time.
/// - Returns: the features, and the target of each row.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
/// - Complexity: O(`nSamples` · `nFeatures`), with an `effectiveRank` times the smaller of the two.
public func makeRegression(
    nSamples: Int = 100, nFeatures: Int = 100, nInformative: Int = 10, bias: Double = 0, effectiveRank: Int? = nil,
    tailStrength: Double = 0.5, noise: Double = 0, shuffle: Bool = true, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Double]) {
    let (x, y, _) = try makeRegressionWithCoef(
        nSamples: nSamples, nFeatures: nFeatures, nInformative: nInformative, bias: bias, effectiveRank: effectiveRank,
        tailStrength: tailStrength, noise: noise, shuffle: shuffle, randomState: randomState)
    return (x, y)
}

/// Generates a table for regression with several targets, each a linear function of its own.
///
/// - Parameters:
///   - nSamples: how many rows; at least 1.
///   - nFeatures: how many columns; at least 1.
///   - nInformative: how many columns the targets depend on; at least 0, and where it exceeds `nFeatures` all.
///   - nTargets: how many targets; at least 1.
///   - bias: the targets where all features are 0.
///   - effectiveRank: about how many directions explain most of the features, at least 1; nil for independent columns
///     from the standard normal distribution.
///   - tailStrength: how much the other directions matter, from 0 to 1; counts only with an `effectiveRank`.
///   - noise: the standard deviation of what is added to the targets; at least 0.
///   - shuffle: whether rows and columns are put in random order. Else the informative columns come first.
///   - randomState: the seed; nil for another table each time.
/// - Returns: the features, and `nTargets` targets for each row.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeRegression(
    nSamples: Int = 100, nFeatures: Int = 100, nInformative: Int = 10, nTargets: Int, bias: Double = 0,
    effectiveRank: Int? = nil, tailStrength: Double = 0.5, noise: Double = 0, shuffle: Bool = true,
    randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [[Double]]) {
    let (x, y, _) = try makeRegressionWithCoef(
        nSamples: nSamples, nFeatures: nFeatures, nInformative: nInformative, nTargets: nTargets, bias: bias,
        effectiveRank: effectiveRank, tailStrength: tailStrength, noise: noise, shuffle: shuffle,
        randomState: randomState)
    return (x, y)
}

/// Generates a table for regression, and returns the coefficients: scikit-learn's `make_regression(coef=True)`.
///
/// - Parameters:
///   - nSamples: how many rows; at least 1.
///   - nFeatures: how many columns; at least 1.
///   - nInformative: how many columns the target depends on; at least 0, and where it exceeds `nFeatures` all.
///   - bias: the target where all features are 0.
///   - effectiveRank: about how many directions explain most of the features, at least 1; nil for independent columns
///     from the standard normal distribution.
///   - tailStrength: how much the other directions matter, from 0 to 1; counts only with an `effectiveRank`.
///   - noise: the standard deviation of what is added to the target; at least 0.
///   - shuffle: whether rows and columns are put in random order. Else the informative columns come first.
///   - randomState: the seed; nil for another table each time.
/// - Returns: the features, the target of each row, and the coefficient of each column.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeRegressionWithCoef(
    nSamples: Int = 100, nFeatures: Int = 100, nInformative: Int = 10, bias: Double = 0, effectiveRank: Int? = nil,
    tailStrength: Double = 0.5, noise: Double = 0, shuffle: Bool = true, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Double], coef: [Double]) {
    var design = RegressionDesign(
        nSamples: nSamples, nFeatures: nFeatures, nInformative: nInformative, nTargets: 1, bias: bias,
        effectiveRank: effectiveRank, tailStrength: tailStrength, noise: noise, random: RandomState(seed: randomState))
    let (x, y, coef) = try BLASThreads.withAtMost(1) { try design.samples(shuffle: shuffle) }
    return (x, y.elements, coef.elements)
}

/// Generates a table for regression with several targets, and returns the coefficients.
///
/// - Parameters:
///   - nSamples: how many rows; at least 1.
///   - nFeatures: how many columns; at least 1.
///   - nInformative: how many columns the targets depend on; at least 0, and where it exceeds `nFeatures` all.
///   - nTargets: how many targets; at least 1.
///   - bias: the targets where all features are 0.
///   - effectiveRank: about how many directions explain most of the features, at least 1; nil for independent columns
///     from the standard normal distribution.
///   - tailStrength: how much the other directions matter, from 0 to 1; counts only with an `effectiveRank`.
///   - noise: the standard deviation of what is added to the targets; at least 0.
///   - shuffle: whether rows and columns are put in random order. Else the informative columns come first.
///   - randomState: the seed; nil for another table each time.
/// - Returns: the features, `nTargets` targets for each row, and the coefficients, features × targets.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeRegressionWithCoef(
    nSamples: Int = 100, nFeatures: Int = 100, nInformative: Int = 10, nTargets: Int, bias: Double = 0,
    effectiveRank: Int? = nil, tailStrength: Double = 0.5, noise: Double = 0, shuffle: Bool = true,
    randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [[Double]], coef: Matrix<Double>) {
    var design = RegressionDesign(
        nSamples: nSamples, nFeatures: nFeatures, nInformative: nInformative, nTargets: nTargets, bias: bias,
        effectiveRank: effectiveRank, tailStrength: tailStrength, noise: noise, random: RandomState(seed: randomState))
    let (x, y, coef) = try BLASThreads.withAtMost(1) { try design.samples(shuffle: shuffle) }
    return (x, (0..<y.rows).map { y.row($0) }, coef)
}

/// The arguments of `makeRegression`, and the generator, whose numbers are drawn in scikit-learn's order.
///
/// BLAS stays on one thread meanwhile: it rounds by their number, and a seed must mean one table.
private struct RegressionDesign {
    let nSamples: Int
    let nFeatures: Int
    let nInformative: Int
    let nTargets: Int
    let bias: Double
    let effectiveRank: Int?
    let tailStrength: Double
    let noise: Double
    var random: RandomState

    mutating func samples(shuffle: Bool) throws -> (x: Matrix<Double>, y: Matrix<Double>, coef: Matrix<Double>) {
        try check()
        let x = try features()
        var coef = Matrix<Double>(rows: nFeatures, columns: nTargets, repeating: 0)
        let informative = try random.uniformTable(rows: min(nInformative, nFeatures), columns: nTargets)
        coef.replace(fromRow: 0, column: 0, by: informative.map { 100 * $0 })

        var y = try matmul(x, coef)
        y.apply { $0 + bias }
        if noise > 0 {
            let errors = try random.standardNormalTable(rows: nSamples, columns: nTargets)
            try y.apply(with: errors) { $0 + noise * $1 }
        }
        guard shuffle else { return (x, y, coef) }
        let rows = try random.permutation(nSamples)
        let columns = try random.permutation(nFeatures)
        return (
            x.selectingRows(rows).selectingColumns(columns), y.selectingRows(rows), coef.selectingRows(columns)
        )
    }

    private func check() throws {
        try TableSize.check(Argument("nSamples", nSamples), by: Argument("nFeatures", nFeatures))
        try Argument("nInformative", nInformative).require(from: 0)
        try TableSize.check(Argument("nSamples", nSamples), by: Argument("nTargets", nTargets))
        try TableSize.check(Argument("nFeatures", nFeatures), by: Argument("nTargets", nTargets))
        try Argument("bias", bias).requireFinite()
        if let effectiveRank { try Argument("effectiveRank", effectiveRank).require(from: 1) }
        try Argument("tailStrength", tailStrength).requireShare()
        try Argument("noise", noise).requireNotNegative()
    }

    private mutating func features() throws -> Matrix<Double> {
        guard let effectiveRank else { return try random.standardNormalTable(rows: nSamples, columns: nFeatures) }
        return try random.lowRankTable(
            rows: nSamples, columns: nFeatures, effectiveRank: Double(effectiveRank), tailStrength: tailStrength)
    }
}
