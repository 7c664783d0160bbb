import Estimators
import NeuralNetwork
import TabularNetworks

/// What a report says about the networks of a model.
struct TrainedPart {
    /// What was trained: `A multi-layer perceptron of 4–20–3 units`.
    var lead: String
    /// Lines of the summary: before and after the features.
    var sampleFact: HTMLPage.Fact?
    var facts: [HTMLPage.Fact] = []
    /// The names and values of the table of the network and its data.
    var rows: [[String]] = []
    var parameters: [Parameter] = []
    var training: [HTMLPage.Block] = []
    /// The number of inputs of the network; nil if the report need not say it.
    var inputs: Int?
    /// The number of outputs; nil if unknown.
    var outputs: Int?

    /// - Returns: nil for a model without a network.
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    init?(in model: Any, outputs: String) throws {
        let all = try networks(in: model)
        let isTransformed = learnsTransformedTarget(model)
        guard let first = all.first else { return nil }
        if all.count > 1 {
            self = try TrainedPart(members: all, isTransformed: isTransformed)
        } else if let network = first as? any MultilayerPerceptron {
            self = try TrainedPart(network, outputs: outputs, isTransformed: isTransformed)
        } else if let network = first as? any TabularMLP {
            self = try TrainedPart(network, outputs: outputs, isTransformed: isTransformed)
        } else {
            return nil
        }
    }
}

// MARK: - One network

extension TrainedPart {
    private init<Network: MultilayerPerceptron>(
        _ network: Network, outputs: String, isTransformed: Bool
    ) throws {
        try network.requireFit()
        let fitted = network.fitted
        let features = fitted.nFeaturesIn ?? 0
        let layers = fitted.intercepts.map(\.count)
        let weights = fitted.coefs.reduce(0) { $0 + $1.count } + layers.reduce(0, +)
        lead = "A multi-layer perceptron of \(([features] + layers).map(String.init).joined(separator: "–")) units"
        sampleFact = fitted.report.map { HTMLPage.Fact(name: "Training samples", value: "\($0.data.samples)") }
        if let report = fitted.report { facts.append(.trainingTime(report.seconds)) }
        facts.append(HTMLPage.Fact(name: "Device", value: "processor (CPU), \(Network.Scalar.self)"))
        rows = [
            ["Features", "\(features)"], ["Outputs", outputs], ["Units by layer", "\([features] + layers)"],
            ["Weights and intercepts", "\(weights)"], ["Precision", "\(Network.Scalar.self)"],
        ]
        if let function = fitted.outActivation { rows.append(["Output activation", "\(function)"]) }
        if let data = fitted.report?.data {
            rows.insert(["Training samples", "\(data.samples)\(data.isWeighted ? ", weighted" : "")"], at: 0)
            if let count = data.validationSamples { rows.insert(["Validation samples", "\(count)"], at: 1) }
        }
        if let weights = fitted.report?.classWeight { rows.append(["Class weights", weights]) }
        parameters = Parameter.all(of: network, default: Network(MLPHyperparameters()))
        training = try TrainedPart.training(of: network, isTransformed: isTransformed)
        (inputs, self.outputs) = (features, network.outputCount)
    }

    /// The loss curves, and how training went.
    private static func training(
        of network: some MultilayerPerceptron, isTransformed: Bool
    ) throws -> [HTMLPage.Block] {
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
        var blocks: [HTMLPage.Block] = [.table(HTMLPage.Table(caption: caption, rows: rows))]
        guard fitted.hasCurve else {
            return blocks + [.paragraph("This network was trained elsewhere and has no curves.")]
        }
        let curve = try LossCurveDisplay(network: network, isTransformed: isTransformed)
        blocks.append(.picture(curve.figure, height: curve.validationScores.isEmpty ? 360 : 480))
        return blocks
    }
}

// MARK: - Networks for tables

extension TrainedPart {
    private init<Network: TabularMLP>(_ network: Network, outputs: String, isTransformed: Bool) throws {
        let model = try network.learned()
        let fitted = network._fitted
        let columns = model.encoder.columns
        let ignored = columns.count { if case .ignored = $0 { true } else { false } }
        let count = fitted.networkCount
        lead = count == 1 ? "A network for tables" : "An ensemble of \(count) networks for tables"
        if let samples = fitted.trainingRows {
            sampleFact = HTMLPage.Fact(name: "Training samples", value: "\(samples)")
            rows.append(["Training samples", "\(samples)"])
        }
        if let seconds = fitted.epochs.last?.elapsed { facts.append(.trainingTime(seconds)) }
        facts.append(HTMLPage.Fact(name: "Device", value: "processor (CPU), Float"))
        let numeric = columns.count { $0.kind == .numbers }
        let inputs = model.parameters.first?.factors.count ?? 0
        rows += [
            ["Columns", "\(columns.count): \(numeric) numeric, \(columns.count - numeric) categorical"],
            ["Outputs", outputs], ["Networks", "\(count)"],
            [
                "Units by layer of each",
                "\([inputs] + model.settings.hiddenLayerSizes + [model.task.outputs])",
            ],
            ["Parameters of each", "\(fitted.parameterCount)"], ["Precision", "Float"],
        ]
        if ignored > 0 { rows.insert(["Columns without information", "\(ignored)"], at: 2) }
        parameters = Parameter.all(of: network, default: Network(.strong))
        training = try TrainedPart.training(of: fitted, isTransformed: isTransformed)
        self.outputs = model.task.outputs
    }

    private static func training(of fitted: FittedTabularMLP, isTransformed: Bool) throws -> [HTMLPage.Block] {
        var table = [["Epochs", "\(fitted.nIter)"]]
        if let seconds = fitted.epochs.last?.elapsed { table.append(["Seconds", general(seconds, digits: 3)]) }
        if let reason = fitted.stopReason {
            let text = reason == .reachedMaxIter ? "all epochs were trained" : reason.explanation
            table.append(["Stop reason", "\(reason): \(text)"])
        }
        if let loss = fitted.lossCurve.last { table.append(["Last training loss", general(loss, digits: 6)]) }
        let errors = fitted.validationLossCurve
        if let least = errors.min() { table.append(["Lowest validation loss", general(least, digits: 6)]) }
        table.append(["Kept", errors.isEmpty ? "the last epoch" : "of each network, the epoch with the least loss"])
        var caption = fitted.networkCount == 1 ? "Training" : "Training, means over the networks"
        if isTransformed { caption += ", in units of the transformed target" }
        let blocks: [HTMLPage.Block] = [.table(HTMLPage.Table(caption: caption, rows: table))]
        guard !fitted.lossCurve.isEmpty else { return blocks }
        return blocks + [.picture(try LossCurveDisplay(fitted, isTransformed: isTransformed).figure, height: 360)]
    }
}

// MARK: - Several networks

extension TrainedPart {
    /// The number of networks whose curves are drawn. More could not be told apart.
    private static let drawnNetworks = 8

    private init(members: [Any], isTransformed: Bool) throws {
        lead = "An ensemble of \(members.count) estimators with networks"
        let curves = try members.map { try TrainedPart.lossCurve(of: $0) }
        var rows: [[String]] = []
        for (number, losses) in curves.enumerated() {
            rows.append([
                "\(number + 1): \(modelName(members[number]))", "\(losses.count)",
                losses.last.map { general($0, digits: 6) } ?? "unknown",
            ])
        }
        let caption = isTransformed ? "Training, in units of the transformed target" : "Training"
        training = [
            .table(HTMLPage.Table(caption: caption, header: ["Network", "Epochs", "Last loss"], rows: rows))
        ]
        let drawn = curves.filter { !$0.isEmpty }.prefix(TrainedPart.drawnNetworks)
        if !drawn.isEmpty {
            training.append(.picture(TrainedPart.figure(Array(drawn), isTransformed: isTransformed), height: 360))
        }
        self.rows = [["Networks", "\(members.count)"]]
    }

    private static func lossCurve(of member: Any) throws -> [Double] {
        if let network = member as? any TabularMLP { return network._fitted.lossCurve }
        return try (member as? any MultilayerPerceptron).map { try TrainedPart.losses(of: $0) } ?? []
    }

    private static func losses(of network: some MultilayerPerceptron) throws -> [Double] {
        try network.requireFit()
        let fitted = network.fitted
        let losses = fitted.lossCurve.isEmpty ? fitted.report?.epochs.map(\.loss) ?? [] : fitted.lossCurve
        return losses.filter(\.isFinite)
    }

    private static func figure(_ curves: [[Double]], isTransformed: Bool) -> Figure {
        let styles = curves.indices.map { SeriesStyle(number: $0) }
        let lines = zip(curves, styles).map { losses, style in
            LineMark(points: zip(1..., losses).map { Point(x: Double($0), y: $1) }, style: style)
        }
        let ends = curves.map { general($0[$0.count - 1], digits: 4) }.joined(separator: ", ")
        return Figure(
            title: "Training loss of each network",
            summary: "The training losses of \(words(curves.count, "network", "networks")) end at \(ends).",
            panels: [
                Panel(
                    x: Axis(label: "Epoch", scale: .counts(to: curves.map(\.count).max() ?? 1)),
                    y: Axis(
                        label: isTransformed ? "Loss (transformed target)" : "Loss",
                        scale: .linear(covering: Array(curves.joined()))),
                    marks: lines)
            ], legend: styles.map { LegendEntry(symbol: .line($0), text: "network \($0.number + 1)") })
    }
}

extension HTMLPage.Fact {
    fileprivate static func trainingTime(_ seconds: Double) -> Self {
        HTMLPage.Fact(name: "Training time", value: "\(general(seconds, digits: 3)) s")
    }
}
