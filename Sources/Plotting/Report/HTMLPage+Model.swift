import Estimators
import LinearAlgebra
import NeuralNetwork

extension HTMLPage {
    /// Creates a page about a model: a summary, its scores on test samples, the training of its network, its steps, its
    /// inputs and outputs, and its parameters.
    ///
    /// - Parameters:
    ///   - model: the whole model.
    ///   - network: its fitted network.
    ///   - title: the title; nil for the model's name.
    ///   - outputs: a description of its outputs: `3 classes (a, b, c)`.
    ///   - isClassifier: whether the model predicts classes.
    ///   - columns: the number of columns of the features that the model is given; nil if unknown.
    ///   - results: what is known of test samples; nil for nothing.
    init<Model, Network: MultilayerPerceptron>(
        about model: Model, network: Network, title: String?, outputs: String, isClassifier: Bool, columns: Int?,
        results: TestResults?
    ) throws {
        let fitted = network.fitted
        let features = fitted.nFeaturesIn ?? 0
        let layers = fitted.intercepts.map(\.count)
        let isTransformed = learnsTransformedTarget(model)
        let weights = fitted.coefs.reduce(0) { $0 + $1.count } + layers.reduce(0, +)

        var summary = results?.headline ?? []
        summary.append(Fact(name: "Task", value: isClassifier ? "classification" : "regression"))
        if let data = fitted.report?.data { summary.append(Fact(name: "Training samples", value: "\(data.samples)")) }
        if let results { summary.append(Fact(name: "Test samples", value: "\(results.samples)")) }
        let inputs = columns.map { $0 == features ? "\($0)" : "\($0), as \(features) inputs" } ?? "\(features)"
        summary.append(Fact(name: "Features", value: inputs))
        if let report = fitted.report {
            summary.append(Fact(name: "Training time", value: "\(general(report.seconds, digits: 3)) s"))
        }
        summary.append(Fact(name: "Device", value: "processor (CPU), \(Network.Scalar.self)"))

        var facts = [
            ["Features", "\(features)"], ["Outputs", outputs], ["Units by layer", "\([features] + layers)"],
            ["Weights and intercepts", "\(weights)"], ["Precision", "\(Network.Scalar.self)"],
        ]
        if let function = fitted.outActivation { facts.append(["Output activation", "\(function)"]) }
        if let data = fitted.report?.data {
            facts.insert(["Training samples", "\(data.samples)\(data.isWeighted ? ", weighted" : "")"], at: 0)
            if let count = data.validationSamples { facts.insert(["Validation samples", "\(count)"], at: 1) }
        }
        if let weights = fitted.report?.classWeight { facts.append(["Class weights", weights]) }
        let parameters = Parameter.all(of: network, default: Network(MLPHyperparameters()))
        var modelBlocks: [Block] = [
            .steps(steps(of: model)), .table(Table(caption: "The network and its data", rows: facts)),
        ]
        if !(model is any MultilayerPerceptron) { modelBlocks.append(.paragraph("In Swift: \(model)")) }
        sections = [
            ("Test", results?.blocks ?? []),
            ("Training", try HTMLPage.training(of: network, isTransformed: isTransformed)),
            ("Model", modelBlocks),
            (
                "Parameters",
                [
                    .table(
                        Table(
                            caption: "All parameters of the network. Bold values differ from the default",
                            header: ["Parameter", "Value"], rows: parameters.map { [$0.name, $0.value] },
                            emphasized: Set(parameters.indices.filter { !parameters[$0].isDefault })))
                ]
            ),
        ]
        self.title = title ?? "\(Model.self)".prefix { $0 != "<" }.description
        self.lead =
            "A multi-layer perceptron of \(([features] + layers).map(String.init).joined(separator: "–")) units, "
            + "trained on \(words(features, "feature", "features")) to predict \(outputs)."
        self.facts = summary
    }

    /// The loss curves, and how training went.
    private static func training(of network: some MultilayerPerceptron, isTransformed: Bool) throws -> [Block] {
        let fitted = network.fitted
        var rows = [["Iterations of the last call", "\(fitted.nIter ?? 0)"]]
        if !fitted.lossCurve.isEmpty { rows.append(["Epochs of all calls", "\(fitted.lossCurve.count)"]) }
        if let report = fitted.report {
            rows.append(["Seconds of the last call", general(report.seconds, digits: 3)])
            rows.append(["Loss function", report.loss])
            if report.parameters.earlyStopping { rows.append(["Early stopping watches", report.monitor]) }
        }
        if let reason = fitted.stopReason { rows.append(["Stop reason", "\(reason): \(reason.explanation)"]) }
        if let loss = fitted.finalLoss { rows.append(["Last loss", general(loss, digits: 8)]) }
        if let loss = fitted.bestLoss { rows.append(["Lowest loss", general(loss, digits: 8)]) }
        if let score = fitted.bestValidationScore { rows.append(["Best validation score", general(score, digits: 8)]) }
        let caption = isTransformed ? "Training, in units of the transformed target" : "Training"
        var blocks: [Block] = [.table(Table(caption: caption, rows: rows))]
        guard fitted.hasCurve else {
            return blocks + [.paragraph("This network was trained elsewhere and has no curves.")]
        }
        let curve = try LossCurveDisplay(network: network, isTransformed: isTransformed)
        blocks.append(.picture(curve.figure, height: curve.validationScores.isEmpty ? 360 : 480))
        return blocks
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
