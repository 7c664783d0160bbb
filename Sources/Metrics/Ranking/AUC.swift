import Estimators

/// The area under a curve through points, by trapezoids.
///
/// ```swift
/// try auc([0, 0.5, 1], [0, 0.8, 1])   // 0.65
/// ```
///
/// - Parameters:
///   - x: the positions of the points, which never decrease or never increase.
///   - y: one height per position.
/// - Throws: `EstimatorError.invalidInput` for fewer than two points, numbers that differ or are not finite, and
///   positions that go up and down.
/// - Complexity: O(n).
public func auc(_ x: [Double], _ y: [Double]) throws -> Double {
    try Check.sameCount(y.count, argument: "y", as: x.count, of: "x")
    try Check.finite(x, argument: "x")
    try Check.finite(y, argument: "y")
    try Check.require(x.count > 1, "x", "must have at least two points, but has \(x.count)")
    let steps = zip(x.dropFirst(), x).map { $0 - $1 }
    let falls = steps.contains { $0 < 0 }
    try Check.require(
        !falls || steps.allSatisfy { $0 <= 0 }, "x", "must never decrease or never increase, but goes up and down")
    let area = zip(steps, zip(y.dropFirst(), y)).reduce(0) { $0 + $1.0 * ($1.1.0 + $1.1.1) / 2 }
    return falls ? -area : area
}
