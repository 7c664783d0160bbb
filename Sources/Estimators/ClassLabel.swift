public import LinearAlgebra

/// A type whose values are names of classes: `Int`, `String`, `Bool`, or a type of your own.
///
/// A type that is `Comparable` or has a comparable raw value needs nothing but the conformance:
///
/// ```swift
/// enum Species: String, ClassLabel { case setosa, versicolor, virginica }
/// ```
public protocol ClassLabel: ClassificationTarget, Codable where Label == Self {}

extension ClassLabel where Self: Comparable {
    /// Ascending order.
    public static func precedes(_ first: Self, _ second: Self) -> Bool { first < second }
}

extension ClassLabel where Self: RawRepresentable, RawValue: Comparable {
    /// Ascending order of the raw values.
    public static func precedes(_ first: Self, _ second: Self) -> Bool { first.rawValue < second.rawValue }
}

extension ClassLabel where Self: Comparable & RawRepresentable, RawValue: Comparable {
    /// Ascending order.
    public static func precedes(_ first: Self, _ second: Self) -> Bool { first < second }
}

extension Int: ClassLabel {}

extension String: ClassLabel {
    /// The order of the Unicode scalars, which is NumPy's.
    public static func precedes(_ first: String, _ second: String) -> Bool {
        first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars)
    }
}

extension Bool: ClassLabel {
    /// `false` before `true`.
    public static func precedes(_ first: Bool, _ second: Bool) -> Bool { !first && second }
}

// MARK: - Coding

extension ClassLabel {
    /// `false`: a label is one class.
    public static var isMultilabel: Bool { false }

    /// The distinct labels in ascending order.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)`` if `targets` is empty.
    public static func classes(in targets: [Self], argument: String) throws -> [Self] {
        try Check.notEmpty(targets.count, argument: argument)
        return Set(targets).sorted(by: precedes)
    }

    /// One column for one or two classes, else one column per class.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)`` for a label that is not in `classes`.
    @_specialize(where Self == Int, Scalar == Double)
    @_specialize(where Self == Int, Scalar == Float)
    @_specialize(where Self == String, Scalar == Double)
    @_specialize(where Self == String, Scalar == Float)
    public static func encode<Scalar: MatrixScalar>(
        _ targets: [Self], classes: [Self], argument: String
    ) throws -> Matrix<Scalar> {
        let number = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
        let columns = classes.count > 2 ? classes.count : 1
        var encoded = Matrix<Scalar>(rows: targets.count, columns: columns, repeating: 0)
        try encoded.withUnsafeMutableElements { encoded in
            for (sample, target) in targets.enumerated() {
                let position = number[target] ?? -1
                try Check.require(
                    position >= 0, argument,
                    "must contain known classes only (\(listed(classes))), but \(argument)[\(sample)] is \(target)")
                if columns > 1 {
                    encoded[sample &* columns &+ position] = 1
                } else if position == 1 {
                    encoded[sample] = 1
                }
            }
        }
        return encoded
    }

    /// The second class if the only column is above one half; with several columns, the class of the greatest value.
    @inlinable
    @_specialize(where Self == Int, Scalar == Double)
    @_specialize(where Self == Int, Scalar == Float)
    @_specialize(where Self == String, Scalar == Double)
    @_specialize(where Self == String, Scalar == Float)
    public static func decode<Scalar: MatrixScalar>(_ probabilities: Matrix<Scalar>, classes: [Self]) -> [Self] {
        let columns = probabilities.columns
        return probabilities.elements.withUnsafeBufferPointer { values in
            (0..<probabilities.rows).map { sample in
                if columns == 1 {
                    return classes[values[sample] > 0.5 && classes.count > 1 ? 1 : 0]
                }
                // Without branches, which no processor could predict.
                var (best, greatest) = (0, values[sample &* columns])
                for column in 1..<columns {
                    let value = values[sample &* columns &+ column]
                    let isGreater = value > greatest
                    best = isGreater ? column : best
                    greatest = isGreater ? value : greatest
                }
                return classes[best]
            }
        }
    }
}

/// The values as a text; of more than ten, the first five and the last three.
package func listed<Value>(_ values: [Value]) -> String {
    let texts = values.map { "\($0)" }
    return (texts.count <= 10 ? texts : texts.prefix(5) + ["…"] + texts.suffix(3)).joined(separator: ", ")
}
