package import Estimators

extension KeyedDecodingContainer {
    /// Different classes in ascending order.
    ///
    /// - Throws: `DecodingError` for classes that repeat or are out of order.
    package func decodeAscending<Label: ClassLabel>(forKey key: Key) throws -> [Label] {
        let classes = try decode([Label].self, forKey: key)
        try require(
            zip(classes, classes.dropFirst()).allSatisfy { Label.precedes($0, $1) }, key,
            "must be different classes in ascending order")
        return classes
    }
}
