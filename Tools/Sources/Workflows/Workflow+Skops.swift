import Foundation
public import SwiftMLP

extension Workflow {
    /// Reads scikit-learn's network from a file of skops, alone or behind scalers, as a model of tables.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - columns: the names of the columns in the order of the features; nil for those that the file has, or x0, x1, ….
    ///   - target: the name of the target.
    /// - Throws: `InterchangeError`; `WorkflowError` for a model of another kind, or another number of names.
    public init(skops path: String, columns: [String]? = nil, target: String = "prediction") throws {
        let information = try SkopsInformation(contentsOf: path)
        let reader = try SkopsReader(path: path, columns: columns, information)
        let model = try reader.model()
        let kinds = try model.columnTypes().map { ModelCard.Column(name: $0.name, kind: $0.kind) }
        var card = ModelCard(task: model.task, target: target, columns: kinds, call: model.call)
        card.classes = model.classLabels
        card.data = path
        self.init(model: model, card: card)
    }
}

/// Reads a network whose type, and that of whose scalers, only the file knows.
private struct SkopsReader {
    typealias Scaler = Transformer & SkopsReadableSteps

    private static let scalers: [(name: String, type: any Scaler.Type)] = [
        ("StandardScaler", StandardScaler.self), ("MinMaxScaler", MinMaxScaler.self),
        ("MaxAbsScaler", MaxAbsScaler.self), ("RobustScaler", RobustScaler.self),
    ]

    private let path: String
    private let columns: [String]?
    private let steps: [any Scaler.Type]
    private let isClassifier: Bool

    init(path: String, columns: [String]?, _ information: SkopsInformation) throws {
        (self.path, self.columns) = (path, columns ?? information.featureNames)
        let names = information.typeNames.map { $0.split(separator: ".").last.map(String.init) ?? $0 }
        guard let last = names.last, ["MLPClassifier", "MLPRegressor"].contains(last) else {
            throw WorkflowError(
                "\(path) holds \(names.joined(separator: ", ")): MLPClassifier and MLPRegressor are read, alone or at the end "
                    + "of a pipeline")
        }
        isClassifier = last == "MLPClassifier"
        steps = try names.dropLast().map { name in
            guard let scaler = Self.scalers.first(where: { $0.name == name }) else {
                throw WorkflowError(
                    "\(path) holds a pipeline with \(name): \(Self.scalers.map(\.name).joined(separator: ", ")) are read"
                )
            }
            return scaler.type
        }
    }

    func model() throws -> any TableWorkflow {
        guard isClassifier else { return RegressorWorkflow(try read(MLPRegressor<Double, Double>.self)) }
        // The file does not say what its classes are but by them.
        if let model = try? read(MLPClassifier<String, Double>.self) { return ClassifierWorkflow(model) }
        if let model = try? read(MLPClassifier<Bool, Double>.self) { return ClassifierWorkflow(model) }
        return ClassifierWorkflow(try read(MLPClassifier<Int, Double>.self))
    }

    private func read<Last: SkopsReadable & MultilayerPerceptron>(
        _ last: Last.Type
    ) throws -> TablePipeline<Last> where Last.Scalar == Double {
        guard let first = steps.first else {
            let network = try last.init(skops: path)
            return TablePipeline(network, columns: try names(network))
        }
        return try read(first, steps.dropFirst(), last)
    }

    /// Reads a pipeline of some steps, to which the rest are chained one by one.
    private func read<Steps: Scaler, Last: SkopsReadable & MultilayerPerceptron>(
        _ steps: Steps.Type, _ rest: ArraySlice<any Scaler.Type>, _ last: Last.Type
    ) throws -> TablePipeline<Last> where Last.Scalar == Double {
        func chained<Next: Scaler>(_ next: Next.Type) throws -> TablePipeline<Last> {
            try read(Chain<Steps, Next>.self, rest.dropFirst(), last)
        }
        if let next = rest.first { return try chained(next) }
        let pipeline = try Pipeline<Steps, Last>(skops: path)
        return TablePipeline(pipeline, columns: try names(pipeline.last))
    }

    private func names(_ network: some MultilayerPerceptron) throws -> [String] {
        guard let count = network.nFeaturesIn else { throw WorkflowError("\(path) holds a model that is not fitted") }
        let names = columns ?? (0..<count).map { "x\($0)" }
        guard names.count == count, Set(names).count == count else {
            throw WorkflowError(
                "--columns must be \(count) different names, one for each feature, but there are \(names.count)")
        }
        return names
    }
}
