public import ModelFiles

/// What a skops file says about its object: which types of scikit-learn it has, and the names of the features.
///
/// ```swift
/// let information = try SkopsInformation(contentsOf: "model.skops")
/// print(information.typeNames)        // ["sklearn.preprocessing._data.StandardScaler", "sklearn.neural_network…MLPClassifier"]
/// ```
public struct SkopsInformation: Sendable, Equatable {
    /// The names of the Python types of a pipeline's steps in their order, without those that pass features through; of another
    /// object its own.
    public let typeNames: [String]

    /// The names of the features, `feature_names_in_`; nil for a model that was fitted on an array, or not at all.
    public let featureNames: [String]?

    /// Reads a file, named by its path or `URL`. Nothing in it is executed, and the model is neither read nor checked.
    ///
    /// - Throws: ``InterchangeError`` for a file that is damaged; `ModelFileError.unreadable` if it cannot be read.
    public init(contentsOf file: some FileLocation) throws {
        let bytes = try RegularFile(file, failure: ModelFileError.unreadable).bytes()
        let root = try SkopsFile(bytes).root
        let steps = root.typeName == SkopsObject.pipeline ? try root.steps() : [root]
        typeNames = steps.map(\.typeName)
        // A model without attributes is not fitted.
        let first = try? steps.first.map { try $0.attributes(of: $0.typeName) }
        featureNames = try first?[optional: "feature_names_in_"]?.elements.map { try $0.string }
    }
}
