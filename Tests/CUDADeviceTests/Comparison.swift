import Testing

/// A change of settings, with a name.
struct Variant<Settings>: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let change: @Sendable (inout Settings) -> Void

    init(_ name: String, _ change: @escaping @Sendable (inout Settings) -> Void) {
        (testDescription, self.change) = (name, change)
    }

    /// Returns the settings with the change.
    func of(_ settings: Settings) -> Settings {
        var changed = settings
        change(&changed)
        return changed
    }
}

/// Expects equal counts and numbers that differ by at most `tolerance`, relative to numbers above 1.
func expectClose(
    _ values: [Double], _ expected: [Double], _ name: String, tolerance: Double, sourceLocation: SourceLocation
) {
    // NaN makes the comparison fail.
    let worst = zip(values, expected).map { abs($0 - $1) / max(1, abs($1)) }.max { $1.isNaN || $0 < $1 } ?? 0
    #expect(
        values.count == expected.count && worst < tolerance, "\(name) differ by \(worst)",
        sourceLocation: sourceLocation)
}
