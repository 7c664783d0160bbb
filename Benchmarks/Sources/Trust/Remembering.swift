import Estimators
import LinearAlgebra
import Synchronization
import Tables

/// An estimator that is fitted only once to the same targets, so that several corrections with the same folds share their
/// fits.
struct Remembering<Model: Estimator>: Estimator where Model.Features == Table, Model.Target: Hashable {
    typealias Features = Table
    typealias Target = Model.Target

    /// The fitted models by their targets.
    final class Memory: Sendable {
        let models = Mutex<[[Model.Target]: Model]>([:])
    }

    var model: Model
    let memory = Memory()

    init(_ model: Model) { self.model = model }

    mutating func fit(_ x: Table, _ y: [Target], sampleWeight: [Double]?) throws {
        if let known = memory.models.withLock({ $0[y] }) {
            model = known
            return
        }
        try model.fit(x, y, sampleWeight: sampleWeight)
        let fitted = model
        memory.models.withLock { $0[y] = fitted }
    }

    func predict(_ x: Table) throws -> [Target] { try model.predict(x) }

    func score(_ x: Table, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        try model.score(x, y, sampleWeight: sampleWeight)
    }

    static func classNumbers(of y: [Target]) -> [Int]? { Model.classNumbers(of: y) }
}

extension Remembering: ProbabilisticClassifier where Model: ProbabilisticClassifier {
    typealias Scalar = Model.Scalar

    var classes: [Target.Label] { model.classes }

    func predictProba(_ x: Table) throws -> Matrix<Scalar> { try model.predictProba(x) }
}
