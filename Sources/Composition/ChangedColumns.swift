package import Estimators
package import LinearAlgebra

// Compositions that predict changed columns as the models inside of them do.

/// Features whose transformation is known. It does not count when pipelines are compared.
struct KnownFeatures<Steps, Scalar: MatrixScalar>: Sendable, Equatable {
    private let known: (x: Matrix<Scalar>, transformed: Matrix<Scalar>, isMaker: @Sendable (Steps) -> Bool)?

    init() { known = nil }

    /// - Parameter transformed: what the transformer makes of `x`.
    init(_ x: Matrix<Scalar>, transformed: Matrix<Scalar>, by transformer: Steps) where Steps: ElementwiseTransformer {
        known = (x, transformed, { $0 == transformer })
    }

    /// Returns what the transformer makes of exactly these features; nil if that is not known.
    func transformed(_ x: Matrix<Scalar>, by transformer: Steps) -> Matrix<Scalar>? {
        known.flatMap { x.isSameStorage(as: $0.x) && $0.isMaker(transformer) ? $0.transformed : nil }
    }

    static func == (_: Self, _: Self) -> Bool { true }
}

extension Pipeline: PredictsChangedColumns where Steps: ElementwiseTransformer, Last: PredictsChangedColumns {
    /// Returns a function that predicts samples which differ from `x` in one column; nil if that saves no time.
    ///
    /// - Throws: what `predict` throws for `x`.
    package func predictingChanges(
        of x: Matrix<Last.Scalar>
    ) throws -> (@Sendable (_ column: Int, [ColumnChange]) -> [Knowing?])? {
        let features = try transformer.transform(x)
        let known = try Pipeline.pass(features, madeOf: x) { try last.predictingChanges(of: $0) }
        guard let known else { return nil }
        return { (column: Int, changes: [ColumnChange]) -> [Knowing?] in
            known(column, changes.map { transformed($0, of: column, in: x) }).map { last in
                guard let last else { return nil }
                return { given in
                    // Without their transformation, the pipeline predicts the changed samples itself.
                    let own = given.isSameStorage(as: x) ? features : try? transformer.transform(given)
                    guard let own else { return self }
                    var copy = self
                    copy.last = last(own)
                    copy.known = KnownFeatures(given, transformed: own, by: transformer)
                    return copy
                }
            }
        }
    }

    /// Returns how the transformed column changes: to NaN, which no model knows, if a value cannot be transformed.
    private func transformed(_ change: ColumnChange, of column: Int, in x: Matrix<Last.Scalar>) -> ColumnChange {
        guard case .value(let value) = change else { return change }
        var sample = x.selectingRows([0])
        sample[0, column] = Last.Scalar(value)
        return .value((try? transformer.transform(sample)).map { Double($0[0, column]) } ?? .nan)
    }
}

extension Chain: ElementwiseTransformer where First: ElementwiseTransformer, Second: ElementwiseTransformer {}

extension TransformedTargetRegressor: PredictsChangedColumns where Regressor: PredictsChangedColumns {
    /// Returns a function that predicts samples which differ from `x` in one column; nil if that saves no time.
    ///
    /// - Throws: what `predict` throws for `x`.
    package func predictingChanges(
        of x: Regressor.Features
    ) throws -> (@Sendable (_ column: Int, [ColumnChange]) -> [Knowing?])? {
        guard let known = try regressor.predictingChanges(of: x) else { return nil }
        return { (column: Int, changes: [ColumnChange]) -> [Knowing?] in
            known(column, changes).map { regressor in
                guard let regressor else { return nil }
                return { x in
                    var copy = self
                    copy.regressor = regressor(x)
                    return copy
                }
            }
        }
    }
}
