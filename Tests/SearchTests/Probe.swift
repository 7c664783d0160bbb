import Estimators
import LinearAlgebra
import ModelSelection
import Synchronization

/// An estimator whose parameters determine its score and its behavior in `fit`.
struct Probe: MatrixEstimator {
    typealias Scalar = Double

    var level = 0.0
    var note = ""
    var remark = ""
    var labels: Set<Int> = []
    var object: SelfReferring?
    var onFit: @Sendable (_ level: Double, _ x: Matrix<Double>) throws -> Void = { _, _ in }

    mutating func fit(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws { try onFit(level, x) }

    func predict(_ x: Matrix<Double>) throws -> [Double] { Array(repeating: level, count: x.rows) }

    func score(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws -> Double { level }

    /// Twelve samples whose feature is their index.
    static let x = Matrix(rows: 12, columns: 1, elements: (0..<12).map(Double.init))
    static let y = (0..<12).map(Double.init)
}

/// An object with a property that refers to itself; it never changes after initialization.
final class SelfReferring: @unchecked Sendable {
    private weak var reference: SelfReferring?

    init() { reference = self }
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

struct Trouble: Error, CustomStringConvertible {
    var description = "trouble"
}

func search(
    over levels: [Double] = [0, 1, 2], nJobs: Int? = nil, errorScore: ErrorScore = .nan,
    onFit: @escaping @Sendable (Double, Matrix<Double>) throws -> Void = { _, _ in }
) -> GridSearchCV<Probe> {
    GridSearchCV(
        Probe(onFit: onFit), paramGrid: [.init(\.level, levels)], nJobs: nJobs, cv: 3, errorScore: errorScore)
}
