public import Estimators
public import LinearAlgebra

/// The list of products must fit in memory: 2²⁷ integers are 1 GB.
private let mostFactors = 1 << 27

/// Computes all products of features up to a degree.
///
/// Two features a and b become, at degree 2, the columns 1, a, b, a², ab, b².
public struct PolynomialFeatures: Transformer, Equatable {
    /// Which degrees the products have; an integer literal is the greatest.
    public enum Degree: Hashable, Codable, Sendable, ExpressibleByIntegerLiteral {
        /// All degrees up to this one.
        case upTo(Int)
        /// The degrees from the first to the second.
        case between(Int, Int)

        /// All degrees up to `value`.
        public init(integerLiteral value: Int) { self = .upTo(value) }

        var bounds: (least: Int, greatest: Int) {
            switch self {
            case .upTo(let greatest): (0, greatest)
            case .between(let least, let greatest): (least, greatest)
            }
        }
    }

    /// The degrees of the products. Default 2.
    public var degree: Degree

    /// Whether to leave out products in which a feature occurs more than once. Default `false`.
    public var interactionOnly: Bool

    /// Whether the first column is 1, the product of no features. Default `true`.
    public var includeBias: Bool

    /// The features of every product, in ascending order; nil before `fit`.
    var products: [[Int]]?

    /// The number of features seen by `fit`; nil before.
    public internal(set) var nFeaturesIn: Int?

    /// An unfitted transformer.
    ///
    /// - Parameters:
    ///   - degree: the degrees of the products, 0 or greater.
    ///   - interactionOnly: whether to leave out products in which a feature occurs more than once.
    ///   - includeBias: whether the first column is 1.
    public init(degree: Degree = 2, interactionOnly: Bool = false, includeBias: Bool = true) {
        self.degree = degree
        self.interactionOnly = interactionOnly
        self.includeBias = includeBias
    }

    // MARK: Fitted attributes

    /// The number of columns that `transform` makes; nil before `fit`.
    public var nOutputFeatures: Int? { products?.count }

    /// The exponent of every feature in every product: `powers[product][feature]`; empty before `fit`.
    public var powers: [[Int]] {
        (products ?? []).map { product in
            var exponents = [Int](repeating: 0, count: nFeaturesIn ?? 0)
            for feature in product { exponents[feature] += 1 }
            return exponents
        }
    }

    /// The names of the products: `1`, `x0`, `x0^2`, `x0 x1`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "PolynomialFeatures")
        return powers.map { exponents in
            let factors = zip(names, exponents).filter { $0.1 > 0 }.map { $1 == 1 ? $0 : "\($0)^\($1)" }
            return factors.isEmpty ? "1" : factors.joined(separator: " ")
        }
    }

    // MARK: Fit

    /// Lists the products of the columns of `x`; the values do not matter.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a `degree` that is negative or out of order, that leaves no
    ///   column, or that makes products with more than 2²⁷ factors in all; `EstimatorError.invalidInput` if `x` has no
    ///   rows or columns, or contains NaN or an infinite value.
    /// - Complexity: O(products × degree).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        let (least, greatest) = try checkedDegrees()
        try Check.features(x)
        // More factors than features have no product without repetition.
        let most = interactionOnly ? min(greatest, x.columns) : greatest
        try Check.require(
            factorCount(features: x.columns, upTo: most) != nil, parameter: "degree", degree,
            allowed: "so small that the products of \(x.columns) features have at most \(mostFactors) factors in all")
        var found: [[Int]] = includeBias ? [[]] : []
        if most >= max(1, least) {
            for size in max(1, least)...most { found += combinations(of: x.columns, size: size) }
        }
        products = found
        nFeaturesIn = x.columns
    }

    private func checkedDegrees() throws -> (least: Int, greatest: Int) {
        let (least, greatest) = degree.bounds
        try Check.require(
            least >= 0 && least <= greatest, parameter: "degree", degree,
            allowed: "0 or greater, the least degree not above the greatest")
        try Check.require(
            greatest > 0 || includeBias, parameter: "degree", degree, allowed: "at least 1 where includeBias is false")
        return (least, greatest)
    }

    /// How many factors the products of degrees from 1 to `greatest` have in all; nil for too many.
    private func factorCount(features: Int, upTo greatest: Int) -> Int? {
        guard greatest <= mostFactors else { return nil }
        var (total, ofDegree, size) = (0, 1, 1)
        while size <= greatest {
            // C(n, k) = C(n, k − 1)·(n − k + 1)/k; with repetitions C(n + k − 1, k) = C(n + k − 2, k − 1)·(n + k −
            // 1)/k.
            let factor = interactionOnly ? features - size + 1 : features + size - 1
            ofDegree = ofDegree * factor / size
            total += ofDegree * size
            if total > mostFactors { return nil }
            size += 1
        }
        return total
    }

    /// All ascending lists of `size` features, in lexicographic order.
    private func combinations(of features: Int, size: Int) -> [[Int]] {
        let step = interactionOnly ? 1 : 0
        guard features > step * (size - 1) else { return [] }
        var found: [[Int]] = []
        var current = (0..<size).map { $0 * step }
        while true {
            found.append(current)
            // The last place that can still be raised, with room for those after it.
            let limit = { (place: Int) in features - 1 - step * (size - 1 - place) }
            guard let place = current.indices.last(where: { current[$0] < limit($0) }) else { return found }
            let raised = current[place] + 1
            for later in place..<size { current[later] = raised + step * (later - place) }
        }
    }

    // MARK: Transform

    /// The products of the features, in a new matrix of samples × products.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or contains NaN or an infinite value.
    /// - Complexity: O(samples × products × degree).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "PolynomialFeatures", allowsNaN: false)
        let (products, features, samples) = (products ?? [], x.columns, Scalar.doubles(x.elements))
        var expanded = Matrix<Double>(rows: x.rows, columns: products.count, repeating: 1)
        expanded.withUnsafeMutableElements { elements in
            for sample in 0..<x.rows {
                for (place, product) in products.enumerated() {
                    var value = 1.0
                    // From the last factor on, the order in which scikit-learn multiplies.
                    for feature in product.reversed() { value *= samples[sample * features + feature] }
                    elements[sample * products.count + place] = value
                }
            }
        }
        return try Check.representable(Matrix(rounding: expanded), by: "PolynomialFeatures", allowsNaN: false)
    }
}
