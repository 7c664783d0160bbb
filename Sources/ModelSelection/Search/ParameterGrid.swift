import Estimators

/// One parameter and its values in a grid.
///
/// ```swift
/// ParameterAxis<MLPClassifier<Int, Double>>(\.activation, [.relu, .tanh])
/// ```
public struct ParameterAxis<Root: Sendable>: Sendable {
    /// The parameter's name.
    public let name: String

    let assignments: [ParameterSet<Root>.Assignment]

    /// The number of values.
    public var count: Int { assignments.count }

    /// Creates an axis with values of the parameter at `path`.
    ///
    /// - Parameters:
    ///   - path: the key path of the parameter: `\.alpha`, or in a pipeline `\.last.alpha`.
    ///   - values: the values, at least one.
    ///   - name: the name in results; nil for the name of the parameter.
    ///   - labels: the names of the values in results, one for each value; nil for their descriptions.
    public init<Value: Sendable>(
        _ path: WritableKeyPath<Root, Value> & Sendable, _ values: [Value], name: String? = nil, labels: [String]? = nil
    ) {
        let name = name ?? parameterName(of: path)
        self.name = name
        self.assignments = values.enumerated().map { index, value in
            let label = labels.flatMap { index < $0.count ? $0[index] : nil }
            return ParameterSet.Assignment(name: name, path: path, value: value, label: label)
        }
    }
}

/// All combinations of the values of some parameters. The value of the last axis changes fastest.
public struct ParameterGrid<Root: Sendable>: Sendable, RandomAccessCollection {
    private let grids: [[ParameterAxis<Root>]]
    private let counts: [Int]

    /// The combinations of one grid.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for an axis without values, and for more combinations than fit in an
    ///   `Int`.
    public init(_ axes: [ParameterAxis<Root>]) throws { try self.init([axes]) }

    /// The combinations of several grids, one after the other.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for an axis without values, and for more combinations than fit in an
    ///   `Int`.
    public init(_ grids: [[ParameterAxis<Root>]]) throws {
        self.grids = grids
        self.counts = try grids.map { axes in
            try axes.reduce(1) { product, axis in
                try Check.require(
                    axis.count > 0, parameter: "paramGrid", "an axis \(axis.name) without values",
                    allowed: "at least one value per axis")
                let (next, overflow) = product.multipliedReportingOverflow(by: axis.count)
                try Check.require(
                    !overflow && next < Int.max / (2 * Swift.max(grids.count, 1)), parameter: "paramGrid",
                    "a grid too large to count", allowed: "fewer combinations than Int.max")
                return next
            }
        }
    }

    /// 0.
    public var startIndex: Int { 0 }

    /// The number of combinations.
    public var endIndex: Int { counts.reduce(0, +) }

    /// The combination with the given number.
    ///
    /// - Complexity: O(axes).
    public subscript(position: Int) -> ParameterSet<Root> {
        precondition(
            indices.contains(position), "ParameterGrid: \(position) is out of range for \(endIndex) candidates")
        var rest = position
        var number = 0
        while rest >= counts[number] {
            rest -= counts[number]
            number += 1
        }
        var assignments: [ParameterSet<Root>.Assignment] = []
        for axis in grids[number].reversed() {
            assignments.append(axis.assignments[rest % axis.count])
            rest /= axis.count
        }
        return ParameterSet(assignments: assignments.reversed())
    }
}
