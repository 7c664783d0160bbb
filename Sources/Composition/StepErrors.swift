import Estimators
import LinearAlgebra

// A step rejects its features as `x`. After other steps, these are not the caller's.

/// Returns what `step` does with `features`, which earlier steps have made of `x`.
///
/// - Throws: what `step` throws. If it rejects features that are not already wrong in `x`, the error says who made them.
func passing<Scalar: MatrixScalar, Result>(
    _ features: Matrix<Scalar>, madeOf x: Matrix<Scalar>, by maker: Any.Type, to taker: Any.Type,
    _ step: (Matrix<Scalar>) throws -> Result
) throws -> Result {
    do {
        return try step(features)
    } catch EstimatorError.invalidInput(argument: "x", let problem) where !features.hasFault(of: x) {
        throw EstimatorError.invalidInput(
            argument: "x, as \(lastStep(of: maker)) makes it for \(firstStep(of: taker)),", problem: problem)
    }
}

extension Matrix where Scalar: MatrixScalar {
    /// Whether the first value that is not finite stands in the same place of `x`.
    fileprivate func hasFault(of x: Matrix) -> Bool {
        guard rows == x.rows, columns == x.columns, let bad = elements.firstIndex(where: { !$0.isFinite }) else {
            return false
        }
        return !x.elements[bad].isFinite
    }
}

/// A transformer of several steps.
private protocol Steps {
    static var firstStep: Any.Type { get }
    static var lastStep: Any.Type { get }
}

extension Chain: Steps {
    fileprivate static var firstStep: Any.Type { First.self }
    fileprivate static var lastStep: Any.Type { Second.self }
}

private func firstStep(of type: Any.Type) -> String {
    (type as? any Steps.Type).map { firstStep(of: $0.firstStep) } ?? "\(type)"
}

private func lastStep(of type: Any.Type) -> String {
    (type as? any Steps.Type).map { lastStep(of: $0.lastStep) } ?? "\(type)"
}
