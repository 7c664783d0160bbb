import Tables
import Testing

@testable import TabularNetworks

@Suite struct TableEncoderTests {
    private func knots(_ values: [Double], bins: Int) throws -> [Double] {
        let scale = try #require(ScaledNumber(values, clip: 3, bins: bins))
        // Back to the units of the values: x / √(1 + (x / 3)²) is strictly increasing.
        return scale.knots.map { $0 / (1 - $0 * $0 / 9).squareRoot() / scale.factor + scale.center }
    }

    /// Quantiles alone would miss values that are rare.
    @Test func fewValuesAreAKnotEach() throws {
        let values = [Double](repeating: 0, count: 90) + [1, 2, 2, 5]
        for (a, b) in zip(try knots(values, bins: 3), [0.0, 1, 2, 5]) { #expect(abs(a - b) < 1e-9) }
        #expect(try knots(values, bins: 4).count == 4)
        #expect(try knots(values, bins: 2).count == 2)
    }

    @Test func manyValuesHaveKnotsAtQuantiles() throws {
        let found = try knots((0...100).map(Double.init), bins: 4)
        for (a, b) in zip(found, [0.0, 25, 50, 75, 100]) { #expect(abs(a - b) < 1e-9) }
    }

    /// A rare category is an unknown one.
    @Test func rareCategoriesAreUnknown() throws {
        var settings = TabularSettings.strong
        (settings.oneHotAtMost, settings.leastCategoryCount) = (2, 3)
        let values = (0..<30).map { $0 < 28 ? "c\($0 % 4)" : "rare" }
        let encoder = try TableEncoder(Table(["a": .strings(values)]), settings: settings)
        #expect(encoder.columns == [.embedded(["c0", "c1", "c2", "c3"], marksGaps: false)])
        let encoded: EncodedTable<Float> = try encoder.encode(Table(["a": .strings(["rare", "c2", "new"])]))
        #expect(encoded.codes == [0, 3, 0])
        // Names and the like say nothing, except where they are missing.
        let names: [String?] = (0..<30).map { "name \($0)" }
        #expect(
            try TableEncoder(Table(["a": .strings(names)]), settings: settings).columns == [.ignored(kind: .strings)])
        let gaps = try TableEncoder(Table(["a": .strings(names + [nil, nil])]), settings: settings)
        let marked: EncodedTable<Float> = try gaps.encode(Table(["a": .strings([nil, "name 0", "new"])]))
        #expect(gaps.shape.indicators == 2 && gaps.shape.categories.isEmpty)
        #expect(marked.indicators[1] > 0 && marked.indicators[3] <= 0 && marked.indicators[5] <= 0)
    }
}
