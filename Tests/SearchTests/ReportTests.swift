import Composition
import Estimators
import Foundation
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import Preprocessing
import Tables
import TestSupport
import Testing

@Suite struct ReportTests {
    private func found() throws -> CVResults<Probe> {
        var search = GridSearchCV(
            Probe(), paramGrid: [.init(\.level, [-10.5, 2]), .init(\.note, ["a,b", "say \"x\"", "plain"])], cv: 3)
        try search.fit(Probe.x, Probe.y)
        return search.cvResults
    }

    @Test func tablesAreAligned() throws {
        let lines = try found().description.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(Set(lines.map(\.count)).count == 1)
        #expect(lines[0].hasPrefix("level  note     meanTestScore  stdTestScore  rankTestScore  meanFitTime"))
        #expect(lines[1].hasPrefix("-10.5  a,b         -10.500000      0.000000              4  "))
        #expect(lines[5].hasPrefix("2.0    say \"x\"       2.000000      0.000000              1  "))
    }

    @Test func valuesWithCommasAndQuotesAreQuoted() throws {
        let lines = try found().csv.split(separator: "\n")
        #expect(lines.count == 7)
        #expect(
            lines[0] == "level,note,meanTestScore,stdTestScore,rankTestScore,split0TestScore,split1TestScore,"
                + "split2TestScore,meanFitTime,meanScoreTime")
        #expect(lines[1].hasPrefix("-10.5,\"a,b\",-10.5,0.0,4,-10.5,-10.5,-10.5,"))
        #expect(lines[2].hasPrefix("-10.5,\"say \"\"x\"\"\",-10.5,"))
    }

    @Test func tablesNameEveryScorerAndSide() throws {
        let double = Scorer<Probe>("twice") { model, _, _ in 2 * model.level }
        var search = GridSearchCV(
            Probe(), paramGrid: [.init(\.level, [.infinity, .nan])], scoring: [.score, double], refit: "twice", cv: 2,
            returnTrainScore: true)
        try search.fit(Probe.x, Probe.y)
        let header = search.cvResults.csv.prefix { $0 != "\n" }.split(separator: ",")
        for name in ["meanTestTwice", "rankTestScore", "stdTrainTwice", "split1TrainScore"] {
            #expect(header.contains { $0 == name }, "\(name)")
        }
        #expect(search.cvResults.description.contains("nan"))
    }

    /// What one part of the package writes, another reads: numbers as numbers, also those of other parameters.
    @Test func ourTableReadsWhatWeWrite() throws {
        let scores = Scorer<Probe>("odd") { model, x, _ in
            model.level == 1 ? .nan : model.level == 2 ? .infinity : model.level == 3 ? -.infinity : model.level
        }
        var search = GridSearchCV(
            Probe(), paramGrid: [.init(\.level, [1.25e-7, 1, 2, 3]), .init(\.note, ["a,b", "say \"x\""])],
            scoring: [.score, scores], refit: "score", cv: 2, returnTrainScore: true)
        try search.fit(Probe.x, Probe.y)
        let results = search.cvResults
        try withFolder { folder in
            let file = folder.appendingPathComponent("cvResults.csv")
            try results.csv.write(to: file, atomically: true, encoding: .utf8)
            let table = try readCSV(file)
            #expect(table.rowCount == 8)
            for name in table.columnNames where name != "note" {
                #expect(try table.numbers(name).count == 8, "\(name)")
            }
            #expect(try table.numbers("level") == [1.25e-7, 1.25e-7, 1, 1, 2, 2, 3, 3])
            #expect(try table.numbers("meanTestScore") == results.meanTestScore)
            let odd = try table.numbers("split1TestOdd")
            #expect(odd[0] == 1.25e-7 && odd[2].isNaN && odd[4] == .infinity && odd[6] == -.infinity)
        }
    }

    @Test func numbersOfTablesHaveSixDigitsAndAnExponent() throws {
        var search = GridSearchCV(
            Probe(), paramGrid: [.init(\.level, [1.23456789e-7, 0.1, 1234567.25, 2e-12])], cv: 2)
        try search.fit(Probe.x, Probe.y)
        let lines = search.cvResults.description.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines.dropFirst().map { $0[0] } == ["1.23457e-07", "0.1", "1.23457e+06", "2e-12"])
        #expect(lines.dropFirst().map { $0[1] } == ["1.23e-07", "0.100000", "1234567.250000", "2.00e-12"])
        // All digits for programs.
        #expect(search.cvResults.params[0].values == ["1.23456789e-07"])
        #expect(search.cvResults.csv.contains("\n1.23456789e-07,1.23456789e-07,"))
    }

    // MARK: Names

    private typealias Classifier = MLPClassifier<Int, Double>

    @Test func parametersHaveTheNamesThatTheyAreWrittenWith() {
        #expect(ParameterAxis<Classifier>(\.activation, [.relu]).name == "activation")
        #expect(ParameterAxis<Classifier>(\.hiddenLayerSizes, [[5]]).name == "hiddenLayerSizes")
        #expect(ParameterAxis<MLPRegressor<Double, Double>>(\.loss, [.poisson]).name == "loss")
        typealias Scaled = Pipeline<Chain<StandardScaler, StandardScaler>, Classifier>
        #expect(ParameterAxis<Scaled>(\.last.alpha, [1]).name == "last.alpha")
        #expect(ParameterAxis<Scaled>(\.transformer.second.withStd, [true]).name == "transformer.second.withStd")
        typealias Transformed = TransformedTargetRegressor<
            Pipeline<StandardScaler, MLPRegressor<Double, Double>>, StandardScaler
        >
        #expect(ParameterAxis<Transformed>(\.regressor.last.alpha, [1]).name == "regressor.last.alpha")
        #expect(ParameterAxis<Transformed>(\.transformer.withMean, [true]).name == "transformer.withMean")
        #expect(ParameterAxis<GridSearchCV<Classifier>>(\.estimator.tol, [1]).name == "estimator.tol")
        #expect(ParameterAxis<Probe>(\.level, [1]).name == "level")
        #expect(ParameterAxis<Classifier>(\.alpha, [1], name: "decay").name == "decay")
    }

    @Test func bestParametersAreReadByKeyPath() throws {
        var search = GridSearchCV(
            Pipeline(StandardScaler(), classifier(maxIter: 2)),
            paramGrid: [.init(\.last.alpha, [0.5]), .init(\.last.activation, [.tanh])], cv: 2)
        try search.fit(Iris.x(), Iris.classes())
        let best = try #require(search.bestParams)
        #expect(best[\.last.alpha] == 0.5)
        #expect(best[\.last.activation] == .tanh)
        #expect(best[\.last.tol] == nil)
        #expect(best["last.alpha"] == "0.5")
        #expect("\(best)" == "{last.alpha: 0.5, last.activation: tanh}")
        #expect(search.bestEstimator?.last.alpha == 0.5)
        #expect(search.estimator.last.alpha == 0.0001)
    }

    /// Four names for one type, which prints as the name that was written.
    @Test func searchesPrintTheirNames() {
        let grid = GridSearchCV(Probe(), paramGrid: [.init(\.level, [1])])
        let random = RandomizedSearchCV(Probe(), paramDistributions: [.init(\.level, .uniform(0, 1))], nIter: 3)
        let halvingGrid = HalvingGridSearchCV(Probe(), paramGrid: [.init(\.level, [1]), .init(\.note, ["a"])])
        let halvingRandom = HalvingRandomSearchCV(Probe(), paramDistributions: [.init(\.level, .uniform(0, 1))])
        for (search, name) in [
            ("\(grid)", "GridSearchCV"), ("\(random)", "RandomizedSearchCV"), ("\(halvingGrid)", "HalvingGridSearchCV"),
            ("\(halvingRandom)", "HalvingRandomSearchCV"),
        ] {
            #expect(search.hasPrefix("\(name)(Probe("))
        }
        #expect("\(halvingGrid)".hasSuffix(", paramGrid: [level: [1.0], note: [\"a\"]])"))
        #expect("\(halvingRandom)".hasSuffix(", paramDistributions: [level])"))
    }

    @Test func allParametersAreProperties() {
        var grid = GridSearchCV(Probe(), paramGrid: [.init(\.level, [1])])
        grid.furtherGrids = [[.init(\.level, [2, 3])]]
        grid.paramGrid.append(.init(\.note, ["a", "b"]))
        grid.settings.cv = 3
        #expect(grid.paramGrid.map(\.name) == ["level", "note"] && grid.furtherGrids[0][0].count == 2)
        #expect(grid.cv as? Int == 3 && grid.settings.verbose == grid.verbose)

        var random = RandomizedSearchCV(Probe(), paramDistributions: [.init(\.level, .uniform(0, 1))])
        #expect(random.nIter == 10 && random.randomState == nil)
        (random.nIter, random.randomState) = (4, 7)
        #expect(random.nIter == 4 && random.randomState == 7 && random.paramDistributions.map(\.name) == ["level"])

        var halving = HalvingRandomSearchCV(Probe(), paramDistributions: [.init(\.level, .uniform(0, 1))])
        #expect(halving.nCandidates == .exhaust && halving.halving.minResources == .smallest)
        (halving.factor, halving.halving.randomState, halving.nCandidates) = (2, 1, 5)
        #expect(halving.halving.factor == 2 && halving.randomState == 1 && halving.nCandidates == 5)
    }

    // MARK: Progress

    #if compiler(>=6.2)
        @Test func progressGoesToStandardErrorOnly() async throws {
            let result = await #expect(
                processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
            ) {
                var search = search(over: [0, 1], nJobs: 2)
                search.verbose = true
                try search.fit(Probe.x, Probe.y)
            }
            let errors = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
            let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
            #expect(errors.contains("[1/2] {level: 0.0}: 0.0\n"))
            #expect(errors.contains("[2/2] {level: 1.0}: 1.0\n"))
            #expect(!output.contains("level"))
        }
    #endif
}
