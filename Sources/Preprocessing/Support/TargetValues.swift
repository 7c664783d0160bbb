import Estimators

/// The targets of a supervised transformer, whose type is known only when it is fitted.
package enum TargetValues {
    /// The targets as numbers.
    ///
    /// - Throws: `EstimatorError` for targets that are not numbers, or not finite.
    package static func numbers<Target>(_ y: [Target]) throws -> [Double] {
        let numbers: [Double]? =
            y as? [Double] ?? (y as? [Float]).map { $0.map(Double.init) } ?? (y as? [Int]).map { $0.map(Double.init) }
        guard let numbers else { throw EstimatorError.notSupported("a target of type \(Target.self) as a number") }
        try Check.finite(numbers, argument: "y")
        return numbers
    }

    /// The number of every target's class, in ascending order of the classes.
    ///
    /// - Throws: `EstimatorError.notSupported` for targets that are not classes.
    package static func classes<Target>(_ y: [Target]) throws -> [Int] { try labels(y).numbers }

    /// The classes in ascending order as text, and the number of every target's class.
    ///
    /// - Throws: `EstimatorError.notSupported` for targets that are not classes.
    package static func labels<Target>(_ y: [Target]) throws -> (names: [String], numbers: [Int]) {
        func labels<Label: ClassLabel>(_: Label.Type) -> (names: [String], numbers: [Int])? {
            guard let y = y as? [Label] else { return nil }
            return (Set(y).sorted(by: Label.precedes).map { "\($0)" }, Label.numbers(of: y))
        }
        guard let type = Target.self as? any ClassLabel.Type, let labels = labels(type) else {
            throw EstimatorError.notSupported("a target of type \(Target.self) as a class")
        }
        return labels
    }
}
