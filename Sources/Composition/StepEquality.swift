extension ColumnTransformer.Step: Equatable {
    /// Returns whether both are the same kind of step and have equal transformers. A transformer that is not
    /// `Equatable`, such as one that contains a function, is not equal to any other.
    package static func == (first: ColumnTransformer.Step, second: ColumnTransformer.Step) -> Bool {
        switch (first, second) {
        case (.passthrough, .passthrough): true
        case (.numeric(let first), .numeric(let second)): areEqual(first, second)
        case (.categorical(let first), .categorical(let second)): areEqual(first, second)
        default: false
        }
    }
}

private func areEqual(_ first: Any, _ second: Any) -> Bool {
    func equals<Value: Equatable>(_ first: Value) -> Bool { first == second as? Value }
    return (first as? any Equatable).map { equals($0) } ?? false
}
