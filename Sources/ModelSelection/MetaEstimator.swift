package import Estimators
package import LinearAlgebra

/// An estimator that contains another estimator and changes the meaning of its predictions.
package protocol MetaEstimator: Estimator, NamedParameters, PrintedWithArguments
where Features == Model.Features, Target == Model.Target {
    /// The type of the inner estimator.
    associatedtype Model: Estimator
    /// What `fit` learns.
    associatedtype Fitted

    /// The inner estimator; `fit` does not change it.
    var estimator: Model { get set }
    /// What `fit` has learned; nil before.
    var fitted: Fitted? { get }
}

extension MetaEstimator {
    /// Returns what `fit` has learned.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    package var learned: Fitted {
        get throws {
            guard let fitted else { throw EstimatorError.notFitted(estimator: typeName(Self.self)) }
            return fitted
        }
    }

    package var requiredArguments: [String] { [literal(estimator)] }
}

/// A meta-estimator that learns from samples that its inner estimators were not fitted on.
package protocol CrossFittedEstimator: MetaEstimator {
    /// The first inner estimator that was fitted; nil before `fit`.
    var fittedEstimator: Model? { get }
}

extension CrossFittedEstimator {
    /// The first fitted inner estimator; before `fit`, the given one.
    package var latestEstimator: Model { fittedEstimator ?? estimator }
}

// MARK: - Several models

extension Estimator {
    /// A copy that has learned from some of the samples.
    func fitted(_ x: Features, _ y: [Target], sampleWeight: [Double]?, on samples: [Int]) throws -> Self {
        try fitted(
            x.selectingSamples(samples), y.selectingSamples(samples),
            sampleWeight: sampleWeight?.selectingSamples(samples))
    }
}

extension ProbabilisticClassifier where Target: ClassLabel {
    /// Returns the probabilities of the given classes for each sample: 0 for a class that the classifier does not know.
    package func predictProba(_ x: Features, of all: [Target]) throws -> Matrix<Double> {
        let given = try predictProba(x).inDoublePrecision
        guard classes != all else { return given }
        var table = Matrix<Double>(rows: given.rows, columns: all.count, repeating: 0)
        for (column, label) in classes.enumerated() {
            guard let place = all.firstIndex(of: label) else { continue }
            for row in 0..<given.rows { table[row, place] = given[row, column] }
        }
        return table
    }
}

/// The weighted mean of tables.
///
/// - Parameter weights: one weight per table; nil for 1 each.
/// - Throws: `EstimatorError.invalidInput` for tables of different shapes, as models from a file may have.
package func weightedMean(_ tables: [Matrix<Double>], weights: [Double]? = nil) throws -> Matrix<Double> {
    try Check.require(
        tables.allSatisfy { $0.rows == tables[0].rows && $0.columns == tables[0].columns }, "estimators",
        "must have the same outputs, but have \(listed(tables.map(\.columns)))")
    let total = weights?.reduce(0, +) ?? Double(tables.count)
    var sum = Matrix<Double>(rows: tables[0].rows, columns: tables[0].columns, repeating: 0)
    sum.withUnsafeMutableElements { sum in
        for (index, table) in tables.enumerated() {
            let weight = weights?[index] ?? 1
            table.withUnsafeElements { table in
                for position in sum.indices { sum[position] += weight * table[position] }
            }
        }
        for position in sum.indices { sum[position] /= total }
    }
    return sum
}
