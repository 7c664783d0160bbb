import Foundation
import Testing

/// Files as people have them, of each kind that was once read wrongly: right, or one sentence with a remedy.
@Suite struct OddFileTests {
    /// A file, and what must become of it.
    private struct OddFile {
        var bytes: Data
        var target = "y"
        var options: [String] = []
        /// What columns are taken for: `a: numbers`.
        var types: [String] = []
        /// A part of what is said; of the error where the file is refused.
        var says: String?
        var isRefused = false

        /// A file that a model is trained on.
        init(_ text: String, _ types: String..., says: String? = nil, target: String = "y", options: [String] = []) {
            self.init(Data(text.utf8), types, says: says, target: target, options: options)
        }

        init(_ bytes: Data, _ types: [String], says: String? = nil, target: String = "y", options: [String] = []) {
            (self.bytes, self.types, self.says) = (bytes, types, says)
            (self.target, self.options) = (target, options)
        }

        /// A file that is refused.
        init(_ bytes: Data, refused sentence: String, target: String = "y", options: [String] = []) {
            (self.bytes, self.says, self.isRefused) = (bytes, sentence, true)
            (self.target, self.options) = (target, options)
        }

        init(_ text: String, refused sentence: String, target: String = "y", options: [String] = []) {
            self.init(Data(text.utf8), refused: sentence, target: target, options: options)
        }
    }

    /// A value of `a` in each of 48 rows, beside a category and a target of two classes.
    private static func a(_ header: String = "a,c,y", separator: String = ",", _ value: (Int) -> String) -> String {
        let rows = (0..<48).map { row in
            [value(row), ["red", "green", "blue"][row % 3], row * 7 % 16 < 8 ? "yes" : "no"].joined(
                separator: separator)
        }
        return ([header] + rows).joined(separator: "\n") + "\n"
    }

    /// A target in each of 48 rows.
    private static func y(_ value: (Int) -> String) -> String {
        "a,y\n" + (0..<48).map { "\($0 * 5 % 31),\(value($0))\n" }.joined()
    }

    private static let plain = a { "\($0 * 5 % 31).5" }

    private static let files: [String: OddFile] = {
        var files: [String: OddFile] = [
            // How the file is written.
            "lone carriage returns": .init(plain.replacingOccurrences(of: "\n", with: "\r"), "a: numbers"),
            "mixed line ends": .init(plain.replacingOccurrences(of: "5,red\n", with: "5,red\r\n"), "a: numbers"),
            "no line end": .init(String(plain.dropLast()), "a: numbers"),
            "line ends in a header": .init(a("\"a\nkg\",c,y") { "\($0 % 31)" }, "a kg: numbers"),
            "doubled quotes": .init(a { "\"the \"\"\($0 % 4)\"\" one\"" }, "a: strings"),
            "inches": .init(a { "\($0 % 4)\" pipe" }, "a: strings"),
            "sep=": .init("sep=;\n" + a("a;c;y", separator: ";") { "\($0 % 31)" }, "a: numbers"),
            "blanks around names": .init(a(" a ,c , y") { "\($0 % 31)" }, "a: numbers"),
            "empty name": .init(a(",c,y") { "\($0 * 5 % 31)" }, "x0: numbers"),
            "index of pandas": .init(a(",c,y") { "\($0)" }, says: "x0  numbers  48 values    left out: it numbers"),
            "names of other alphabets": .init(a("色,c,🎯") { "\($0 % 31)" }, "色: numbers", target: "🎯"),
            "emoji of several scalars": .init(a { ["👩‍👩‍👧", "é", "e\u{301}"][$0 % 3] }, "a: strings"),
            "no header": .init(String(plain.dropFirst(6)), "x0: numbers", target: "x2", options: ["--no-header"]),
            "comments": .init("# by hand\n" + plain, "a: numbers", options: ["--comment", "#"]),
            "repeated header": .init(plain + plain, says: "say --missing 'a'"),
            "blank lines": .init(plain.replacingOccurrences(of: "\n", with: "\n\n"), "a: numbers"),
            // How numbers are written.
            "accounting": .init(
                a { $0 % 3 == 0 ? "(\($0).50)" : "\($0).50" }, says: "such as \"(0.50)\": say --accounting"),
            "accounting, told": .init(
                a { $0 % 3 == 0 ? "($\($0).50)" : "\($0).50-" }, "a: numbers", options: ["--accounting"]),
            "typographic minus": .init(a { "−\($0 % 31)" }, says: "say --accounting"),
            "percent": .init(a { "\($0 % 31).5%" }, "a: numbers", says: "Numbers with % are read as numbers"),
            "dollars": .init(a { "\"$\(1 + $0 % 31),500.25\"" }, "a: numbers", says: "Numbers with $ are read"),
            "apostrophes": .init(a { "\(1 + $0 % 31)'500" }, says: "say --thousands \"'\""),
            "exponents": .init(a { "\($0 % 31)e-3" }, "a: numbers"),
            "hexadecimal": .init(a { "0x\($0 % 5)" }, "a: strings"),
            "leading zeros": .init(a { "0050\($0 % 5)" }, "a: strings"),
            "long identifiers": .init(a { "90071992547409931\($0 % 5)" }, "a: strings"),
            "one unknown number": .init(
                a { $0 == 9 ? "<0.5" : "\($0 % 31).5" }, says: "but \"<0.5\" is none: say --missing"),
            "errors of a spreadsheet": .init(
                a { $0 % 5 == 0 ? "#DIV/0!" : "\($0 % 31)" }, "a: numbers", says: "Missing in a"),
            "infinite": .init(
                a { $0 == 3 ? "inf" : "\($0 % 31)" }, refused: "a must hold finite numbers, but is infinite in row 4"),
            "beyond all numbers": .init(a { $0 == 3 ? "1e400" : "\($0 % 31)" }, refused: "infinite in row 4"),
            "huge": .init(a { $0 == 3 ? "1e308" : "\($0 % 31)" }, refused: "in row 4: say --missing 1e+308"),
            "huge, told": .init(
                a { $0 == 3 ? "1e308" : "\($0 % 31)" }, "a: numbers", options: ["--missing", "1e+308"]),
            "tiny": .init(a { "\($0 % 31)e-320" }, "a: numbers"),
            // Dates and the like.
            "dates": .init(a { "\(1 + $0 % 28).\(1 + $0 % 12).2024" }, "a: dates"),
            "dates of two orders": .init(
                a { "0\(1 + $0 % 9)/0\(1 + $0 % 7)/2024" }, says: "--type 'a=date(dd/MM/yyyy)' or"),
            "times": .init(a { "\($0 % 24):30" }, "a: dates"),
            "a date that is none": .init(
                a { $0 == 7 ? "2024-02-30" : "2024-0\(1 + $0 % 9)-\(10 + $0 % 18)" },
                says: "\"2024-02-30\" is none: say"),
            // Columns that say nothing, or too much.
            "only gaps": .init(a { _ in "" }, says: "all values are missing"),
            "constant": .init(a { _ in "7" }, says: "all values are the same"),
            "JSON in cells": .init(a { "\"{\"\"k\"\": \($0 % 3)}\"" }, "a: strings"),
            "HTML": .init(a("<b>a</b>,c,y") { ["<script>", "</table>"][$0 % 2] }, "<b>a</b>: strings"),
            // Targets.
            "two numbers": .init(y { "\($0 % 2)" }, says: "y  numbers   2 values    target, classes"),
            "three hundred classes": .init(
                "a,y\n" + (0..<900).map { "\($0 % 31),k\($0 % 300)\n" }.joined(),
                refused: "300 different values in 900 rows"),
            "one row of a class": .init(y { $0 == 5 ? "rare" : ["yes", "no"][$0 % 2] }, says: "target, classes"),
            "labels with blanks": .init(
                y { ["yes", "no", "yes "][$0 % 3] },
                says: "y, where \"yes\" and \"yes \" differ in capitals or blanks only"),
            "labels with capitals": .init(y { ["yes", "no", "YES"][$0 % 3] }, says: "\"YES\" and \"yes\" differ"),
            "a target with commas": .init(
                y { "\"\($0 * 3),5\"" }, refused: "its values are numbers such as \"0,5\": say --decimal ','"),
            "a target of percents": .init(y { "\($0 % 31).5%" }, says: "target, numbers"),
            "a target with a word": .init(y { $0 == 9 ? "unknown" : "\($0 * 3).5" }, says: "Missing in y: unknown"),
            "a huge target": .init(y { "\($0 + 1)e306" }, refused: "from -1e150 to 1e150"),
            "a tiny target": .init(y { "\($0 + 1)e-310" }, says: "target, numbers"),
            "a target of dates": .init(
                y { "2024-01-\(10 + $0 % 18)" + ($0 % 2 == 0 ? "" : " 12:\(10 + $0)") }, refused: "they are dates"),
            // Too little.
            "one row": .init("a,y\n1,yes\n", refused: "at least 2 are needed"),
            "header alone": .init("a,c,y", refused: "has no rows"),
            "line ends alone": .init("\n\n", refused: "there is nothing in it"),
            "one column": .init("y\nyes\nno\nyes\n", refused: "no column is left to learn from"),
            "gaps as target": .init(y { _ in "" }, refused: "has a value in 0 rows"),
            // Broken.
            "a row that is short": .init(
                plain + "1,red\n",
                refused: "table.csv, line 50, column 3: the line has 2 values, but line 1 has 3: the place"),
            "a row that is long": .init(plain + "1,red,yes,\n", refused: "line 50, column 4: the line has 4 values"),
            "a quote that stays open": .init(plain + "1,\"red,yes\n", refused: "never closed"),
            "two columns of a name": .init(
                a("a,a,y") { "\($0)" }, refused: "the name \"a\" is already that of column 1"),
            "lines before the names": .init(
                "Report,,\nAll shops,,\n" + plain, refused: "row 3 of the file has this text"),
            "columns of fixed width": .init("a       y\n1       2\n", refused: "say --separator whitespace"),
            "a line of units": .init(
                plain.replacingOccurrences(of: "a,c,y\n", with: "a,c,y\nkg,,\n"),
                says: "but \"kg\" is none: say --missing"),
            "comments, not told": .init("# by hand\n" + plain, refused: "say --comment '#'"),
            "Latin-1": .init(
                Data("gr\u{F6}\u{DF}e,y\n1,2\n".unicodeScalars.map { UInt8($0.value) }), refused: "say --encoding"),
            "a zipped file": .init(Data([0x1F, 0x8B, 8, 0]), refused: "gunzip"),
            "a workbook": .init(Data([0x50, 0x4B, 3, 4]), refused: "save its sheet as CSV"),
            "a Parquet file": .init(
                Data(Array("PAR1".utf8) + [0, 1]), refused: "it is a Parquet file: write it as CSV first"),
            "JSON": .init("[{\"a\": 1}]", refused: "it is JSON, and no CSV file: write it as CSV first"),
            "a page": .init("<!doctype html>\n<table>", refused: "it is HTML"),
        ]
        for (name, separator) in [("semicolons", ";"), ("tabs", "\t"), ("bars", "|")] {
            files[name] = .init(a("a\(separator)c\(separator)y", separator: separator) { "\($0 % 31)" }, "a: numbers")
        }
        return files
    }()

    @Test(arguments: files.keys.sorted()) func isRightOrSaysWhatToDo(_ name: String) throws {
        let file = try #require(Self.files[name])
        let program = try Program()
        try file.bytes.write(to: program.folder.appending(path: "table.csv"))
        let run = try program.run(
            ["train", "table.csv", "-t", file.target, "-o", "m.mlp"] + brief + file.options)
        guard !file.isRefused else {
            let last = run.errors.split(separator: "\n").last ?? ""
            #expect(run.status == 1 && last.hasPrefix("mlp: ") && last.hasSuffix("."), "\(run.errors)")
            #expect(last.contains(file.says ?? ""), "\(last)")
            #expect(try program.files == ["people.csv", "table.csv"])
            return
        }
        #expect(run.status == 0, "\(run.errors)")
        if let sentence = file.says { #expect(run.errors.contains(sentence), "\(run.errors)") }
        for type in file.types {
            let parts = type.components(separatedBy: ": ")
            let line = run.errors.split(separator: "\n").first { $0.hasPrefix("  \(parts[0]) ") }
            #expect(line?.contains(" \(parts[1]) ") == true, "\(type): \(run.errors)")
            #expect(line?.contains("left out") == false, "\(type): \(run.errors)")
        }
        let rows = try program.run(["look", "table.csv", "--json"] + file.options).output
        let count = try #require(rows.firstMatch(of: /"rows" : (\d+)/)?.1)
        let predicted = try program.run("predict", "m.mlp", "table.csv", "--json")
        #expect(predicted.output.split(separator: "\n").count == Int(count), "\(predicted.errors)")
        #expect(!predicted.output.contains("nan") && !predicted.output.contains("inf") && predicted.errors.isEmpty)
        let scores = try program.run("evaluate", "m.mlp", "table.csv", "--json")
        #expect(scores.status == 0 && scores.output.contains("\"scores\""), "\(scores.errors)")
    }

    @Test func whatIsNoFileIsSaid() throws {
        let program = try Program()
        let path = program.folder.appending(path: "pipe.csv").path
        #expect(mkfifo(path, 0o600) == 0)
        for (file, sentence) in [
            (".", "it is a folder"), ("none.csv", "No such file"), ("pipe.csv", "it is not a regular file"),
        ] {
            let run = try program.run(["train", file, "-t", "y", "-o", "m.mlp"])
            #expect(run.status == 1 && run.errors.contains(sentence), "\(run.errors)")
        }
        for output in ["none/m.mlp", "."] {
            let run = try program.run(["train", "people.csv", "-t", "income", "-o", output])
            #expect(run.status == 1 && run.errors.contains(output), "\(run.errors)")
            let report = try program.run(["train", "people.csv", "-t", "income", "-o", "m.mlp", "--report", output])
            #expect(report.status == 1 && report.errors.contains(output), "\(report.errors)")
        }
        #expect(try program.files == ["people.csv", "pipe.csv"])
    }

    /// Networks for raw tables take any number; the others say which row has one that is too large.
    @Test func hugeNumbersArePredictedOrNamed() throws {
        let program = try Program()
        let huge = Self.a { "\($0 % 31 - 15)e307" }
        try program.write(huge, to: "huge.csv")
        try program.write(Self.plain, to: "plain.csv")
        let small = ["--set", "maxIter=2", "--set", "nEnsemble=2", "--set", "hiddenLayerSizes=8,", "-q"]
        #expect(try program.run(["train", "huge.csv", "-t", "y", "-o", "t.mlp"] + small).status == 0)
        for command in [["predict", "--proba"], ["evaluate"], ["explain", "--json"], ["explain"]] {
            let run = try program.run([command[0], "t.mlp", "huge.csv"] + command.dropFirst())
            #expect(run.status == 0 && !run.output.contains(/\b(nan|inf)\b/), "\(command): \(run.output) \(run.errors)")
        }
        for command in [
            ["show", "t.mlp"], ["show", "t.mlp", "--json"], ["look", "huge.csv"], ["look", "huge.csv", "--json"],
        ] {
            let run = try program.run(command)
            #expect(run.status == 0 && !run.output.contains(/\b(nan|inf)\b/), "\(command): \(run.output)")
        }
        #expect(try program.run(["train", "plain.csv", "-t", "y", "-o", "m.mlp", "-q"] + brief).status == 0)
        let row = Self.plain.split(separator: "\n").count
        try program.write(Self.plain + "-1e308,red,no\n", to: "huge.csv")
        let finite = try program.run("predict", "m.mlp", "huge.csv", "--proba")
        #expect(finite.status == 1 || !finite.output.contains(/\b(nan|inf)\b/), "\(finite.output)")
        try program.write(Self.plain + "-inf,red,no\n", to: "one.csv")
        for command in [["predict"], ["predict", "--batch", "7"], ["evaluate"], ["explain"]] {
            let run = try program.run([command[0], "m.mlp", "one.csv"] + command.dropFirst())
            #expect(run.status == 1 && run.errors.contains("one.csv, row \(row): "), "\(command): \(run.errors)")
            #expect(run.errors.contains("look at \"a\", which is -inf"), "\(run.errors)")
        }
    }
}
