public import Composition
import Estimators
public import Foundation
import ModelFiles

/// A type that is read from a file which `skops.io.dump` has written in Python.
///
/// ```swift
/// let mlp = try MLPClassifier<Int, Double>(skops: url)
/// let pipeline = try Pipeline<StandardScaler, MLPClassifier<String, Float>>(skops: url)
/// ```
///
/// The conformances of this module are complete; a type made of others reads each from its part of the file.
public protocol SkopsReadable {
    /// Reads the object.
    ///
    /// - Throws: ``InterchangeError`` where it is another type's, or damaged.
    init(_ object: SkopsObject) throws
}

extension SkopsReadable {
    /// Reads a file of skops 0.16, with what scikit-learn 1.9 has written into it.
    ///
    /// Only the types that ``SkopsReadable`` types stand for are read, and nothing in the file is executed: a file from
    /// anywhere does no harm.
    ///
    /// - Throws: ``InterchangeError`` for another type than this one, or a file that is damaged; `EstimatorError` for
    ///   weights that fit no network; Foundation's error where the file cannot be read.
    public init(skops url: URL) throws {
        try self.init(SkopsFile([UInt8](Data(contentsOf: url))).root)
    }

    /// Reads what would be in a file: `skops.io.dumps`.
    ///
    /// - Throws: what ``init(skops:)-(URL)`` throws.
    public init(skops data: Data) throws {
        try self.init(SkopsFile([UInt8](data)).root)
    }
}

// MARK: - Pipelines

extension SkopsObject {
    static let pipeline = "sklearn.pipeline.Pipeline"

    /// The steps of a pipeline without those that pass everything through.
    func steps() throws -> [SkopsObject] {
        let steps = try attributes(of: SkopsObject.pipeline)["steps"]
        return try steps.elements.compactMap { step in
            guard let object = try step.elements.last, try step.elements.count == 2 else {
                throw step.malformed("must be a name and a transformer or an estimator")
            }
            return (try? object.string) == "passthrough" ? nil : object
        }
    }
}

/// A transformer that is read from one or several steps of a pipeline.
public protocol SkopsReadableSteps {
    /// How many steps it is read from.
    static var stepCount: Int { get }

    /// Reads the steps, of which there are ``stepCount``.
    ///
    /// - Throws: ``InterchangeError``.
    init(steps: ArraySlice<SkopsObject>) throws
}

extension SkopsReadableSteps where Self: SkopsReadable {
    /// One.
    public static var stepCount: Int { 1 }

    /// Reads the only step.
    ///
    /// - Throws: ``InterchangeError``.
    public init(steps: ArraySlice<SkopsObject>) throws { try self.init(steps[steps.startIndex]) }
}

extension Chain: SkopsReadableSteps where First: SkopsReadableSteps, Second: SkopsReadableSteps {
    /// The steps of both.
    public static var stepCount: Int { First.stepCount + Second.stepCount }

    /// Reads the steps of the first and then those of the second.
    ///
    /// - Throws: ``InterchangeError``.
    public init(steps: ArraySlice<SkopsObject>) throws {
        try self.init(
            First(steps: steps.prefix(First.stepCount)), Second(steps: steps.dropFirst(First.stepCount)))
    }
}

extension Pipeline: SkopsReadable where Steps: SkopsReadableSteps, Last: SkopsReadable {
    /// Reads a pipeline of as many steps as this type has.
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
