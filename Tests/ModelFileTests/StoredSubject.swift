import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import Testing

/// A model of which the laws of files must hold, with everything that can be done with it.
struct StoredSubject: Sendable, CustomTestStringConvertible {
    let testDescription: String

    /// Writes the model to a file.
    let save: @Sendable (URL) throws -> Void

    /// Reads a model of the same type and writes it again.
    let copy: @Sendable (_ from: URL, _ to: URL) throws -> Void

    /// What the model in a file answers to everything that it can be asked; an error is an answer too.
    let answers: @Sendable (URL) throws -> [Answer]

    /// What the model answers that was never in a file.
    let expected: @Sendable () -> [Answer]

    /// What both answer once they have learned more.
    let answersOfLearners: @Sendable (URL) throws -> (stored: [Answer], expected: [Answer])

    /// Whether the model in a file equals the one that was never in a file; true where models cannot be compared.
    let isEqual: @Sendable (URL) throws -> Bool

    /// The bits of numbers, or an error's text.
    enum Answer: Equatable, Sendable {
        case numbers([UInt64])
        case refused(String)
    }

    /// - Parameters:
    ///   - questions: each of them asks a copy of the model for numbers, in a time that its file's size limits.
    ///   - learns: teaches the model.
    init<Model: Storable>(
        named name: String? = nil, _ model: Model, _ questions: (@Sendable (inout Model) throws -> [Double])...,
        learns: @escaping @Sendable (inout Model) throws -> Void = { _ in }
    ) {
        testDescription = name ?? Model.storedTypeName
        @Sendable func ask(_ model: Model) -> [Answer] {
            questions.map { question in
                var copy = model
                do { return .numbers(try question(&copy).map(\.bitPattern)) } catch { return .refused("\(error)") }
            }
        }
        @Sendable func teach(_ model: Model) throws -> [Answer] {
            var copy = model
            try learns(&copy)
            return ask(copy)
        }
        answersOfLearners = { (try teach(Model(contentsOf: $0)), try teach(model)) }
        save = { try model.save(to: $0) }
        copy = { try Model(contentsOf: $0).save(to: $1) }
        answers = { ask(try Model(contentsOf: $0)) }
        expected = { ask(model) }
        isEqual = { url in
            func equal<Subject: Equatable>(_ first: Subject, _ second: Any) -> Bool { first == second as? Subject }
            guard let model = model as? any Equatable else { return true }
            return equal(model, try Model(contentsOf: url))
        }
    }

    /// A transformer that has been fitted to `x`, and is asked what it makes of `probe`.
    static func fitted<Model: Transformer & Storable>(
        named name: String? = nil, _ untrained: Model, to x: Matrix<Double> = SmallTables.positive,
        probe: Matrix<Double> = SmallTables.probe
    ) throws -> StoredSubject {
        var model = untrained
        try model.fit(x)
        return StoredSubject(
            named: name, model, { try $0.transform(probe).elements },
            { try $0.transform(probe.map { Float($0) }).elements.map(Double.init) },
            { model in
                guard let model = model as? any InvertibleTransformer else { return [] }
                return try model.inverseTransform(model.transform(probe)).elements
            },
            learns: { try $0.fit(x.selectingRows(Array(0..<x.rows - 1))) })
    }

    /// A transformer that has not been fitted.
    static func unfitted<Model: Transformer & Storable>(_ model: Model) -> StoredSubject {
        StoredSubject(
            named: "\(Model.storedTypeName), not fitted", model, { try $0.transform(SmallTables.probe).elements })
    }
}

/// A folder for the files of one test, gone with it.
final class ScratchFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "model-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func file(_ name: String = "model.safetensors") -> URL { url.appending(path: name) }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }
}
