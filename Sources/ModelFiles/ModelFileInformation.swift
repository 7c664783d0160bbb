/// What a model file says about its model: the type, the version of the package that wrote it, and notes.
///
/// ```swift
/// try mlp.save(to: "iris.safetensors", notes: ["data": "iris.csv of March"])
/// let information = try ModelFileInformation(contentsOf: "iris.safetensors")
/// print(information.typeName, information.notes["data"] ?? "")
/// ```
public struct ModelFileInformation: Sendable, Equatable {
    /// The name of the model's type in files, such as `MLPClassifier<Int, Double>`.
    public let typeName: String

    /// The package that wrote the file, and its version.
    public let library: String

    /// The texts that ``Storable/save(to:knowing:notes:)`` kept with the model, by name.
    public let notes: [String: String]

    /// Reads the header of a file. The model itself is neither read nor checked.
    ///
    /// - Parameter file: the path or the `URL` of the file.
    /// - Throws: ``ModelFileError`` for a file that cannot be read, or is not a model file.
    public init(contentsOf file: some FileLocation) throws { self = try ModelFile.information(file) }

    init(typeName: String, library: String, notes: [String: String]) {
        (self.typeName, self.library, self.notes) = (typeName, library, notes)
    }
}
