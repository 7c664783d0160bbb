import Estimators
public import LinearAlgebra
public import ModelFiles

/// Divides every sample by its norm, each on its own.
///
/// A sample whose norm is 0, up to rounding, stays as it is. There is nothing to learn: `transform` works before `fit`,
/// which does no more than count the features.
public struct Normalizer: OneToOneTransformer, Equatable {
    /// The length of a sample.
    public enum Norm: String, CaseIterable, Codable, Sendable {
        /// Σ |xⱼ|
        case l1
        /// √(Σ xⱼ²)
        case l2
        /// max |xⱼ|
        case max
    }

    /// The norm. Default `.l2`.
    public var norm: Norm

    /// The number of features seen by `fit`; nil before.
    public internal(set) var nFeaturesIn: Int?

    /// A normalizer.
    ///
    /// - Parameter norm: what every sample is divided by.
    public init(norm: Norm = .l2) {
        self.norm = norm
    }

    /// Counts the features of `x`.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, or contains NaN or an infinite value.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.features(x)
        nFeaturesIn = x.columns
    }

    /// The samples divided by their norms, in a new matrix.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, another number of columns than `fit` has
    ///   seen, or contains NaN or an infinite value.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn ?? x.columns, of: "Normalizer", allowsNaN: false)
        return try x.inDoublePrecision(by: "Normalizer") { x in
            let columns = x.columns
            x.withUnsafeMutableElements { elements in
                for start in stride(from: 0, to: elements.count, by: columns) {
                    normalize(
                        UnsafeMutableBufferPointer(rebasing: elements[start..<(start + columns)]),
                        leastNorm: 10 * Double(Scalar.ulpOfOne))
                }
            }
        }
    }

    /// Divides a sample, of which zeros may be left out, by its norm, unless that is below `leastNorm`.
    func normalize(_ sample: UnsafeMutableBufferPointer<Double>, leastNorm: Double) {
        var length = norm(of: sample)
        if !(0x1p-500...0x1p500).contains(length) {
            let greatest = sample.reduce(0) { Swift.max($0, $1.magnitude) }
            guard greatest >= leastNorm else { return }
            // The squares overflow or underflow, unless a power of two is divided out first, which rounds nothing.
            for index in sample.indices { sample[index] /= greatest.binade }
            length = norm(of: sample)
        }
        guard length >= leastNorm else { return }
        for index in sample.indices { sample[index] /= length }
    }

    private func norm(of sample: UnsafeMutableBufferPointer<Double>) -> Double {
        switch norm {
        case .l1: sample.reduce(0) { $0 + $1.magnitude }
        case .l2: sample.reduce(0) { $0 + $1 * $1 }.squareRoot()
        case .max: sample.reduce(0) { Swift.max($0, $1.magnitude) }
        }
    }
}

// MARK: - Coding

extension Normalizer: Storable {
    /// `Normalizer`.
    public static var storedTypeName: String { "Normalizer" }

    private enum CodingKeys: String, CodingKey { case norm, nFeaturesIn }

    /// Decodes a normalizer.
    ///
    /// - Throws: `DecodingError` for a number of features that no data have.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(norm: try container.decode(Norm.self, forKey: .norm))
        nFeaturesIn = try container.decodeCountIfPresent(forKey: .nFeaturesIn, from: 1)
    }
}
