import Estimators
import LinearAlgebra
import NeuralNetwork

/// What a report says about a network before any test: its parameters, its shape and how it was trained.
struct ModelDescription {
    let title: String
    let lead: String
    let sections: [(heading: String, blocks: [HTMLPage.Block])]

    /// - Parameters:
    ///   - name: the estimator's name.
    ///   - parameters: its parameters.
    ///   - fitted: what it has learned.
    ///   - outputs: what its outputs are, in words: `3 classes: a, b, c`.
    ///   - curve: the picture of its training; nil where there is none.
    /// - Throws: `EstimatorError.notFitted` where nothing was learned.
    init<Scalar>(
        _ name: String, title: String?, parameters: [Parameter], fitted: FittedNetwork<Scalar>, outputs: String,
        curve: LossCurveDisplay?
    ) throws {
        guard let features = fitted.nFeaturesIn, let iterations = fitted.nIter else {
            throw EstimatorError.notFitted(estimator: name)
        }
        let layers = fitted.intercepts.map(\.count)
        self.title = title ?? name
        lead =
            "A multi-layer perceptron of \(([features] + layers).map(String.init).joined(separator: "–")) units, "
            + "trained on \(words(features, "feature", "features")) to predict \(outputs)."
        let weights = fitted.coefs.reduce(0) { $0 + $1.count } + layers.reduce(0, +)
        var network = [
            ["Features", "\(features)"], ["Outputs", outputs], ["Units by layer", "\(([features] + layers))"],
            ["Weights and intercepts", "\(weights)"], ["Precision", "\(Scalar.self)"],
        ]
        if let function = fitted.outActivation { network.append(["Output activation", "\(function)"]) }
        if let data = fitted.report?.data {
            network.insert(["Training samples", "\(data.samples)\(data.isWeighted ? ", weighted" : "")"], at: 0)
            if let count = data.validationSamples { network.insert(["Validation samples", "\(count)"], at: 1) }
        }
        if let weights = fitted.report?.classWeight { network.append(["Class weights", weights]) }

        var training = [["Iterations of the last call", "\(iterations)"]]
        if !fitted.lossCurve.isEmpty { training.append(["Epochs of all calls", "\(fitted.lossCurve.count)"]) }
        if let report = fitted.report {
            training.append(["Seconds of the last call", general(report.seconds, digits: 3)])
            training.append(["What was minimised", report.loss])
            if report.parameters.earlyStopping { training.append(["What early stopping watched", report.monitor]) }
        }
        if let reason = fitted.stopReason { training.append(["Why it ended", "\(reason): \(reason.explanation)"]) }
        if let loss = fitted.finalLoss { training.append(["Last loss", general(loss, digits: 8)]) }
        if let loss = fitted.bestLoss { training.append(["Least loss", general(loss, digits: 8)]) }
        if let score = fitted.bestValidationScore {
            training.append(["Best validation score", general(score, digits: 8)])
        }

        let trainingBlocks: [HTMLPage.Block] =
            [.table(HTMLPage.Table(caption: "How it was trained", rows: training))]
            + (curve.map { [.picture($0.figure, width: 640, height: $0.validationScores.isEmpty ? 360 : 460)] }
                ?? [.paragraph("This network was trained elsewhere and has no curves.")])
        sections = [
            ("Training", trainingBlocks),
            ("Network and data", [.table(HTMLPage.Table(caption: "What goes in and comes out", rows: network))]),
            (
                "Parameters",
                [
                    .table(
                        HTMLPage.Table(
                            caption: "Bold: not the default", header: ["Parameter", "Value"],
                            rows: parameters.map { [$0.name, $0.value] },
                            emphasized: Set(parameters.indices.filter { !parameters[$0].isDefault })))
                ]
            ),
        ]
    }
}

/// A parameter in words.
struct Parameter {
    let name: String
    let value: String
    let isDefault: Bool

    /// All parameters that have names: in the order in which they are documented, those of one estimator alone first.
    static func all<Model: NamedParameters>(of model: Model, default standard: Model) -> [Parameter] {
        let order = MLPHyperparameters.constraints.map(\.name)
        let parameters = Model.parameterNames.map { path, name in
            let (value, usual) = (plain(model[keyPath: path]), plain(standard[keyPath: path]))
            return Parameter(name: name, value: value, isDefault: value == usual)
        }
        func place(_ parameter: Parameter) -> Int { order.firstIndex(of: parameter.name) ?? -1 }
        return parameters.sorted { (place($0), $0.name) < (place($1), $1.name) }
    }
}
