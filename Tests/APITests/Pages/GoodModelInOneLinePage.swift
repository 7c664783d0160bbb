// The examples of Documentation/GoodModelInOneLine.md, word for word.

import Tables
import TabularNetworks
import Testing

@Suite struct GoodModelInOneLinePage {
    /// A table of people, with a gap.
    private static func people() throws -> Table {
        try Table([
            "age": .numbers((0..<60).map { $0 == 3 ? .nan : Double(20 + $0 % 41) }),
            "trade": .strings((0..<60).map { ["smith", "clerk", nil][$0 % 3] }),
            "income": .strings((0..<60).map { $0 % 41 > 20 ? "high" : "low" }),
        ])
    }

    @Test func classes() throws {
        let people = try Self.people()
        let newPeople = try people.droppingColumns(["income"])

        var model = TabularMLPClassifier<String>(randomState: 0)
        try model.fit(people.droppingColumns(["income"]), people.labels("income"))
        let probabilities = try model.predictProba(newPeople)

        #expect(probabilities.rows == 60 && model.networkCount == 5 && model.classes == ["high", "low"])
        #expect(try model.score(newPeople, people.labels("income")) > 0.9)
    }

    @Test func constants() throws {
        let people = try Self.people()
        let (x, y) = (try people.selectingColumns(["trade"]), try people.numbers("age").map { $0.isNaN ? 30 : $0 })

        var settings = TabularSettings.strong
        settings.hiddenLayerSizes = [512, 512]
        settings.dropout = 0.3
        var wide = TabularMLPRegressor(settings, nEnsemble: 8, randomState: 0)
        try wide.fit(x, y)

        #expect(wide.networkCount == 8 && wide.dropout == 0.3 && wide.settings.epochs(rows: x.rowCount) == 128)
    }

    @Test func pytabkit() throws {
        let plain = TabularMLPClassifier<Int>(.realMLP, randomState: 0)

        #expect(plain.nEnsemble == 1 && plain.maxIter == 256 && plain.labelSmoothing == 0.1)
    }
}
