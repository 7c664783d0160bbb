import Estimators
import LinearAlgebra
import ModelSelection
import Synchronization

/// An estimator whose parameters determine its score and its behavior in `fit`.
struct Probe: MatrixEstimator {
    typealias Scalar = Double

    var level = 0.0
    var onFit: @Sendable (_ level: Double) throws -> Void = { _ in }

    mutating func fit(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws { try onFit(level) }

    func predict(_ x: Matrix<Double>) throws -> [Double] { Array(repeating: level, count: x.rows) }

    /// Depends on the samples, so that splits differ.
    func score(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws -> Double {
        level + y.reduce(0, +) / 7
    }

    /// Twelve samples whose feature is their index.
    static let x = Matrix(rows: 12, columns: 1, elements: (0..<12).map(Double.init))
    static let y = (0..<12).map(Double.init)

    /// A search in three splits.
    static func search(
        over levels: [Double] = [0, 1, 2, 3], in store: SearchStore?,
        onFit: @escaping @Sendable (Double) throws -> Void = { _ in }
    ) -> GridSearchCV<Probe> {
        GridSearchCV(Probe(onFit: onFit), paramGrid: [.init(\.level, levels)], cv: 3, store: store)
    }
}

extension ParameterSearch where Source == GridCandidates<Probe> {
    /// Searches with the samples of ``Probe``.
    mutating func fit() throws { try fit(Probe.x, Probe.y, sampleWeight: nil) }
}

/// A counter for several threads.
final class Counter: Sendable {
    private let state = Mutex(0)

    var count: Int { state.withLock { $0 } }

    /// The count with one more.
    @discardableResult func add() -> Int {
        state.withLock { count in
            count += 1
            return count
        }
    }
}

struct Trouble: Error {}

/// The scores as bits.
func bits(_ results: CVResults<Probe>) -> [[UInt64]] { results.splitTestScores.map { $0.map(\.bitPattern) } }
