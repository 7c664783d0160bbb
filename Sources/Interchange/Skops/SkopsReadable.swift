public import Composition
import Estimators
public import Foundation
public import ModelFiles

/// A type that can be read from a file written by `skops.io.dump` in Python.
///
/// ```swift
/// let mlp = try MLPClassifier<Int, Double>(skops: url)
/// let pipeline = try Pipeline<StandardScaler, MLPClassifier<String, Float>>(skops: url)
/// ```
///
/// The conformances of this module are complete. A composed type reads each part from its part of the file.
public protocol SkopsReadable {
    /// Reads the object.
    ///
    /// - Throws: ``InterchangeError`` if the object has another type or is damaged.
    init(_ object: SkopsObject) throws
}

extension SkopsReadable {
    /// Reads a file, named by its path or `URL`, that skops 0.16 wrote with objects of scikit-learn 1.9.
    ///
    /// Only types with a ``SkopsReadable`` counterpart are read. Nothing in the file is executed, so files from
    /// untrusted sources are safe.
    ///
    /// - Throws: ``InterchangeError`` if the file has another type or is damaged; `EstimatorError` for weights that do
    ///   not form a network; `ModelFileError.unreadable` if the file cannot be read.
    public init(skops file: some FileLocation) throws {
        let bytes = try RegularFile(file, failure: ModelFileError.unreadable).bytes()
        try self.init(SkopsFile(bytes).root)
    }

    /// Reads the bytes that `skops.io.dumps` returns.
    ///
    /// - Throws: what `init(skops:)` of a file throws, except for file errors.
    public init(skops data: Data) throws {
        try self.init(SkopsFile([UInt8](data)).root)
    }
}

// MARK: - Pipelines

extension SkopsObject {
    static let pipeline = "sklearn.pipeline.Pipeline"

    /// Returns the steps of a pipeline except for passthrough steps.
    func steps() throws -> [SkopsObject] {
        let steps = try attributes(of: SkopsObject.pipeline)["steps"]
        return try steps.elements.compactMap { step in
            guard let object = try step.elements.last, try step.elements.count == 2 else {
                throw step.malformed("must be a name and a transformer or an estimator")
            }
            // scikit-learn has two spellings.
            return object.isNone || (try? object.string) == "passthrough" ? nil : object
        }
    }
}

/// A transformer that is read from one or more steps of a pipeline.
public protocol SkopsReadableSteps {
    /// The number of steps that it is read from.
    static var stepCount: Int { get }

    /// Reads ``stepCount`` steps.
    ///
    /// - Throws: ``InterchangeError``.
    init(steps: ArraySlice<SkopsObject>) throws
}

extension SkopsReadableSteps where Self: SkopsReadable {
    /// One step.
    public static var stepCount: Int { 1 }

    /// Reads the only step.
    ///
    /// - Throws: ``InterchangeError``.
    public init(steps: ArraySlice<SkopsObject>) throws { try self.init(steps[steps.startIndex]) }
}

extension Chain: SkopsReadableSteps where First: SkopsReadableSteps, Second: SkopsReadableSteps {
    /// The number of steps of both transformers.
    public static var stepCount: Int { First.stepCount + Second.stepCount }

    /// Reads the steps of the first transformer, then those of the second.
    ///
    /// - Throws: ``InterchangeError``.
    public init(steps: ArraySlice<SkopsObject>) throws {
        try self.init(
            First(steps: steps.prefix(First.stepCount)), Second(steps: steps.dropFirst(First.stepCount)))
    }
}

extension Pipeline: SkopsReadable where Steps: SkopsReadableSteps, Last: SkopsReadable {
    /// Reads a pipeline with as many steps as this type.
    ///
    /// - Throws: ``InterchangeError``.
    public init(_ object: SkopsObject) throws {
        let steps = try object.steps()
        guard steps.count == Steps.stepCount + 1, let last = steps.last else {
            let types = steps.map(\.typeName).joined(separator: ", ")
            throw object.malformed("must have \(Steps.stepCount + 1) steps for \(Pipeline.self), but has \(types)")
        }
        try self.init(Steps(steps: steps.dropLast()), Last(last))
    }
}
