public import Composition
public import Estimators
public import LinearAlgebra
public import ModelSelection
import Tables

// Models that combine the predictions of others. They compute in double precision and round at the end.

extension VotingClassifier: ONNXExportable where Model: ONNXExportable, Model.Target: ONNXTarget {
    /// Appends all classifiers and their vote. With `.hard`, the only output is `label`.
    ///
    /// - Throws: `EstimatorError.notFitted`; any error of a classifier.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        guard !fittedEstimators.isEmpty else { throw EstimatorError.notFitted(estimator: "VotingClassifier") }
        let tables = try fittedEstimators.map { try graph.appendPart($0, features: features).value }
        if voting == .soft {
            let means = graph.computing(in: .double) { $0.mean(of: tables, weights: weights) }
            graph.classify(means, Target.tensor(of: classes), count: classes.count)
        } else {
            let votes = graph.computing(in: .double) { graph in
                let numbers = graph.constant(ONNXTensor(Array(classes.indices), shape: [1, classes.count]))
                let choices = tables.map { table in
                    let best = graph.node("ArgMax", table, attributes: ["axis": 1, "keepdims": 1])
                    return graph.cast(graph.node("Equal", best, numbers), to: .double)
                }
                return graph.mean(of: choices, weights: weights)
            }
            graph.label(votes, Target.tensor(of: classes))
        }
    }
}

extension VotingRegressor: ONNXExportable where Model: ONNXExportable {
    /// The type of the regressors' features.
    public typealias Scalar = Model.Scalar

    /// Appends all regressors and their mean.
    ///
    /// - Throws: `EstimatorError.notFitted`; any error of a regressor.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        guard !fittedEstimators.isEmpty else { throw EstimatorError.notFitted(estimator: "VotingRegressor") }
        let parts = try fittedEstimators.map { try graph.appendPart($0, features: features) }
        graph.predict(parts.map(\.value), weights: weights, columns: parts[0].columns)
    }
}

extension BaggingClassifier: ONNXExportable where Model: ONNXExportable, Model.Target: ONNXTarget {
    /// Appends all classifiers and the mean of their probabilities.
    ///
    /// - Throws: `EstimatorError.notFitted`; any error of a classifier.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        guard let featureCount else { throw EstimatorError.notFitted(estimator: "BaggingClassifier") }
        let tables = try zip(fittedEstimators, estimatorsFeatures).map { model, columns in
            let features = graph.drawn(
                columns, of: features, count: featureCount, isMatrix: Features.self != Table.self)
            let table = try graph.appendPart(model, features: features).value
            return graph.computing(in: .double) { $0.placed(table, model.classes, in: classes) }
        }
        let means = graph.computing(in: .double) { $0.mean(of: tables, weights: nil) }
        graph.classify(means, Target.tensor(of: classes), count: classes.count)
    }
}

extension BaggingRegressor: ONNXExportable where Model: ONNXExportable {
    /// The type of the regressor's features.
    public typealias Scalar = Model.Scalar

    /// Appends all regressors and their mean.
    ///
    /// - Throws: `EstimatorError.notFitted`; any error of a regressor.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        guard let featureCount else { throw EstimatorError.notFitted(estimator: "BaggingRegressor") }
        let parts = try zip(fittedEstimators, estimatorsFeatures).map { model, columns in
            let features = graph.drawn(
                columns, of: features, count: featureCount, isMatrix: Features.self != Table.self)
            return try graph.appendPart(model, features: features)
        }
        graph.predict(parts.map(\.value), weights: nil, columns: parts[0].columns)
    }
}

extension StackingClassifier: ONNXExportable
where Model: ONNXExportable, Model.Scalar == Double, Model.Target: ONNXTarget, Final: ONNXExportable {
    /// The type of the classifiers' features.
    public typealias Scalar = Double

    /// Appends all classifiers, and the last one behind them.
    ///
    /// - Throws: `EstimatorError.notFitted`; any error of a classifier.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        guard let final = fittedFinalEstimator else { throw EstimatorError.notFitted(estimator: "StackingClassifier") }
        let tables = try fittedEstimators.map { model in
            let table = try graph.appendPart(model, features: features).value
            // Of two classes only the probability of the second.
            return model.classes.count == 2 ? graph.columns([1], of: table) : table
        }
        try graph.computing(in: .double) { graph in
            try final.append(to: &graph, features: graph.sideBySide(tables + (passthrough ? [features] : [])))
        }
    }
}

extension StackingRegressor: ONNXExportable where Model: ONNXExportable, Final: ONNXExportable {
    /// The type of the regressors' features.
    public typealias Scalar = Model.Scalar

    /// Appends all regressors, and the last one behind them.
    ///
    /// - Throws: `EstimatorError.notFitted`; any error of a regressor.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        guard let final = fittedFinalEstimator else { throw EstimatorError.notFitted(estimator: "StackingRegressor") }
        let predictions = try fittedEstimators.map { try graph.appendPart($0, features: features).value }
        try graph.computing(in: .double) { graph in
            try final.append(to: &graph, features: graph.sideBySide(predictions + (passthrough ? [features] : [])))
        }
    }
}

// MARK: - Calibration

extension CalibratedClassifierCV: ONNXExportable where Model: ONNXExportable, Model.Target: ONNXTarget {
    /// Appends all classifiers with their corrections, and the mean of their probabilities.
    ///
    /// - Throws: `EstimatorError.notFitted`; any error of the classifier.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        guard !calibratedClassifiers.isEmpty else {
            throw EstimatorError.notFitted(estimator: "CalibratedClassifierCV")
        }
        let tables = try calibratedClassifiers.map { member in
            let table = try graph.appendPart(member.estimator, features: features).value
            return graph.computing(in: .double) { $0.corrected(table, member, classes) }
        }
        let means = graph.computing(in: .double) { $0.mean(of: tables, weights: nil) }
        graph.classify(means, Target.tensor(of: classes), count: classes.count)
    }
}

extension FrozenEstimator: ONNXExportable where Model: ONNXExportable {
    /// The type of the model's features.
    public typealias Scalar = Model.Scalar

    /// Appends the fitted model.
    ///
    /// - Throws: any error of the model.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        try estimator.append(to: &graph, features: features)
    }
}

extension ONNXGraph {
    /// Appends the corrections of a classifier's probabilities, as ``CalibratedClassifier`` makes them.
    fileprivate mutating func corrected<Model>(
        _ table: String, _ member: CalibratedClassifier<Model>, _ classes: [Model.Target]
    ) -> String {
        if case .temperature(let beta)? = member.calibrators.first {
            let logits = node("Log", node("Add", table, number(1e-12)))
            return node("Softmax", node("Mul", logits, number(beta)), attributes: ["axis": 1])
        }
        var known = member.estimator.classes.enumerated().filter { classes.contains($0.element) }
        // Of two classes the second one is corrected.
        if classes.count == 2 { known = known.suffix(1) }
        let columns = zip(known, member.calibrators).map { column, calibrator in
            correct(self.columns([column.offset], of: table), calibrator)
        }
        let placed = placed(sideBySide(columns), known.map(\.element), in: classes)
        let probabilities: String
        if classes.count == 2 {
            let second = self.columns([1], of: placed)
            probabilities = sideBySide([node("Sub", number(1), second), second])
        } else {
            let sum = rowSums(placed)
            probabilities = node(
                "Where", node("Equal", sum, number(0)), number(1 / Double(classes.count)), node("Div", placed, sum))
        }
        return node("Where", node("Greater", probabilities, number(1)), number(1), probabilities)
    }

    private mutating func correct(_ probabilities: String, _ calibrator: Calibrator) -> String {
        switch calibrator {
        case .sigmoid(let a, let b):
            node("Sigmoid", node("Sub", node("Mul", probabilities, number(-a)), number(b)))
        case .isotonic(let regression):
            interpolated(probabilities, regression.xThresholds, regression.yThresholds)
        case .temperature: probabilities
        }
    }
}

// MARK: - Combinations

extension ONNXGraph {
    /// The weighted mean of several values, in the order of additions of the ensembles.
    fileprivate mutating func mean(of values: [String], weights: [Double]?) -> String {
        var sum = ""
        for (index, value) in values.enumerated() {
            let weighted = weights.map { node("Mul", value, number($0[index])) } ?? value
            sum = index == 0 ? weighted : node("Add", sum, weighted)
        }
        return node("Div", sum, number(weights?.reduce(0, +) ?? Double(values.count)))
    }

    /// The columns of some classes at their places among all classes; the other columns are 0.
    fileprivate mutating func placed<Label: Equatable>(_ table: String, _ known: [Label], in classes: [Label]) -> String
    {
        guard known != classes else { return table }
        let places = classes.map { label in known.firstIndex(of: label) }
        let chosen = columns(places.map { $0 ?? 0 }, of: table)
        return node("Mul", chosen, row(places.map { $0 == nil ? 0 : 1 }))
    }

    /// The features that a member of a bag has drawn; a table's columns are inputs by name.
    fileprivate mutating func drawn(_ columns: [Int], of features: String, count: Int, isMatrix: Bool) -> String {
        guard isMatrix else { return features }
        expect(features, columns: count)
        return self.columns(columns, of: features)
    }

    /// The classes with the greatest number of each row as the output `label`.
    fileprivate mutating func label(_ table: String, _ labels: ONNXTensor) {
        let numbers = node("ArgMax", table, attributes: ["axis": 1, "keepdims": 0])
        let label = node("Gather", constant(labels), numbers, attributes: ["axis": 0])
        output(label, as: "label", labels.type, columns: [])
    }

    /// The outputs of a classifier with these probabilities, in double precision.
    fileprivate mutating func classify(_ probabilities: String, _ labels: ONNXTensor, count: Int) {
        label(probabilities, labels)
        output(rounded(probabilities), as: "probabilities", scalar, columns: [count])
    }

    /// The output of a regressor whose prediction is the mean of others, in double precision.
    fileprivate mutating func predict(_ values: [String], weights: [Double]?, columns: [Int?]) {
        let means = computing(in: .double) { $0.mean(of: values, weights: weights) }
        output(rounded(means), as: "variable", scalar, columns: columns)
    }

    private mutating func rounded(_ doubles: String) -> String {
        scalar == .double ? doubles : cast(doubles, to: scalar)
    }
}
