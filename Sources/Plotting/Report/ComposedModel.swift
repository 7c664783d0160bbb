import Composition
import Estimators
import ModelSelection
import NeuralNetwork
import Tables
import TabularNetworks

/// A model that contains another one, such as a pipeline or a search.
protocol ComposedModel {
    /// The fitted part, or the first of several; nil if there is none, as in an unfitted search.
    var inner: Any? { get }

    /// The fitted parts.
    var members: [Any] { get }

    /// What this model does around `inner`, in the order of the data.
    var ownSteps: [ModelStep] { get }

    /// Whether `inner` learns other targets than those that this model is given.
    var transformsTarget: Bool { get }
}

extension ComposedModel {
    var members: [Any] { inner.map { [$0] } ?? [] }
    var transformsTarget: Bool { false }
}

extension Pipeline: ComposedModel {
    var inner: Any? { last }
    var ownSteps: [ModelStep] { transformerSteps(transformer) }
}

extension TablePipeline: ComposedModel {
    var inner: Any? { last }
    var ownSteps: [ModelStep] {
        [ModelStep(name: "ColumnTransformer", parameters: columns.parts.map(\.description))]
    }
}

extension TransformedTargetRegressor: ComposedModel {
    var inner: Any? { regressor }
    var ownSteps: [ModelStep] {
        [ModelStep(name: "TransformedTargetRegressor", parameters: ["transformer: \(literal(transformer))"])]
    }
    var transformsTarget: Bool { true }
}

extension ParameterSearch: ComposedModel {
    var inner: Any? { bestEstimator }
    var ownSteps: [ModelStep] {
        let best = bestParams.map { ["best of \(cvResults.params.count): \($0)"] } ?? []
        let scoring = settings.scoring.map { ["scoring: \($0.map(\.name).joined(separator: ", "))"] } ?? []
        return [ModelStep(name: Source.searchName, parameters: best + scoring)]
    }
}

/// A step of a model, with the parameters that differ from their defaults.
struct ModelStep: Equatable {
    let name: String
    let parameters: [String]

    init(name: String, parameters: [String]) {
        self.name = name
        self.parameters = parameters
    }

    /// Creates the step of an estimator or transformer that is printed as the call of its initializer.
    init(_ step: Any) {
        let text = literal(step)
        name = String(text.prefix { $0 != "(" })
        parameters = ModelStep.arguments(text.dropFirst(name.count + 1).dropLast())
    }

    /// Splits at the commas that are outside of brackets and strings.
    private static func arguments(_ text: Substring) -> [String] {
        var (depth, isQuoted, previous) = (0, false, Character(" "))
        var parts = [""]
        for character in text {
            if character == "\"", previous != "\\" { isQuoted.toggle() }
            if !isQuoted, "([".contains(character) { depth += 1 }
            if !isQuoted, ")]".contains(character) { depth -= 1 }
            if character == ",", depth == 0, !isQuoted {
                parts.append("")
            } else if !(character == " " && parts[parts.count - 1].isEmpty) {
                parts[parts.count - 1].append(character)
            }
            previous = character
        }
        return parts.filter { !$0.isEmpty }
    }
}

/// Returns the steps of a model, from its features to its predictions.
func steps(of model: Any) -> [ModelStep] {
    guard let composed = model as? any ComposedModel else { return [ModelStep(model)] }
    return composed.ownSteps + (composed.inner.map(steps) ?? [])
}

/// Transformers one after the other.
private protocol ChainedTransformers {
    var both: [Any] { get }
}

extension Chain: ChainedTransformers {
    fileprivate var both: [Any] { [first, second] }
}

private func transformerSteps(_ transformer: Any) -> [ModelStep] {
    (transformer as? any ChainedTransformers)?.both.flatMap(transformerSteps) ?? [ModelStep(transformer)]
}

/// Whether the network of a model learns other targets than those that the model is given.
func learnsTransformedTarget(_ model: Any) -> Bool {
    guard let composed = model as? any ComposedModel else { return false }
    return composed.transformsTarget || (composed.inner.map(learnsTransformedTarget) ?? false)
}

/// Returns the columns of a table that a model takes; other features as they are.
func taken<Features>(by model: Any, of features: Features) -> Features {
    guard let table = features as? Table else { return features }
    if let model = model as? any TableModel, let types = try? model.columnTypes() {
        let known = Set(types.map(\.name))
        return (try? table.selectingColumns(table.columnNames.filter(known.contains))) as? Features ?? features
    }
    return (model as? any ComposedModel)?.inner.map { taken(by: $0, of: features) } ?? features
}

/// Returns the networks of a model, through any number of compositions: `MultilayerPerceptron`s and `TabularMLP`s.
///
/// - Throws: `EstimatorError.notFitted` for an unfitted search or ensemble.
func networks(in model: Any) throws -> [Any] {
    if model is any MultilayerPerceptron || model is any TabularMLP { return [model] }
    guard let composed = model as? any ComposedModel else { return [] }
    guard !composed.members.isEmpty else { throw EstimatorError.notFitted(estimator: modelName(model)) }
    return try composed.members.flatMap(networks)
}

/// Returns the only network of a model.
///
/// - Throws: what `networks(in:)` throws; `EstimatorError.notSupported` for a model with no network or with several.
func network(in model: Any) throws -> Any {
    let all = try networks(in: model)
    guard all.count == 1 else {
        let number = all.isEmpty ? "" : ", which has \(all.count) networks,"
        throw EstimatorError.notSupported("a picture of the training of \(modelName(model))\(number)")
    }
    return all[0]
}

/// The name of a model's type, without type parameters.
func modelName(_ model: Any) -> String { typeName(type(of: model)) }
