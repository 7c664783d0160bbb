public import Foundation

/// A model, or a part of one, that can be written to a file and read from it: every bit of it.
///
/// ```swift
/// try mlp.save(to: url)
/// let same = try MLPClassifier<Int, Double>(contentsOf: url)
/// ```
///
/// A `Codable` type of your own needs no more than the conformance, and can then be part of a ``Pipeline`` that is saved.
public protocol Storable: Codable, Sendable {
    /// The name by which a file says what type of model it holds. Default: the name of the type.
    static var storedTypeName: String { get }
}

extension Storable {
    /// The name of the type with its parameters, as `Pipeline<StandardScaler, MLPClassifier<Int, Double>>`.
    public static var storedTypeName: String { String(describing: Self.self) }

    /// Writes the model to a file, in place of what is there.
    ///
    /// The file is a safetensors file: arrays are tensors, which Python's `safetensors` package reads, everything else is
    /// JSON in its metadata. It is written whole or not at all: whatever happens meanwhile, at `url` is either the file that
    /// was there or the new one.
    ///
    /// - Parameter url: a file in a folder that exists.
    /// - Throws: ``ModelFileError/unwritable(path:reason:)``; ``ModelFileError/notStorable(type:reason:)`` for a model with
    ///   a part that is not of this package.
    /// - Complexity: O(parameters).
    public func save(to url: URL) throws { try ModelFile.write(self, to: url) }

    /// Reads a model from a file that ``save(to:)`` has written, by this version of the package or by an earlier one.
    ///
    /// Nothing in the file is executed, and no file can make reading it, or using what was read, stop the process.
    ///
    /// - Parameter url: the file.
    /// - Throws: ``ModelFileError``, which says what is wrong with the file, or which type of model it holds.
    /// - Complexity: O(size of the file), in memory too.
    public init(contentsOf url: URL) throws { self = try ModelFile.read(Self.self, from: url) }
}
