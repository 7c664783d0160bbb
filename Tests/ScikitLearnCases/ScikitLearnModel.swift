package import Estimators
package import LinearAlgebra
package import NeuralNetwork

/// The interface of both estimators that the comparison needs.
package protocol ScikitLearnModel: MultilayerPerceptron where Target: FixtureTarget {
    mutating func partialFit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?, allOf y: [Target]) throws
    /// `predictProba` of a classifier, `predict` of a regressor.
    func outputsAsDoubles(_ x: Matrix<Scalar>) throws -> [Double]
    /// The classes in order, as text; nil for a regressor.
    var classesAsText: [String]? { get }
    /// The predicted classes; for multilabel targets, the indicators of each sample in order. Nil for a regressor.
    func predictedAsText(_ x: Matrix<Scalar>) throws -> [String]?
}

extension MLPClassifier: ScikitLearnModel where Target: FixtureTarget {
    package mutating func partialFit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?, allOf all: [Target]
    ) throws {
        let classes = fitted.nIter == nil ? try Target.classes(in: all, argument: "y") : nil
        try partialFit(x, y, sampleWeight: sampleWeight, classes: classes)
    }

    package func outputsAsDoubles(_ x: Matrix<Scalar>) throws -> [Double] {
        Scalar.doubles(try predictProba(x).elements)
    }

    package var classesAsText: [String]? { classes.map { "\($0)" } }

    package func predictedAsText(_ x: Matrix<Scalar>) throws -> [String]? {
        try predict(x).flatMap { target in (target as? [Int])?.map { "\($0)" } ?? ["\(target)"] }
    }
}

extension MLPRegressor: ScikitLearnModel where Target: FixtureTarget {
    package mutating func partialFit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?, allOf all: [Target]
    ) throws {
        try partialFit(x, y, sampleWeight: sampleWeight)
    }

    package func outputsAsDoubles(_ x: Matrix<Scalar>) throws -> [Double] {
        try Target._outputs(of: predict(x), argument: "y").elements
    }

    package var classesAsText: [String]? { nil }

    package func predictedAsText(_ x: Matrix<Scalar>) throws -> [String]? { nil }
}

extension ScikitLearnCase {
    /// Performs the calls of the case.
    package func train<Model: ScikitLearnModel>(_ model: Model) throws -> Model {
        var model = model
        for step in stored.steps {
            step.changes.apply(to: &model.hyperparameters)
            let rows = step.rows(of: data.x.count)
            let x: Matrix<Model.Scalar> = data.features(rows)
            let y: [Model.Target] = data.targets(rows)
            let weights = step.weighted ? rows.map { data.weights[$0] } : nil
            switch step.call {
            case .fit: try model.fit(x, y, sampleWeight: weights)
            case .partialFit:
                try model.partialFit(x, y, sampleWeight: weights, allOf: data.targets(Array(data.x.indices)))
            }
        }
        return model
    }

    /// Calls `body` with an untrained model of the types of the case.
    package func withModel(_ body: (any ScikitLearnModel) throws -> Void) throws {
        switch stored.precision {
        case .double: try body(model(Double.self))
        case .float: try body(model(Float.self))
        }
    }

    private func model<Scalar: NetworkScalar & RegressionTarget & FixtureTarget>(
        _ scalar: Scalar.Type
    ) -> any ScikitLearnModel {
        let loss = stored.loss == "poisson" ? RegressionLoss.poisson : .squaredError
        switch data.task {
        case .classes:
            switch stored.labels {
            case .int: return MLPClassifier<Int, Scalar>(hyperparameters)
            case .string: return MLPClassifier<String, Scalar>(hyperparameters)
            case .bool: return MLPClassifier<Bool, Scalar>(hyperparameters)
            }
        case .labels: return MLPClassifier<[Int], Scalar>(hyperparameters)
        case .numbers where data.y[0].count == 1, .counts where data.y[0].count == 1:
            return MLPRegressor<Scalar, Scalar>(loss: loss, hyperparameters)
        case .numbers, .counts: return MLPRegressor<[Scalar], Scalar>(loss: loss, hyperparameters)
        }
    }
}
