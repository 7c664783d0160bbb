import Estimators
import LinearAlgebra
import NeuralNetwork

extension HTMLPage {
    /// Creates a page about a model: a summary, its scores on test samples, its features, its errors, the training of its
    /// networks, its steps, its inputs and outputs, and its parameters.
    ///
    /// - Parameters:
    ///   - model: the whole model.
    ///   - part: what is known of its networks; nil for a model without one.
    ///   - title: the title; nil for the model's name.
    ///   - outputs: a description of its outputs: `3 classes (a, b, c)`.
    ///   - isClassifier: whether the model predicts classes.
    ///   - columns: the number of columns of the features that the model is given; nil if unknown.
    ///   - results: what is known of test samples; nil for nothing.
    init<Model>(
        about model: Model, part: TrainedPart?, title: String?, outputs: String, isClassifier: Bool, columns: Int?,
        results: TestResults?
    ) {
        var summary = results?.headline ?? []
        summary.append(Fact(name: "Task", value: isClassifier ? "classification" : "regression"))
        if let samples = part?.sampleFact { summary.append(samples) }
        if let results { summary.append(Fact(name: "Test samples", value: "\(results.samples)")) }
        if let count = columns ?? part?.inputs {
            let inputs = part?.inputs ?? count
            summary.append(
                Fact(name: "Features", value: count == inputs ? "\(count)" : "\(count), as \(inputs) inputs"))
        }
        summary += part?.facts ?? []

        var modelBlocks: [Block] = [.steps(steps(of: model))]
        let rows = part?.rows ?? [["Outputs", outputs]]
        modelBlocks.append(.table(Table(caption: part == nil ? "The model" : "The network and its data", rows: rows)))
        sections = [
            ("Test", results?.blocks ?? []), ("Features", results?.features ?? []),
            ("Most wrong rows", results?.errors ?? []), ("Training", part?.training ?? []), ("Model", modelBlocks),
        ]
        if let parameters = part?.parameters, !parameters.isEmpty {
            let table = Table(
                caption: "All parameters of the network. Bold values differ from the default",
                header: ["Parameter", "Value"], rows: parameters.map { [$0.name, $0.value] },
                emphasized: Set(parameters.indices.filter { !parameters[$0].isDefault }))
            sections.append(("Parameters", [.table(table)]))
        }
        self.title = title ?? typeName(Model.self)
        let kind = part?.lead ?? "A model without a network"
        let features =
            (part?.inputs ?? columns).map { ", trained on \(words($0, "feature", "features"))" } ?? ", trained"
        lead = "\(kind)\(features) to predict \(outputs)."
        call = "\(model)"
        facts = summary
    }
}

extension MultilayerPerceptron {
    /// Throws if the network is not fitted.
    func requireFit() throws { try fitted.requireFit(typeName(Self.self)) }

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
