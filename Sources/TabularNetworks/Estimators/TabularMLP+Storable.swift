import Estimators
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import NumPyRandom

private enum CodingKeys: String, CodingKey {
    case settings, nJobs, maxTime, verbose, randomState, dateColumns, fitted, classWeight, classes
}

extension TabularMLP {
    /// Decodes the parameters and the learned state.
    fileprivate init(parametersFrom container: KeyedDecodingContainer<CodingKeys>) throws {
        self.init(try container.decode(TabularSettings.self, forKey: .settings))
        nJobs = try container.decodeIfPresent(Int.self, forKey: .nJobs)
        maxTime = try container.decodeIfPresent(Double.self, forKey: .maxTime)
        verbose = try container.decode(Verbosity.self, forKey: .verbose)
        randomState = try container.decodeIfPresent(UInt32.self, forKey: .randomState)
        dateColumns = try container.decodeIfPresent([String].self, forKey: .dateColumns) ?? []
        _fitted = try container.decodeIfPresent(FittedTabularMLP.self, forKey: .fitted) ?? FittedTabularMLP()
    }

    fileprivate func encodeParameters(to container: inout KeyedEncodingContainer<CodingKeys>) throws {
        try container.encode(settings, forKey: .settings)
        try container.encodeIfPresent(nJobs, forKey: .nJobs)
        try container.encodeIfPresent(maxTime, forKey: .maxTime)
        try container.encode(verbose, forKey: .verbose)
        try container.encodeIfPresent(randomState, forKey: .randomState)
        if !dateColumns.isEmpty { try container.encode(dateColumns, forKey: .dateColumns) }
        if _fitted.model != nil { try container.encode(_fitted, forKey: .fitted) }
    }
}

extension TabularMLPRegressor {
    /// The name of this type in model files.
    public static var storedTypeName: String { ModelFiles.storedTypeName("TabularMLPRegressor", Target.self) }

    /// Decodes a regressor.
    ///
    /// - Throws: `DecodingError` for a model that is not valid.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(parametersFrom: container)
        let isRegressor = _fitted.model.map { !$0.task.isClassification } ?? true
        try container.require(isRegressor, .fitted, "must have numbers as targets")
    }

    /// Encodes the regressor and, if training was interrupted, the state that `resume` needs.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try encodeParameters(to: &container)
    }
}

extension TabularMLPClassifier {
    /// The name of this type in model files.
    public static var storedTypeName: String { ModelFiles.storedTypeName("TabularMLPClassifier", Target.self) }

    /// Decodes a classifier.
    ///
    /// - Throws: `DecodingError` for a model that is not valid.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(parametersFrom: container)
        classWeight = try container.decodeIfPresent(ClassWeight<Target>.self, forKey: .classWeight)
        classes = try container.decodeAscending(forKey: .classes)
        let matches = _fitted.model.map { $0.task == .classes(classes.count) } ?? classes.isEmpty
        try container.require(matches, .classes, "must match the outputs of the networks, but are \(classes.count)")
    }

    /// Encodes the classifier and, if training was interrupted, the state that `resume` needs.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try encodeParameters(to: &container)
        try container.encodeIfPresent(classWeight, forKey: .classWeight)
        try container.encode(classes, forKey: .classes)
    }
}
