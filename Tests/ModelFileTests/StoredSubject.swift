import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import Testing

/// A model to store, with everything that tests do with it.
struct StoredSubject: Sendable, CustomTestStringConvertible {
    let testDescription: String

    /// Writes the model to a file.
    let save: @Sendable (URL) throws -> Void

    /// Reads a model of the same type and writes it again.
    let copy: @Sendable (_ from: URL, _ to: URL) throws -> Void

    /// The answers of the model in a file to all questions; an error is an answer too.
    let answers: @Sendable (URL) throws -> [Answer]

    /// The answers of the original model.
    let expected: @Sendable () -> [Answer]

    /// The answers of both models after further training.
    let answersOfLearners: @Sendable (URL) throws -> (stored: [Answer], expected: [Answer])

    /// Whether the model in a file equals the original; true if models of the type cannot be compared.
    let isEqual: @Sendable (URL) throws -> Bool

    /// The bits of numbers, or an error's text.
    enum Answer: Equatable, Sendable {
        case numbers([UInt64])
        case refused(String)
    }

    /// - Parameters:
    ///   - questions: each computes numbers with a copy of the model, in a time limited by the size of its file.
    ///   - learns: trains the model further.
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

    /// A transformer that is fitted to `x` and transforms `probe`.
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

/// A folder for the files of one test, removed at its end.
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
