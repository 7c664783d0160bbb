import Estimators

// A search is printed as it is written: what it varies in which estimator.

extension GridSearchCV: CustomStringConvertible {
    /// As it is written: `GridSearchCV(MLPClassifier(), paramGrid: [alpha: [0.1, 1.0]])`.
    public var description: String { written(Self.self, [literal(estimator), text(of: [paramGrid] + furtherGrids)]) }
}

extension HalvingGridSearchCV: CustomStringConvertible {
    /// As it is written: `HalvingGridSearchCV(MLPClassifier(), paramGrid: [alpha: [0.1, 1.0]])`.
    public var description: String { written(Self.self, [literal(estimator), text(of: [paramGrid] + furtherGrids)]) }
}

extension RandomizedSearchCV: CustomStringConvertible {
    /// As it is written, without the distributions: `RandomizedSearchCV(MLPClassifier(), paramDistributions: [alpha], nIter: 10)`.
    public var description: String {
        written(Self.self, [literal(estimator), text(of: paramDistributions), "nIter: \(nIter)"])
    }
}

extension HalvingRandomSearchCV: CustomStringConvertible {
    /// As it is written, without the distributions: `HalvingRandomSearchCV(MLPClassifier(), paramDistributions: [alpha])`.
    public var description: String { written(Self.self, [literal(estimator), text(of: paramDistributions)]) }
}

private func text<Model>(of grids: [[ParameterAxis<Model>]]) -> String {
    let texts = grids.map { grid in
        "[" + grid.map { "\($0.name): \(literal($0.assignments.map(\.value)))" }.joined(separator: ", ") + "]"
    }
    return "paramGrid: \(texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]")"
}

private func text<Model>(of distributions: [ParameterDistribution<Model>]) -> String {
    "paramDistributions: [\(distributions.map(\.name).joined(separator: ", "))]"
}
