package import Estimators
import LinearAlgebra

/// The arguments of one call of `fit`, `resume` or `partialFit`. Not for clients.
public struct _TrainingCall<Model: MultilayerPerceptron> {
    let x: NetworkInput<Model.Scalar>
    let y: [Model.Target]
    let sampleWeight: [Double]?
    /// The validation set that the caller passed; nil for none.
    let validation: (x: NetworkInput<Model.Scalar>, y: [Model.Target])?
    let options: _NetworkOptions

    package init<X: NetworkFeatures<Model.Scalar>>(
        _ x: X, _ y: [Model.Target], sampleWeight: [Double]?, validation: (x: X, y: [Model.Target])? = nil,
        _ options: _NetworkOptions
    ) {
        self.x = x._input
        self.y = y
        self.sampleWeight = sampleWeight
        self.validation = validation.map { ($0.x._input, $0.y) }
        self.options = options
    }

    var method: _NetworkOptions.Method { options.method }

    /// Throws if the data are invalid, before anything is computed from them.
    func check() throws {
        try x.check()
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        // The weights of a group of processes are summed later.
        try Check.sampleWeight(sampleWeight, count: x.rows, allowsZero: group != nil)
        guard let validation else { return }
        try validation.x.check(argument: "validation.x")
        try Check.featureCount(validation.x.columns, expected: x.columns, argument: "validation.x")
        try Check.sameCount(validation.y.count, argument: "validation.y", as: validation.x.rows, of: "validation.x")
    }
}

typealias TrainingCall<Model: MultilayerPerceptron> = _TrainingCall<Model>
