public import Estimators
import Foundation
public import LinearAlgebra
import Metrics
public import ModelFiles
import NumPyRandom

/// A classifier that ignores the features: the baseline that a model must beat.
///
/// ```swift
/// let baseline = try DummyClassifier(strategy: .mostFrequent).fitted(xTrain, yTrain).score(xTest, yTest)
/// ```
///
/// Without type arguments, `DummyClassifier(…)` is a `DummyClassifier<Int, Double>`. In a `TablePipeline`, it is a
/// baseline for tables.
public struct DummyClassifier<Label: ClassLabel, Scalar: MatrixScalar>: MatrixEstimator, Equatable, Codable {
    /// What is predicted.
    public enum Strategy: String, CaseIterable, Codable, Sendable {
        /// The most frequent class; its probability is 1.
        case mostFrequent
        /// The most frequent class; the probabilities are the class frequencies.
        case prior
        /// A random class, drawn with the class frequencies as probabilities; its probability is 1.
        case stratified
        /// A random class; all classes have the same probability.
        case uniform
        /// The class ``DummyClassifier/constant``; its probability is 1.
        case constant
    }

    /// What is predicted. Default `.prior`.
    public var strategy: Strategy

    /// The seed of `.stratified` and `.uniform`. Every prediction starts from it; nil for different draws each time.
    public var randomState: UInt32?

    /// The class that `.constant` predicts, which must occur in `fit`. Default nil.
    public var constant: Label?

    private var fitted: ClassShares<Label>?

    /// Creates an unfitted classifier.
    ///
    /// - Parameters:
    ///   - strategy: what is predicted.
    ///   - randomState: the seed of random predictions.
    ///   - constant: the class that `.constant` predicts.
    public init(strategy: Strategy = .prior, randomState: UInt32? = nil, constant: Label? = nil) {
        (self.strategy, self.randomState, self.constant) = (strategy, randomState, constant)
    }

    /// The classes in ascending order; empty before `fit`.
    public var classes: [Label] { fitted?.classes ?? [] }

    /// The frequency of each class, weighted by the sample weights; empty before `fit`.
    public var classPrior: [Double] { fitted?.prior ?? [] }

    /// The number of classes; nil before `fit`.
    public var nClasses: Int? { fitted?.classes.count }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted?.features }

    /// Learns the frequencies of the classes.
    ///
    /// - Parameters:
    ///   - x: samples × features. Only the number of samples is used.
    ///   - y: one class per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError` if the number of targets or weights is not the number of samples, and for a `constant`
    ///   that is not in `y`. In these cases, the classifier does not change.
    public mutating func fit(_ x: Matrix<Scalar>, _ y: [Label], sampleWeight: [Double]?) throws {
        try Check.shape(rows: x.rows, columns: x.columns)
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.rows)
        let classes = try Label.classes(in: y, argument: "y")
        if strategy == .constant {
            try Check.require(
                constant.map(classes.contains) ?? false, parameter: "constant", plain(constant as Any),
                allowed: "one of the classes in y (\(listed(classes))) where strategy is .constant")
        }
        var sums = [Double](repeating: 0, count: classes.count)
        for (sample, number) in Label.numbers(of: y).enumerated() { sums[number] += sampleWeight?[sample] ?? 1 }
        let total = sums.reduce(0, +)
        fitted = ClassShares(classes: classes, prior: sums.map { $0 / total }, features: x.columns)
    }

    /// Returns one class for each row of `x`.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func predict(_ x: Matrix<Scalar>) throws -> [Label] {
        guard let fitted else { throw EstimatorError.notFitted(estimator: "DummyClassifier") }
        switch strategy {
        case .uniform:
            var random = RandomState(seed: randomState)
            return try random.randint(low: 0, high: fitted.classes.count, size: x.rows).map { fitted.classes[$0] }
        case .stratified:
            return drawn(x.rows, from: fitted).map { fitted.classes[$0] }
        case .mostFrequent, .prior, .constant:
            return [Label](repeating: fitted.classes[certain(fitted)], count: x.rows)
        }
    }

    /// Returns the probability of each class for each row of `x`: samples × classes.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func predictProba(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        guard let fitted else { throw EstimatorError.notFitted(estimator: "DummyClassifier") }
        let count = fitted.classes.count
        func one(_ number: Int) -> [Double] { (0..<count).map { $0 == number ? 1 : 0 } }
        let rows: [[Double]] =
            switch strategy {
            case .prior: [[Double]](repeating: fitted.prior, count: x.rows)
            case .uniform: [[Double]](repeating: one(-1).map { _ in 1 / Double(count) }, count: x.rows)
            case .stratified: drawn(x.rows, from: fitted).map(one)
            case .mostFrequent, .constant: [[Double]](repeating: one(certain(fitted)), count: x.rows)
            }
        return Matrix(rows: x.rows, columns: count, elements: rows.joined().map { Scalar($0) })
    }

    /// Returns the logarithms of the probabilities.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func predictLogProba(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try predictProba(x).map { Scalar(log(Double($0))) }
    }

    /// The number of the class that is predicted without chance.
    private func certain(_ fitted: ClassShares<Label>) -> Int {
        if strategy == .constant, let number = fitted.classes.firstIndex(where: { $0 == constant }) { return number }
        return fitted.prior.firstIndex(of: fitted.prior.max() ?? 0) ?? 0
    }

    /// Classes drawn by their shares, as NumPy's `multinomial` draws them.
    private func drawn(_ count: Int, from fitted: ClassShares<Label>) -> [Int] {
        var random = RandomState(seed: randomState)
        return (0..<count).map { _ in
            var rest = 1.0
            for (number, share) in fitted.prior.dropLast().enumerated() {
                let probability = share / rest
                rest -= share
                guard probability > 0 else { continue }
                // The rarer of the two outcomes is the one above the threshold.
                let isRare = probability <= 0.5
                let isAbove = random.randomSample() > (isRare ? 1 - probability : probability)
                if isAbove == isRare { return number }
            }
            return fitted.prior.count - 1
        }
    }
}

extension DummyClassifier: ProbabilisticClassifier {}

extension DummyClassifier where Label == Int, Scalar == Double {
    /// Creates a classifier of integers. The parameters are those of the general initializer.
    public init(strategy: Strategy = .prior, randomState: UInt32? = nil, constant: Int? = nil) {
        (self.strategy, self.randomState, self.constant) = (strategy, randomState, constant)
    }
}

extension DummyClassifier: PrintedAsInitializer {
    /// A classifier with every parameter at its default.
    public static var defaults: DummyClassifier { DummyClassifier<Label, Scalar>() }
}

extension DummyClassifier: Storable {
    /// `DummyClassifier` with the names of its type parameters.
    public static var storedTypeName: String { ModelFiles.storedTypeName("DummyClassifier", Label.self, Scalar.self) }
}

/// The classes with their shares.
private struct ClassShares<Label: ClassLabel>: Equatable {
    var classes: [Label]
    var prior: [Double]
    var features: Int
}

extension ClassShares: Codable {
    private enum CodingKeys: String, CodingKey { case classes, prior, features }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        classes = try container.decode([Label].self, forKey: .classes)
        prior = try container.decode([Double].self, forKey: .prior)
        features = try container.decodeCount(forKey: .features, from: 1)
        try container.require(!classes.isEmpty, .classes, "must have a class, but is empty")
        try container.requireCount(prior.count, classes.count, .prior)
        try container.require(prior.allSatisfy { (0...1).contains($0) }, .prior, "must be shares from 0 to 1")
    }
}
