import Estimators
import LinearAlgebra
import Preprocessing

// Which transformers and encoders make sparse features. All others make dense ones.

/// A transformer that may make sparse features.
protocol SparseTransformer: Transformer {
    /// The transformed features.
    func sparseOrDense(_ x: Matrix<Double>) throws -> ColumnFeatures

    /// Learns from `x` and the targets, if there are any, and returns the transformed features.
    mutating func fitSparseOrDense<Target: Sendable>(_ x: Matrix<Double>, _ y: [Target]?) throws -> ColumnFeatures
}

/// An encoder that may make sparse features.
protocol SparseEncoder: WordEncoder {
    /// The encoded categories.
    func sparseOrDense(_ x: Matrix<String?>) throws -> ColumnFeatures

    /// Learns from `x` and the targets, if there are any, and returns the encoded categories.
    mutating func fitSparseOrDense<Target: Sendable>(_ x: Matrix<String?>, _ y: [Target]?) throws -> ColumnFeatures
}

// MARK: - Any transformer and any encoder

extension Transformer {
    /// The transformed features, sparse if the transformer can make such.
    func features(_ x: Matrix<Double>) throws -> ColumnFeatures {
        if let sparse = self as? any SparseTransformer { return try sparse.sparseOrDense(x) }
        return .dense(try transform(x))
    }

    /// Learns from `x` and the targets, if there are any, and returns the transformed features.
    mutating func fitFeatures<Target: Sendable>(_ x: Matrix<Double>, _ y: [Target]?) throws -> ColumnFeatures {
        if var sparse = self as? any SparseTransformer {
            let features = try sparse.fitSparseOrDense(x, y)
            if let fitted = sparse as? Self { self = fitted }
            return features
        }
        return .dense(try fitDense(x, y))
    }

    fileprivate mutating func fitDense<Target: Sendable>(_ x: Matrix<Double>, _ y: [Target]?) throws -> Matrix<Double> {
        if let y { return try fitTransform(x, y) }
        return try fitTransform(x)
    }
}

extension WordEncoder {
    /// The encoded categories, sparse if the encoder can make such.
    func features(_ x: Matrix<String?>) throws -> ColumnFeatures {
        if let sparse = self as? any SparseEncoder { return try sparse.sparseOrDense(x) }
        return .dense(try transform(x))
    }

    /// Learns from `x` and the targets, if there are any, and returns the encoded categories.
    mutating func fitFeatures<Target: Sendable>(_ x: Matrix<String?>, _ y: [Target]?) throws -> ColumnFeatures {
        if var sparse = self as? any SparseEncoder {
            let features = try sparse.fitSparseOrDense(x, y)
            if let fitted = sparse as? Self { self = fitted }
            return features
        }
        if let y { return .dense(try fitTransform(x, y)) }
        try fit(x)
        return .dense(try transform(x))
    }
}

// MARK: - Conformances

extension OneHotEncoder: SparseEncoder where Value == String? {
    func sparseOrDense(_ x: Matrix<String?>) throws -> ColumnFeatures { .sparse(try transformSparse(x)) }

    mutating func fitSparseOrDense<Target: Sendable>(_ x: Matrix<String?>, _ y: [Target]?) throws -> ColumnFeatures {
        try fit(x)
        return try sparseOrDense(x)
    }
}

extension OneHotEncoder: SparseTransformer where Value == Double {
    func sparseOrDense(_ x: Matrix<Double>) throws -> ColumnFeatures { .sparse(try transformSparse(x)) }

    mutating func fitSparseOrDense<Target: Sendable>(_ x: Matrix<Double>, _ y: [Target]?) throws -> ColumnFeatures {
        try fit(x)
        return try sparseOrDense(x)
    }
}

extension ImputedEncoder: SparseEncoder {
    func sparseOrDense(_ x: Matrix<String?>) throws -> ColumnFeatures { try encoder.features(imputer.transform(x)) }

    mutating func fitSparseOrDense<Target: Sendable>(_ x: Matrix<String?>, _ y: [Target]?) throws -> ColumnFeatures {
        try encoder.fitFeatures(imputer.fitTransform(x), y)
    }
}

extension Chain: SparseTransformer {
    func sparseOrDense(_ x: Matrix<Double>) throws -> ColumnFeatures {
        try Chain.pass(first.transform(x), madeOf: x) { try second.features($0) }
    }

    mutating func fitSparseOrDense<Target: Sendable>(_ x: Matrix<Double>, _ y: [Target]?) throws -> ColumnFeatures {
        let features = try first.fitDense(x, y)
        return try Chain.pass(features, madeOf: x) { try second.fitFeatures($0, y) }
    }
}
