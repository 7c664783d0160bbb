import Estimators
import LinearAlgebra

/// The numbers that a model predicts for samples: the outputs of a regressor, the probabilities of a classifier.
struct Response<Features: Sendable>: Sendable {
    /// The name of every output; empty for a regressor.
    let names: [String]
    let outputs: @Sendable (Features) throws -> Matrix<Double>

    /// - Throws: `EstimatorError.notFitted`, or `EstimatorError.notSupported` for a model without numeric outputs.
    init<Model: Estimator>(_ model: Model) throws where Model.Features == Features {
        if let classifier = model as? any ProbabilisticClassifier,
            let response = try Response(classifier: classifier)
        {
            self = response
        } else if let type = Model.Target.self as? any RegressionTarget.Type {
            self = try Response(regressor: model, type)
        } else {
            throw EstimatorError.notSupported("partialDependence of \(Model.self), which predicts no probabilities,")
        }
    }

    private init(names: [String], outputs: @escaping @Sendable (Features) throws -> Matrix<Double>) {
        (self.names, self.outputs) = (names, outputs)
    }

    private init?<Classifier: ProbabilisticClassifier>(classifier: Classifier) throws {
        guard Classifier.Features.self == Features.self else { return nil }
        let classes = classifier.classes
        guard !classes.isEmpty else {
            throw EstimatorError.notFitted(estimator: String("\(Classifier.self)".prefix { $0 != "<" }))
        }
        // Two classes have one output: the probability of the second.
        let shown = classes.count == 2 && !Classifier.Target.isMultilabel ? [1] : Array(classes.indices)
        self.init(names: shown.map { "probability of \(classes[$0])" }) { features in
            guard let features = features as? Classifier.Features else {
                return Matrix(rows: 0, columns: 0, elements: [])
            }
            return numbers(of: try classifier.predictProba(features), columns: shown)
        }
    }

    /// - Precondition: `Target` is `Model.Target`.
    private init<Model: Estimator, Target: RegressionTarget>(
        regressor: Model, _: Target.Type
    ) throws where Model.Features == Features {
        @Sendable func outputs(_ features: Features) throws -> Matrix<Double> {
            // The types are the same, which a cast of `Any` recognizes. A cast of the array would cast each element.
            guard let predicted = try regressor.predict(features) as Any as? [Target] else {
                return Matrix(rows: 0, columns: 0, elements: [])
            }
            return try Target._outputs(of: predicted, argument: "prediction")
        }
        self.init(names: [], outputs: outputs)
    }
}

/// Some columns of a matrix as doubles.
@_specialize(where Scalar == Double)
@_specialize(where Scalar == Float)
private func numbers<Scalar: MatrixScalar>(of matrix: Matrix<Scalar>, columns: [Int]) -> Matrix<Double> {
    if columns.count == matrix.columns, let matrix = matrix as? Matrix<Double> { return matrix }
    return matrix.withUnsafeElements { elements in
        Matrix(
            rows: matrix.rows, columns: columns.count,
            elements: [Double](unsafeUninitializedCapacity: matrix.rows * columns.count) { target, count in
                count = matrix.rows * columns.count
                for row in 0..<matrix.rows {
                    for (place, column) in columns.enumerated() {
                        target[row &* columns.count &+ place] = Double(elements[row &* matrix.columns &+ column])
                    }
                }
            })
    }
}
