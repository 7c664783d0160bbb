import Foundation
public import LinearAlgebra
import NumPyRandom

/// Generates the first of Friedman's regression problems, as scikit-learn's `make_friedman1` does.
///
/// y = 10 sin(π x₀ x₁) + 20 (x₂ − 0.5)² + 10 x₃ + 5 x₄ + noise. Features are uniform in [0, 1); those from the sixth on
/// have no effect. The same seed gives the same numbers as in scikit-learn, up to the rounding of the sine.
///
/// - Parameters:
///   - nSamples: how many samples; at least 1.
///   - nFeatures: how many features; at least 5.
///   - noise: the standard deviation of what is added to the targets; at least 0.
///   - randomState: the seed; nil for other samples each time.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeFriedman1(
    nSamples: Int = 100, nFeatures: Int = 10, noise: Double = 0, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Double]) {
    try Argument("nFeatures", nFeatures).require(from: 5)
    return try friedman(nSamples, nFeatures, noise: noise, randomState) { x in
        10 * sin(.pi * x[0] * x[1]) + 20 * (x[2] - 0.5) * (x[2] - 0.5) + 10 * x[3] + 5 * x[4]
    }
}

/// Generates the second of Friedman's regression problems, as scikit-learn's `make_friedman2` does.
///
/// y = √(x₀² + (x₁ x₂ − 1 / (x₁ x₃))²) + noise, with x₀ in [0, 100), x₁ in [40π, 560π), x₂ in [0, 1) and x₃ in [1, 11).
///
/// - Parameters:
///   - nSamples: how many samples; at least 1.
///   - noise: the standard deviation of what is added to the targets; at least 0.
///   - randomState: the seed; nil for other samples each time.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeFriedman2(
    nSamples: Int = 100, noise: Double = 0, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Double]) {
    try friedman(nSamples, 4, noise: noise, randomState, scale: circuit) { x in
        let reactance = x[1] * x[2] - 1 / (x[1] * x[3])
        return (x[0] * x[0] + reactance * reactance).squareRoot()
    }
}

/// Generates the third of Friedman's regression problems, as scikit-learn's `make_friedman3` does.
///
/// y = arctan((x₁ x₂ − 1 / (x₁ x₃)) / x₀) + noise, with the features of ``makeFriedman2(nSamples:noise:randomState:)``.
///
/// - Parameters:
///   - nSamples: how many samples; at least 1.
///   - noise: the standard deviation of what is added to the targets; at least 0.
///   - randomState: the seed; nil for other samples each time.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeFriedman3(
    nSamples: Int = 100, noise: Double = 0, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Double]) {
    try friedman(nSamples, 4, noise: noise, randomState, scale: circuit) { x in
        atan((x[1] * x[2] - 1 / (x[1] * x[3])) / x[0])
    }
}

/// The ranges of resistance, frequency, inductance and capacity.
private func circuit(_ x: inout [Double]) {
    x[0] *= 100
    x[1] = x[1] * (520 * .pi) + 40 * .pi
    x[3] = x[3] * 10 + 1
}

private func friedman(
    _ nSamples: Int, _ nFeatures: Int, noise: Double, _ randomState: UInt32?,
    scale: (inout [Double]) -> Void = { _ in },
    target: ([Double]) -> Double
) throws -> (x: Matrix<Double>, y: [Double]) {
    try TableSize.check(Argument("nSamples", nSamples), by: Argument("nFeatures", nFeatures))
    try Argument("noise", noise).requireNotNegative()
    var random = RandomState(seed: randomState)
    let drawn = Matrix(
        rows: nSamples, columns: nFeatures, elements: try random.randomSample(size: nSamples * nFeatures))
    let rows = (0..<nSamples).map { row in
        var features = drawn.row(row)
        scale(&features)
        return features
    }
    let noises = try random.standardNormal(size: nSamples)
    return (
        Matrix(rows: nSamples, columns: nFeatures, elements: rows.flatMap { $0 }),
        zip(rows, noises).map { target($0) + noise * $1 }
    )
}
