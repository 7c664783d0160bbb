import Foundation

/// A model, or a part of one, that can be written to a file and read from it with every bit.
///
/// ```swift
/// try mlp.save(to: "iris.safetensors")
/// let same = try MLPClassifier<Int, Double>(contentsOf: "iris.safetensors")
/// ```
///
/// A `Codable` type of your own needs only the conformance, and can then be part of a `Pipeline` that is saved.
public protocol Storable: Codable, Sendable {
    /// The name of the type in files.
    ///
    /// Default: the name of the Swift type with its parameters. Return a text of your own if files are to stay readable
    /// when the type is renamed.
    static var storedTypeName: String { get }
}

extension Storable {
    /// The name of the Swift type with its parameters.
    public static var storedTypeName: String { String(describing: Self.self) }

    /// Writes the model to a file, in place of what is there.
    ///
    /// The file is a safetensors file: arrays are tensors, which Python's `safetensors` package reads, everything else
    /// is JSON in its metadata. It is written as a whole: whatever happens meanwhile, there is either the
    /// earlier file or the new one.
    ///
    /// - Parameters:
    ///   - file: the path or the `URL` of a file in a folder that exists.
    ///   - parts: the transformers and encoders of your own that a `ColumnTransformer` in the model has.
    ///   - notes: texts to keep with the model, by name, such as where its data come from. They do not change it;
    ///     ``ModelFileInformation`` reads them.
    /// - Throws: ``ModelFileError/unwritable(path:reason:)``; ``ModelFileError/notStorable(type:reason:)`` for a model
    ///   with a part that is neither of this package nor in `parts`.
    /// - Complexity: O(parameters).
    public func save(
        to file: some FileLocation, knowing parts: [any Storable.Type] = [], notes: [String: String] = [:]
    ) throws {
        try ModelFile.write(self, to: file, knowing: parts, notes: notes)
    }

    /// Reads a model from a file that ``save(to:knowing:notes:)`` has written, by this version of the package or an earlier
    /// one.
    ///
    /// Nothing in the file is executed, and no file can make reading it, or using what was read, stop the process.
    ///
    /// ```swift
    /// let columns = try ColumnTransformer(contentsOf: url, knowing: [MyScaler.self])
    /// ```
    ///
    /// A file is never asked which types to make. A `ColumnTransformer` has parts of any type, so parts of your own
    /// types are made only if the call lists these; there is no global register that another part of the program could
    /// change.
    ///
    /// - Parameters:
    ///   - file: the path or the `URL` of the file.
    ///   - parts: the transformers and encoders of your own that a `ColumnTransformer` in the model may have.
    /// - Throws: ``ModelFileError``, which says what is wrong with the file, or which type of model it holds.
    /// - Complexity: O(size of the file), in memory too.
    public init(contentsOf file: some FileLocation, knowing parts: [any Storable.Type] = []) throws {
        self = try ModelFile.read(Self.self, from: file, knowing: parts)
    }
}

/// The name of a generic type in files: `Pipeline<StandardScaler, MLPClassifier<Int, Double>>`.
///
/// A parameter that is ``Storable`` has its own stored name, any other the name of the Swift type.
package func storedTypeName(_ name: String, _ parameters: Any.Type...) -> String {
    let names = parameters.map { ($0 as? any Storable.Type)?.storedTypeName ?? String(describing: $0) }
    return "\(name)<\(names.joined(separator: ", "))>"
}

extension CodingUserInfoKey {
    /// The types that the caller of ``Storable/save(to:knowing:notes:)`` or ``Storable/init(contentsOf:knowing:)`` has
    /// listed.
    package static let knownParts = CodingUserInfoKey(rawValue: "swift-mlp.knownParts")!
}
