import Estimators
import LinearAlgebra
import NeuralNetwork

extension HTMLPage {
    /// Creates a page about a model: its scores on test samples, the training of its network, its inputs and outputs,
    /// and its parameters.
    ///
    /// - Parameters:
    ///   - model: the whole model.
    ///   - network: its fitted network.
    ///   - title: the title; nil for the estimator's name.
    ///   - outputs: a description of its outputs: `3 classes: a, b, c`.
    ///   - test: the section about test samples; nil for none.
    init<Model, Network: MultilayerPerceptron>(
        about model: Model, network: Network, title: String?, outputs: String, test: [Block]?
    ) throws {
        let fitted = network.fitted
        let (features, iterations) = (fitted.nFeaturesIn ?? 0, fitted.nIter ?? 0)
        let parameters = Parameter.all(of: network, default: Network(MLPHyperparameters()))
        let layers = fitted.intercepts.map(\.count)
        let lead =
            "A multi-layer perceptron of \(([features] + layers).map(String.init).joined(separator: "–")) units, "
            + "trained on \(words(features, "feature", "features")) to predict \(outputs)."
        let weights = fitted.coefs.reduce(0) { $0 + $1.count } + layers.reduce(0, +)
        var facts = [
            ["Features", "\(features)"], ["Outputs", outputs], ["Units by layer", "\(([features] + layers))"],
            ["Weights and intercepts", "\(weights)"], ["Precision", "\(Network.Scalar.self)"],
        ]
        if let function = fitted.outActivation { facts.append(["Output activation", "\(function)"]) }
        if let data = fitted.report?.data {
            facts.insert(["Training samples", "\(data.samples)\(data.isWeighted ? ", weighted" : "")"], at: 0)
            if let count = data.validationSamples { facts.insert(["Validation samples", "\(count)"], at: 1) }
        }
        if let weights = fitted.report?.classWeight { facts.append(["Class weights", weights]) }

        var training = [["Iterations of the last call", "\(iterations)"]]
        if !fitted.lossCurve.isEmpty { training.append(["Epochs of all calls", "\(fitted.lossCurve.count)"]) }
        if let report = fitted.report {
            training.append(["Seconds of the last call", general(report.seconds, digits: 3)])
            training.append(["Loss function", report.loss])
            if report.parameters.earlyStopping { training.append(["Early stopping watches", report.monitor]) }
        }
        if let reason = fitted.stopReason { training.append(["Stop reason", "\(reason): \(reason.explanation)"]) }
        if let loss = fitted.finalLoss { training.append(["Last loss", general(loss, digits: 8)]) }
        if let loss = fitted.bestLoss { training.append(["Lowest loss", general(loss, digits: 8)]) }
        if let score = fitted.bestValidationScore {
            training.append(["Best validation score", general(score, digits: 8)])
        }

        let curve = fitted.hasCurve ? try LossCurveDisplay(network) : nil
        let trainingBlocks: [Block] =
            [.table(Table(caption: "Training", rows: training))]
            + (curve.map { [.picture($0.figure, width: 640, height: $0.validationScores.isEmpty ? 360 : 460)] }
                ?? [.paragraph("This network was trained elsewhere and has no curves.")])
        var sections: [(heading: String, blocks: [Block])] = [
            ("Training", trainingBlocks),
            ("Network and data", [.table(Table(caption: "Inputs and outputs", rows: facts))]),
            (
                "Parameters",
                [
                    .table(
                        Table(
                            caption: "Bold values differ from the default", header: ["Parameter", "Value"],
                            rows: parameters.map { [$0.name, $0.value] },
                            emphasized: Set(parameters.indices.filter { !parameters[$0].isDefault })))
                ]
            ),
        ]
        if !(model is any MultilayerPerceptron) {
            sections.append(("Model", [.paragraph("\(model)")]))
        }
        if let test { sections.insert(("Test", test), at: 0) }
        self.init(title: title ?? "\(Model.self)".prefix { $0 != "<" }.description, lead: lead, sections: sections)
    }
}

/// Returns the fitted network of a model.
///
/// - Throws: what `network(in:)` throws, and `EstimatorError.notFitted` before `fit`.
func fittedNetwork(in model: Any) throws -> any MultilayerPerceptron {
    let network = try network(in: model)
    try network.requireFit()
    return network
}

extension MultilayerPerceptron {
    /// Throws if the network is not fitted.
    func requireFit() throws { try fitted.requireFit("\(Self.self)".prefix { $0 != "<" }.description) }

    /// The number of outputs; 0 before `fit`.
    var outputCount: Int { fitted.nOutputs ?? 0 }
}

/// A parameter as text.
struct Parameter {
    let name: String
    let value: String
    let isDefault: Bool

    /// Returns all named parameters in the order of their documentation, starting with those of this estimator only.
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
