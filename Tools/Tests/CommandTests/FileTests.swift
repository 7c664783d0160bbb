import Foundation
import Testing

/// Files as people have them: right, or an error with line and remedy.
@Suite struct FileTests {
    /// The example's people in other spellings.
    static let spellings: [(name: String, change: @Sendable (String) -> Data)] = [
        ("semicolons", { Data($0.replacingOccurrences(of: ",", with: ";").utf8) }),
        ("tabs", { Data($0.replacingOccurrences(of: ",", with: "\t").utf8) }),
        ("byte order mark", { Data([0xEF, 0xBB, 0xBF]) + Data($0.utf8) }),
        ("CRLF", { Data($0.replacingOccurrences(of: "\n", with: "\r\n").utf8) }),
        ("gaps by name", { Data($0.replacingOccurrences(of: ",,", with: ",NA,").utf8) }),
        ("UTF-16", { $0.data(using: .utf16) ?? Data() }),
        ("blank lines at the end", { Data(($0 + "\n\n").utf8) }),
    ]

    @Test(arguments: 0..<7) func spellingsDoNotMatter(_ index: Int) throws {
        let program = try Program()
        let text = try program.read("people.csv")
        let (name, change) = Self.spellings[index]
        try change(text).write(to: program.folder.appending(path: "other.csv"))
        let arguments = ["train", "-t", "income", "-q"] + brief
        #expect(try program.run(arguments + ["people.csv", "-o", "a.mlp"]).status == 0)
        let run = try program.run(arguments + ["other.csv", "-o", "b.mlp"])
        #expect(run.status == 0, "\(name): \(run.errors)")
        let one = try program.run("predict", "a.mlp", "people.csv", "--proba").output
        #expect(try program.run("predict", "b.mlp", "other.csv", "--proba").output == one, "\(name)")
    }

    @Test func oddColumnsAreLeftOutAndNamed() throws {
        let program = try Program()
        let lines = try program.read("people.csv").split(separator: "\n").map(String.init)
        let rows = lines.enumerated().map { row, line in
            row == 0
                ? "id,\(line),born,same,\"note\nof it\""
                : "\(row),\(line),\(1950 + row % 50)-\(1 + row % 12)-\(1 + row % 28),1,\"text \(row)\nmore\""
        }
        try program.write(rows.joined(separator: "\n"), to: "odd.csv")
        let run = try program.run(["train", "odd.csv", "-t", "income", "-o", "p.mlp"] + brief)
        #expect(run.status == 0, "\(run.errors)")
        for finding in [
            "it numbers the rows", "all values are the same", "an identifier or free text",
        ] {
            #expect(run.errors.contains(finding), "\(finding)")
        }
        #expect(run.errors.contains(/born +dates/), "\(run.errors)")
        let kept = try program.run(["train", "odd.csv", "-t", "income", "-o", "q.mlp", "--type", "id=numbers"] + brief)
        #expect(try program.run("show", "q.mlp").output.contains("id "), "\(kept.errors)")
    }

    @Test func gapsInTheTargetAreLeftOut() throws {
        let program = try Program()
        let lines = try program.read("people.csv").split(separator: "\n").map(String.init)
        let rows = lines.enumerated().map { row, line in
            row % 7 == 3
                ? line.replacingOccurrences(of: ",high", with: ",").replacingOccurrences(of: ",low", with: ",") : line
        }
        try program.write(rows.joined(separator: "\n"), to: "gaps.csv")
        let run = try program.run(["train", "gaps.csv", "-t", "income", "-o", "p.mlp"] + brief)
        #expect(run.status == 0)
        #expect(run.errors.contains("rows without a value of income are left out"))
    }

    @Test func fiveHundredColumns() throws {
        let program = try Program()
        let header = (0..<500).map { "c\($0)" }.joined(separator: ",") + ",y"
        let rows = (0..<60).map { row in
            (0..<500).map { "\(Double((row * 31 + $0 * 17) % 97) / 97)" }.joined(separator: ",")
                + ",\(Double(row % 13) + 0.5)"
        }
        try program.write(([header] + rows).joined(separator: "\n"), to: "wide.csv")
        let run = try program.run(["train", "wide.csv", "-t", "y", "-o", "w.mlp", "-q"] + brief)
        #expect(run.status == 0, "\(run.errors)")
        let predicted = try program.run("predict", "w.mlp", "wide.csv").output
        #expect(predicted.split(separator: "\n").count == 61)
    }

    private static func rows(_ header: String, _ row: (Int) -> String) -> String {
        ([header] + (0..<60).map(row)).joined(separator: "\n") + "\n"
    }

    @Test func signsOfPercentAndMoneyAreRead() throws {
        let program = try Program()
        let text = Self.rows("rate,price,y") {
            "\($0 % 20)%,\"$\(1 + $0 % 9),\(100 + $0).50\",\($0 % 20 > 9 ? "a" : "b")"
        }
        try program.write(text, to: "money.csv")
        let run = try program.run(["train", "money.csv", "-t", "y", "-o", "m.mlp"] + brief)
        #expect(
            run.status == 0 && run.errors.contains("rate   numbers") && run.errors.contains("price  numbers"),
            "\(run.errors)")
        #expect(run.errors.contains("Numbers with %, $ are read as numbers"))
        #expect(try program.run("show", "m.mlp").output.contains("0 … 0.19"))
        let predicted = try program.run("predict", "m.mlp", "-", input: "price,rate\n$5,12 %\n1100.5,0.3\n")
        #expect(predicted.status == 0 && predicted.output.split(separator: "\n").count == 3, "\(predicted.errors)")
        #expect(try program.run("look", "money.csv").output.contains("price   numbers"))
        let swift = try program.run("train", "money.csv", "-t", "y", "--swift").output
        #expect(swift.contains(#"thousands: ",", currency: ["$"], percent: true"#), "\(swift)")
    }

    /// Files of which a part is left out with a sentence that says how to keep it.
    static let hints: [(file: String, sentence: String, remedy: [String])] = [
        (
            rows("g;y") { "\($0 % 30),5;\($0 % 2)" }, "its values are numbers such as \"0,5\": say --decimal ','",
            ["--decimal", ","]
        ),
        (
            rows("g;y") { "\(1 + $0 % 9).\(100 + $0),50 €;\($0 % 2)" },
            "say --decimal ',' --thousands '.' --currency '€'",
            ["--decimal", ",", "--thousands", ".", "--currency", "€"]
        ),
        (rows("a,y") { "\"\(1 + $0 % 9),\(100 + $0)\",\($0 % 2)" }, "say --thousands ','", ["--thousands", ","]),
        (
            rows("s,a,y") { "s\($0 % 3),\($0 % 7),\($0 % 2)" } + "Total,180,1\n", "row 61, the last, has Total in s", []
        ),
    ]

    @Test(arguments: 0..<4) func nothingIsLeftOutInSilence(_ index: Int) throws {
        let program = try Program()
        let (file, sentence, remedy) = Self.hints[index]
        try program.write(file, to: "table.csv")
        let run = try program.run(["train", "table.csv", "-t", "y", "-o", "m.mlp"] + brief)
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(try program.run("look", "table.csv", "-t", "y").output.contains(sentence))
        let told = try program.run(["train", "table.csv", "-t", "y", "-o", "m.mlp"] + brief + remedy)
        #expect(told.status == 0 && told.errors.contains("  numbers"), "\(told.errors)")
    }

    @Test func encodingsHaveARemedy() throws {
        let program = try Program()
        let text = Self.rows("größe,y") { "\($0 % 7),\($0 % 2)" }
        for (encoding, name) in [(String.Encoding.isoLatin1, "latin-1"), (.utf16LittleEndian, "utf-16le")] {
            try (text.data(using: encoding) ?? Data()).write(to: program.folder.appending(path: "t.csv"))
            let run = try program.run(["train", "t.csv", "-t", "y", "-o", "m.mlp"] + brief)
            #expect(
                run.status == 1 && run.errors.contains("say --encoding") && run.errors.contains(name), "\(run.errors)")
            let told = try program.run(["train", "t.csv", "-t", "y", "-o", "m.mlp", "--encoding", name] + brief)
            #expect(told.status == 0 && told.errors.contains("größe"), "\(told.errors)")
        }
    }

    /// What is refused, with a part of the sentence.
    static let refusals: [(file: String, arguments: [String], sentence: String)] = [
        ("a,b\n1,2\n3\n", ["-t", "b"], "line 3"),
        ("a,a\n1,2\n", ["-t", "a"], "a"),
        ("a,b\n1,2\n2,2\n", ["-t", "b"], "nothing to learn"),
        ("a,b\n1,x\n", ["-t", "b"], "at least 2"),
        ("a,b\n1,\n2,\n", ["-t", "b"], "at least 2"),
        ("a,b\n1,2\n2,3\n", ["-t", "c"], "it has a, b"),
        ("a,b\n1,2\n2,3\n", ["-t", "B"], "did you mean b"),
        ("a,b\n1,x\n2,y\n", ["-t", "b", "--task", "regression"], "b"),
        ("a,b\n1,2\n1,3\n", ["-t", "b"], "no column is left"),
        ("a,b,w\n1,2,-1\n2,3,1\n", ["-t", "b", "--weights", "w"], "weights of at least 0"),
        ("", ["-t", "b"], "table.csv"),
        ("a,b\n1,2\n2,3\n", ["-t", "b", "--set", "alhpa=1"], "alpha"),
        ("a,b\n1,2\n2,3\n", ["-t", "b", "--set", "alpha=blue"], "value must be one that alpha takes"),
        ("a,b\n1,2\n2,3\n", ["-t", "b", "--encoding", "klingon"], "utf-8"),
        ("a,b\n1,2\n2,3\n", ["-t", "b", "--folds", "9"], "--folds"),
    ]

    @Test(arguments: 0..<15) func refusalsNameTheRemedy(_ index: Int) throws {
        let program = try Program()
        let (file, arguments, sentence) = Self.refusals[index]
        try program.write(file, to: "table.csv")
        let run = try program.run(["train", "table.csv", "-o", "m.mlp"] + arguments + brief)
        #expect(run.status == 1, "\(run.errors)")
        let last = run.errors.split(separator: "\n").last ?? ""
        #expect(last.contains(sentence) && last.hasPrefix("mlp: "), "\(run.errors)")
        #expect(try program.files == ["people.csv", "table.csv"])
    }
}
