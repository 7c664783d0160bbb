import Foundation
import Testing

/// Columns of dates, from the file to the prediction.
@Suite struct DateTests {
    /// Sales that are high on weekends, on the days from 2023-01-01 on.
    private static func sales(
        _ count: Int = 400, from first: Int = 0, isFirstHalf: Bool = false,
        spelled spell: (_ y: Int, _ m: Int, _ d: Int) -> String
    ) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
        var rows = ["sold,shop,amount"]
        for day in first..<first + count {
            let date = Date(timeIntervalSince1970: 1_672_531_200 + Double(day) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            guard let y = parts.year, let m = parts.month, let d = parts.day, !isFirstHalf || d <= 12 else { continue }
            let isWeekend = [1, 7].contains(parts.weekday)
            rows.append("\(spell(y, m, d)),\(["a", "b"][day % 2]),\(isWeekend ? 100 + day % 3 : 10 + day % 5)")
        }
        return rows.joined(separator: "\n")
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func iso(_ y: Int, _ m: Int, _ d: Int) -> String { "\(y)-\(padded(m))-\(padded(d))" }

    private static let small = [
        "--model", "mlp", "--task", "regression", "--set", "solver=lbfgs", "--set", "hiddenLayerSizes=8,",
    ]

    private static func trained(_ text: String, _ options: [String] = []) throws -> (Program, Run) {
        let program = try Program()
        try program.write(text, to: "sales.csv")
        return (program, try program.run(["train", "sales.csv", "-t", "amount", "-o", "s.mlp"] + small + options))
    }

    @Test(
        arguments: [
            iso, { "\($0)/\($1)/\($2)" }, { "\(padded($2)).\(padded($1)).\($0)" },
            { "\(padded($1))/\(padded($2))/\($0)" },
            { "\(padded($2))/\(padded($1))/\($0)" }, { "\(iso($0, $1, $2))T08:00:00Z" },
            { "\($0)\(padded($1))\(padded($2))" },
        ] as [@Sendable (Int, Int, Int) -> String])
    func everySpellingGivesTheSameModel(_ spell: @Sendable (Int, Int, Int) -> String) throws {
        let (program, run) = try Self.trained(Self.sales(spelled: spell))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("sold    dates") && run.output.contains("Important columns: sold"))
        let shown = try program.run("show", "s.mlp").output
        #expect(shown.contains("dates") && shown.contains("2023-01-01") && shown.contains("2024-02-04"), "\(shown)")
        // Days that it has not seen, written as those that it has.
        try program.write(Self.sales(60, from: 400, spelled: spell), to: "later.csv")
        let scores = try program.run("evaluate", "s.mlp", "later.csv", "--json").output
        let r2 = try #require(scores.split(separator: "\n").first { $0.contains("\"value\"") })
        let digits = String(r2.filter { "0123456789.-".contains($0) })
        #expect(try #require(Double(digits)) > 0.9, "\(scores)")
    }

    @Test func badDatesHaveAPlaceAndGapsAreGaps() throws {
        let (program, run) = try Self.trained(Self.sales(spelled: Self.iso))
        #expect(run.status == 0, "\(run.errors)")
        let gap = try program.run("predict", "s.mlp", "-", "--id", "sold", input: "shop,sold\na,\nb,2024-05-05\n")
        #expect(gap.status == 0 && gap.output.contains("\n2024-05-05,"), "\(gap.errors)")
        let bad = try program.run("predict", "s.mlp", "-", input: "shop,sold\na,2024-05-05\nb,05.13.2024\n")
        #expect(bad.status == 1)
        #expect(bad.errors.contains("line 3, column 2: the value \"05.13.2024\" is not a date"), "\(bad.errors)")
        let explained = try program.run("explain", "s.mlp", "sales.csv", "--repeats", "1", "--json").output
        #expect(explained.contains("\"2023-"))
        let converted = try program.run("convert", "s.mlp", "-o", "s.onnx")
        #expect(converted.errors.contains("sold is a number in the graph: the days since 1970-01-01"))
        let looked = try program.run("look", "sales.csv", "-t", "amount").output
        #expect(looked.contains("dates") && looked.contains("2024-02-04"))
        let swift = try program.run(["train", "sales.csv", "-t", "amount", "--swift"] + Self.small)
        #expect(swift.output.contains(#"dateColumns: ["sold": .yearMonthDay]"#), "\(swift.output)")
        #expect(swift.output.contains("CalendarFeatures()"))
        let tabular = try program.run("train", "sales.csv", "-t", "amount", "--swift")
        #expect(tabular.output.contains(#"dateColumns: ["sold"])"#), "\(tabular.output)")
    }

    /// Dates whose days are all at most 12 are not guessed.
    @Test func ambiguousDatesNeedAWord() throws {
        let text = Self.sales(isFirstHalf: true) { "\(Self.padded($1))/\(Self.padded($2))/\($0)" }
        let (program, run) = try Self.trained(text)
        #expect(run.status == 0)
        #expect(
            run.errors.contains("say --type 'sold=date(dd/MM/yyyy)' or --type 'sold=date(MM/dd/yyyy)'"), "\(run.errors)"
        )
        #expect(try !program.run("show", "s.mlp").output.contains("sold"))
        let told = try program.run(
            ["train", "sales.csv", "-t", "amount", "-o", "t.mlp", "--type", "sold=date(MM/dd/yyyy)"] + Self.small)
        #expect(told.status == 0 && told.errors.contains("dates"), "\(told.errors)")
        #expect(try program.run("show", "t.mlp").output.contains("2023-01-01"))
        let untold = try program.run(
            ["train", "sales.csv", "-t", "amount", "-o", "u.mlp", "--type", "sold=date"] + Self.small)
        #expect(untold.status == 1 && untold.errors.contains("do not tell day from month"))
        let ordered = try program.run(
            ["train", "sales.csv", "-t", "amount", "-o", "u.mlp", "--ordered", "sold"] + Self.small)
        #expect(ordered.status == 1 && ordered.errors.contains("sold cannot order the rows"))
        #expect(
            try program.run("train", "sales.csv", "-t", "amount", "-o", "u", "--type", "sold=date(yyyy)").status == 2)
    }

    @Test func aColumnWithOneThatIsNoDateIsNotLeftOutInSilence() throws {
        let text = Self.sales(spelled: Self.iso).replacingOccurrences(of: "2023-03-05", with: "soon")
        let (program, run) = try Self.trained(text)
        #expect(
            run.errors.contains("its values are dates, but \"soon\" is none: say --missing 'soon'"),
            "\(run.errors)")
        let told = try program.run(
            ["train", "sales.csv", "-t", "amount", "-o", "t.mlp", "--type", "sold=date"] + Self.small)
        #expect(told.status == 1 && told.errors.contains("line 65, column 1: the value \"soon\" is not a date"))
        let missing = try program.run(
            ["train", "sales.csv", "-t", "amount", "-o", "t.mlp", "--missing", "soon"] + Self.small)
        #expect(missing.status == 0 && missing.errors.contains("1 missing"), "\(missing.errors)")
    }

    /// The order of time is not that of the letters.
    @Test func datesOrderTheRows() throws {
        let text = Self.sales(100) { "\(Self.padded($2)).\(Self.padded($1)).\($0)" }
        let lines = text.split(separator: "\n").map(String.init)
        let (program, run) = try Self.trained(text, ["--ordered", "sold", "--holdout", "0.2"])
        #expect(run.status == 0, "\(run.errors)")
        try program.write(([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n"), to: "sales.csv")
        let turned = try program.run(
            ["train", "sales.csv", "-t", "amount", "-o", "t.mlp", "--ordered", "sold", "--holdout", "0.2"] + Self.small)
        #expect(turned.output == run.output)
    }
}
