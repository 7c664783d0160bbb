import Foundation
import SwiftMLP
import Testing

/// `mlp predict`, `evaluate`, `explain`, `show` and `convert`.
@Suite struct PredictTests {
    private static func trained() throws -> Program {
        let program = try Program()
        let run = try program.run(["train", "people.csv", "-t", "income", "-o", "p.mlp", "-q"] + brief)
        #expect(run.status == 0, "\(run.errors)")
        return program
    }

    @Test func standardInputBatchesAndOrderOfColumnsDoNotMatter() throws {
        let program = try Self.trained()
        let all = try program.run("predict", "p.mlp", "people.csv", "--proba").output
        let text = try program.read("people.csv")
        #expect(try program.run("predict", "p.mlp", "-", "--proba", input: text).output == all)
        #expect(try program.run("predict", "p.mlp", "people.csv", "--proba", "--batch", "7").output == all)
        let turned = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).reversed().joined(separator: ",")
        }
        try program.write(turned.joined(separator: "\n"), to: "turned.csv")
        #expect(try program.run("predict", "p.mlp", "turned.csv", "--proba").output == all)
        try program.run("predict", "p.mlp", "people.csv", "--proba", "-o", "out.csv")
        #expect(try program.read("out.csv") == all)
    }

    @Test func jsonHasTheSameNumbers() throws {
        let program = try Self.trained()
        let table = try readCSV(text: program.run("predict", "p.mlp", "people.csv", "--proba", "--id", "age").output)
        let lines = try program.run("predict", "p.mlp", "people.csv", "--proba", "--id", "age", "--json").output
        #expect(try Table(json: lines).numbers("p_low") == table.numbers("p_low"))
        #expect(table.columnNames == ["age", "prediction", "p_high", "p_low"])
    }

    @Test func intervalsCoverTheirFraction() throws {
        let program = try Program()
        var rows = "a,y\n"
        var state: UInt64 = 7
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return Double(state >> 11) / Double(1 << 53)
        }
        for _ in 0..<3000 {
            let a = next()
            rows += "\(a),\(2 * a + next() - next())\n"
        }
        try program.write(rows, to: "noise.csv")
        let train = try program.run(
            "train", "noise.csv", "-t", "y", "-o", "n.mlp", "-q", "--model", "mlp", "--set", "maxIter=30")
        #expect(train.status == 0, "\(train.errors)")
        let table = try readCSV(text: program.run("predict", "n.mlp", "noise.csv", "--interval", "0.9").output)
        let y = try readCSV(program.folder.appending(path: "noise.csv")).numbers("y")
        let (low, high) = (try table.numbers("low"), try table.numbers("high"))
        let covered = y.indices.count { low[$0] <= y[$0] && y[$0] <= high[$0] }
        #expect((0.87...0.93).contains(Double(covered) / 3000))
    }

    @Test func failuresLeaveNoFile() throws {
        let program = try Self.trained()
        let lines = try program.read("people.csv").split(separator: "\n").map(String.init)
        try program.write((lines[..<400] + ["1,2"] + lines[400...]).joined(separator: "\n"), to: "bad.csv")
        let run = try program.run("predict", "p.mlp", "bad.csv", "-o", "out.csv", "--batch", "50")
        #expect(run.status == 1)
        #expect(run.errors.contains("line 401"))
        #expect(try program.files == ["bad.csv", "p.mlp", "people.csv"])
        let missing = try program.run("predict", "p.mlp", "-", input: "age,hours\n1,2\n")
        #expect(missing.errors.contains("schooling") && missing.errors.contains("trade"))
        let word = try program.run("predict", "p.mlp", "-", input: "age,schooling,hours,trade,region\n1,x,2,a,b\n")
        #expect(word.errors.contains("line 2, column 2") && word.status == 1)
    }

    @Test func unknownCategoriesAndGapsArePredicted() throws {
        let program = try Self.trained()
        let run = try program.run("predict", "p.mlp", "-", input: "age,schooling,hours,trade,region\n,,,astronaut,\n")
        #expect(run.status == 0 && run.output.split(separator: "\n").count == 2)
    }

    @Test func evaluateScoresLikeTheLibrary() throws {
        let program = try Self.trained()
        let model = try TablePipeline<MLPClassifier<String, Double>>(
            contentsOf: program.folder.appending(path: "p.mlp"))
        let people = try readCSV(Program.people)
        let accuracy = try model.score(people, people.labels("income"), sampleWeight: nil)
        let run = try program.run("evaluate", "p.mlp", "people.csv", "--json", "--report", "r.html")
        #expect(run.output.contains("\"value\" : \(accuracy)"))
        #expect(try program.read("r.html").contains("</html>"))
        let text = try program.run("evaluate", "p.mlp", "people.csv").output
        for part in ["precision", "Confusion", "Calibration"] { #expect(text.contains(part)) }
    }

    @Test func explainShowAndConvert() throws {
        let program = try Self.trained()
        let text = try program.run("explain", "p.mlp", "people.csv", "--repeats", "2", "--wrong", "3").output
        for part in ["Importance", "Dependence", "most wrong", "schooling"] { #expect(text.contains(part)) }
        let shown = try program.run("show", "p.mlp").output
        for part in ["income: classification", "high, low", "600 rows", "schooling", "accuracy"] {
            #expect(shown.contains(part))
        }
        #expect(try program.run("convert", "p.mlp", "-o", "p.onnx").status == 0)
        #expect(try program.run("convert", "p.mlp", "-o", "p.safetensors").status == 0)
        #expect(try program.run("show", "p.safetensors").output == shown)
        #expect(try program.run("convert", "p.mlp", "-o", "p.xyz").status == 2)
    }

    @Test func lookFindsWhatIsSuspicious() throws {
        let program = try Program()
        let lines = try program.read("people.csv").split(separator: "\n").map(String.init)
        let rows = lines.enumerated().map { row, line in
            row == 0 ? "id,\(line),leak" : "\(row),\(line),\(line.hasSuffix("high") ? "A" : "B")"
        }
        try program.write((rows + [rows[5]]).joined(separator: "\n"), to: "s.csv")
        let run = try program.run("look", "s.csv", "-t", "income", "--report", "l.html")
        #expect(run.output.contains("leak: each of its values comes with one value of income"))
        #expect(run.output.contains("1 rows occur more than once"))
        #expect(try program.read("l.html").contains("<svg"))
        #expect(try Table(json: "[]").rowCount == 0)
    }
}
