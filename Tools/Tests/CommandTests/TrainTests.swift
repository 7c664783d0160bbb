import Foundation
import SwiftMLP
import Testing

/// `mlp train` and `mlp tune`: the model is the library's, and survives a kill.
@Suite struct TrainTests {
    @Test func theModelIsTheLibrarysBitForBit() throws {
        let program = try Program()
        let run = try program.run(["train", "people.csv", "-t", "income", "-o", "p.mlp", "-q"] + brief)
        #expect(run.status == 0, "\(run.errors)")
        let people = try readCSV(Program.people)
        let x = try people.droppingColumns(["income"])
        let columns = ColumnTransformer([
            .numeric(["age", "schooling", "hours"], SimpleImputer(strategy: .median), StandardScaler()),
            .categorical(["trade", "region"], OneHotEncoder(handleUnknown: .ignore)),
        ])
        var pipeline = TablePipeline(
            columns, MLPClassifier<String, Double>(hiddenLayerSizes: [8], maxIter: 5, randomState: 0))
        pipeline.last.verbose = .silent
        try pipeline.fit(x, people.labels("income"))
        let loaded = try TablePipeline<MLPClassifier<String, Double>>(
            contentsOf: program.folder.appending(path: "p.mlp"))
        #expect(loaded.last.coefs == pipeline.last.coefs)
        let predicted = try program.run("predict", "p.mlp", "people.csv", "--proba")
        let table = try readCSV(text: predicted.output)
        let probabilities = try pipeline.predictProba(x)
        #expect(try table.numbers("p_high") == probabilities.column(0))
        #expect(try table.labels("prediction") == pipeline.predict(x))
    }

    @Test func theDefaultIsTheNetworkForTables() throws {
        let program = try Program()
        let run = try program.run(
            "train", "people.csv", "-t", "age", "-o", "age.mlp", "-q", "--set", "maxIter=2", "--set", "nEnsemble=2",
            "--set", "hiddenLayerSizes=16,", "--seed", "3")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("root mean squared error"))
        let people = try readCSV(Program.people)
        let ages = try people.numbers("age")
        let rows = ages.indices.filter { !ages[$0].isNaN }
        let known = people.selectingRows(rows)
        var settings = TabularSettings.strong
        (settings.maxIter, settings.nEnsemble, settings.hiddenLayerSizes) = (2, 2, [16])
        var model = TabularMLPRegressor<Double>(settings)
        (model.randomState, model.verbose) = (3, .silent)
        try model.fit(known.droppingColumns(["age"]), known.numbers("age"))
        let predicted = try readCSV(text: program.run("predict", "age.mlp", "people.csv").output)
        #expect(try predicted.numbers("prediction") == model.predict(people.droppingColumns(["age"])))
    }

    @Test(arguments: [["--folds", "3"], ["--holdout", "0"], ["--group", "region"], ["--ordered", "hours"]])
    func splitsFollowTheOptions(_ options: [String]) throws {
        let program = try Program()
        if options[0] == "--ordered" {
            let rows = try program.read("people.csv").split(separator: "\n")
            let known = rows.filter { !$0.split(separator: ",", omittingEmptySubsequences: false)[2].isEmpty }
            try program.write(known.joined(separator: "\n"), to: "people.csv")
        }
        let run = try program.run(["train", "people.csv", "-t", "income", "-o", "p.mlp"] + brief + options)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.isEmpty == (options == ["--holdout", "0"]))
        #expect(try program.files == ["p.mlp", "people.csv"])
    }

    @Test(arguments: [["train"], ["tune", "--candidates", "3"]])
    func aKilledRunResumesWithTheSameBits(_ command: [String]) throws {
        let program = try Program()
        let options =
            ["people.csv", "-t", "income", "-q", "--set", "maxIter=60", "--set", "hiddenLayerSizes=32,32"]
            + ["--set", "nEnsemble=2"]
        let start = Date()
        let whole = try program.run(command + options + ["-o", "whole.mlp"])
        let seconds = Date().timeIntervalSince(start)
        #expect(whole.status == 0, "\(whole.errors)")
        var kills = 0
        for round in 0..<20 {
            let resume = round == 0 ? [] : ["--resume"]
            let (process, _, _) = try program.process(command + options + ["-o", "killed.mlp"] + resume)
            Thread.sleep(forTimeInterval: seconds * (0.2 + 0.1 * Double(round)))
            guard process.isRunning else { break }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            kills += 1
        }
        #expect(kills > 0)
        let last = try program.run(command + options + ["-o", "killed.mlp", "--resume"])
        #expect(last.status == 0, "\(last.errors)")
        let (one, other) = (
            try program.run("predict", "whole.mlp", "people.csv", "--proba"),
            try program.run("predict", "killed.mlp", "people.csv", "--proba")
        )
        #expect(one.output == other.output && !one.output.isEmpty)
        #expect(try program.files.filter { $0.contains("part") || $0.contains("journal") } == [])
    }

    /// Its part has no note that says with which data it ended.
    @Test(arguments: [[], ["--model", "mlp"]]) func aRunKilledAtItsEndIsMadeAgain(_ model: [String]) throws {
        let program = try Program()
        let options = ["people.csv", "-t", "income", "-q", "--holdout", "0"] + model + (model.isEmpty ? brief : [])
        try program.run(["train"] + options + ["-o", "p.mlp"])
        try FileManager.default.copyItem(
            at: program.folder.appending(path: "p.mlp"), to: program.folder.appending(path: "q.mlp.part1"))
        let run = try program.run(["train"] + options + ["-o", "q.mlp", "--resume"])
        #expect(run.status == 0, "\(run.errors)")
        let outputs = try ["p.mlp", "q.mlp"].map { try program.run("predict", $0, "people.csv", "--proba").output }
        #expect(outputs[0] == outputs[1] && !outputs[0].isEmpty)
        #expect(try program.files.filter { $0.contains("part") } == [])
    }

    @Test func aRunOfOtherOptionsIsNotResumed() throws {
        let program = try Program()
        // A part of a finished training, as a killed run leaves it.
        try program.run(["train", "people.csv", "-t", "income", "-o", "p.mlp", "-q", "--holdout", "0"] + brief)
        try FileManager.default.copyItem(
            at: program.folder.appending(path: "p.mlp"), to: program.folder.appending(path: "q.mlp.part1"))
        let run = try program.run(
            ["train", "people.csv", "-t", "income", "-o", "q.mlp", "-q", "--resume", "--holdout", "0", "--seed", "9"]
                + brief)
        #expect(run.status == 1)
        #expect(!program.exists("q.mlp"))
    }

    @Test func theSwiftProgramHasTheSameModel() throws {
        let program = try Program()
        let run = try program.run(["train", "people.csv", "-t", "income", "--swift"] + brief)
        #expect(run.status == 0)
        #expect(run.output.contains("import SwiftMLP"))
        let one = try program.run(
            "train", "people.csv", "-t", "income", "--swift", "--model", "mlp", "--set", "max_iter=5", "--set",
            "hidden_layer_sizes=8")
        #expect(one.output == run.output)
        #expect(run.output.contains("MLPClassifier(hiddenLayerSizes: [8], maxIter: 5, randomState: 0)"))
        #expect(run.output.contains(#"table.labels("income")"#))
        #expect(try program.files == ["people.csv"])
    }
}
