extension Pipeline: CustomStringConvertible {
    /// As it is written: `Pipeline(StandardScaler(), MLPClassifier(alpha: 0.01))`.
    public var description: String { written(Self.self, [literal(transformer), literal(last)]) }
}

extension Chain: CustomStringConvertible {
    /// As it is written: `Chain(SimpleImputer(), StandardScaler())`.
    public var description: String { written(Self.self, [literal(first), literal(second)]) }
}
