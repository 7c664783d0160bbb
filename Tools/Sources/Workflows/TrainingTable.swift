import Foundation
public import SwiftMLP

/// The true values of a target.
public enum Truth: Sendable, Equatable {
    /// A class for each row.
    case labels([String])
    /// A number for each row.
    case numbers([Double])

    /// The values of some rows.
    public func selecting(_ rows: [Int]) -> Truth {
        switch self {
        case .labels(let labels): .labels(rows.map { labels[$0] })
        case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
        }
    }

    /// The number of rows.
    public var count: Int {
        switch self {
        case .labels(let labels): labels.count
        case .numbers(let numbers): numbers.count
        }
    }
}

/// What a user says about the columns of a table.
public struct ColumnOptions: Sendable {
    /// The name of the target's column.
    public var target: String
    /// What the target is; nil to guess.
    public var task: ModelCard.Task?
    /// The columns that are left out.
    public var drop: [String] = []
    /// What some columns hold.
    public var types: [String: ColumnType] = [:]
    /// The columns of weights, groups and order.
    public var weights, group, order: String?

    /// Options that name the target only.
    public init(target: String) { self.target = target }
}

/// A table that is ready to learn from: features, target, weights and groups of the same rows.
public struct TrainingTable: Sendable {
    /// The features.
    public let x: Table
    /// The target.
    public let truth: Truth
    /// One weight per row; nil for 1 each.
    public let weights: [Double]?
    /// The group of each row; nil without groups.
    public let groups: [String]?
    /// Whether rows are in an order that splits must keep.
    public let isOrdered: Bool
    /// What each column is taken for.
    public let guesses: [ColumnGuess]
    /// The number of each row in the data, from 1.
    public let rowNumbers: [Int]
    /// The number of rows that were left out because their target is missing.
    public let rowsWithoutTarget: Int
    /// The name of the target.
    public let target: String
    /// What the target is.
    public let task: ModelCard.Task
    /// The features that are dates, as days since 1970-01-01.
    public let dates: [String: DateOrder]
    /// What looks wrong in the rows, as a sentence; nil for nothing.
    public let suspicion: String?
    /// How the file was read, with what was found out.
    public let reading: ReadingOptions

    /// Reads a file and decides what its columns are.
    ///
    /// - Throws: `TableError` for a file that cannot be read; `WorkflowError` for columns that do not exist, or a target
    ///   from which nothing can be learned.
    public init(_ path: String, _ options: ColumnOptions, reading: ReadingOptions = ReadingOptions()) throws {
        let names = try reading.table(path, nRows: 0).columnNames
        for name in [options.target] + [options.weights, options.group, options.order].compactMap(\.self) + options.drop
            + options.types.keys.sorted()
        {
            try Self.check(name, among: names, path, reading)
        }
        var types = ColumnTypes()
        if options.task == .classification { types.strings.insert(options.target) }
        for (name, type) in options.types {
            switch type {
            case .strings: types.strings.insert(name)
            case .numbers: types.numbers.insert(name)
            case .dates(let order?): types.dates[name] = order
            case .dates(nil):
                var texts = ColumnTypes()
                texts.strings = [name]
                types.dates[name] = try Self.order(reading.table(path, columns: [name], types: texts), name)
            }
        }
        var reading = reading
        let told = Set(options.types.keys).union(options.task == .classification ? [options.target] : [])
        let table = try reading.table(path, types: types, finding: told)
        guard table.rowCount > 0 else {
            throw WorkflowError("\(path) has no rows: a first line with the names of the columns, and nothing else")
        }
        try self.init(table, options, dates: types.dates, reading: reading)
    }

    /// Decides what the columns of a table are.
    ///
    /// - Throws: what ``init(_:_:reading:)-(String,_,_)`` throws, but for the file.
    public init(_ table: Table, _ options: ColumnOptions) throws {
        var dates: [String: DateOrder] = [:]
        for case (let name, .dates(let order)) in options.types { dates[name] = try order ?? Self.order(table, name) }
        try self.init(table.readingDates(dates), options, dates: dates, reading: ReadingOptions())
    }

    /// - Parameter dates: the columns of which the user has said that they are dates, and that have been read as dates.
    private init(
        _ table: Table, _ options: ColumnOptions, dates: [String: DateOrder], reading: ReadingOptions
    ) throws {
        self.reading = reading
        let twins = try table.stringColumnNames.filter { !options.drop.contains($0) }.compactMap { name in
            try table.column(name).twins.map { "\(name), where \($0)" }
        }
        let suspicions = [table.totalRow].compactMap(\.self) + twins.prefix(3)
        suspicion = suspicions.isEmpty ? nil : suspicions.joined(separator: "; ")
        target = options.target
        var table = table
        // What is wrong with a column may be in rows that are left out, and is in the way of reading it all the same.
        var dates = dates
        var problems: [String: String] = [:]
        let fixed = Set([target, options.weights, options.group].compactMap(\.self) + options.drop)
        for name in table.columnNames where !fixed.contains(name) && options.types[name] == nil {
            let column = try table.column(name)
            let guess = DateGuess(column)
            if case .dates(let order) = guess { dates[name] = order }
            problems[name] = guess.problem(name) ?? NumberSpelling(column)?.problem ?? GapNames.problem(name, column)
        }
        // Rows without a target.
        let missing = try table.column(target).missingRows
        rowsWithoutTarget = missing.count
        var rows = Array(0..<table.rowCount)
        if !missing.isEmpty {
            let gaps = Set(missing)
            rows.removeAll(where: gaps.contains)
            table = table.selectingRows(rows)
        }
        guard table.rowCount >= 2 else {
            throw WorkflowError(
                "\(target) has a value in \(table.rowCount) rows: at least 2 are needed to learn anything")
        }
        table = try table.readingDates(dates.filter { options.types[$0.key] == nil })
        isOrdered = options.order != nil
        if let order = options.order {
            if let problem = problems[order] { throw WorkflowError("\(order) cannot order the rows: \(problem)") }
            let ascending = try Self.ascending(table.column(order), order, numbers: rows)
            table = table.selectingRows(ascending)
            rows = ascending.map { rows[$0] }
        }
        let numbers = rows.map { $0 + 1 }
        rowNumbers = numbers
        let column = try table.column(target)
        task = options.task ?? Self.guess(column)
        truth = try Self.truth(column, task, in: table, target, numbers: numbers)
        weights = try options.weights.map { name in
            let values = try table.numbers(name)
            if let row = values.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
                throw WorkflowError(
                    "\(name) must hold weights of at least 0, but is \(values[row]) in row \(numbers[row])")
            }
            return values
        }
        groups = try options.group.map { try table.column($0).texts.map { $0 ?? "" } }
        let guesses = try table.columnNames.map { name in
            let column = try table.column(name)
            return ColumnGuess(
                name: name, kind: column.kind, dates: dates[name],
                role: Self.role(name, column, options, isDate: dates[name] != nil, problem: problems[name]),
                missing: column.missingRows.count, distinct: column.distinctCount)
        }
        self.guesses = guesses
        let features = guesses.filter { $0.role == .feature }.map(\.name)
        self.dates = dates.filter { features.contains($0.key) }
        x = try table.selectingColumns(features)
        guard x.columnCount > 0 else {
            let reasons = guesses.compactMap { guess in
                if case .dropped(let reason) = guess.role { "; \(guess.name): \(reason)" } else { nil }
            }
            throw WorkflowError(
                "no column is left to learn from: name one with --type NAME=numbers or --type NAME=strings"
                    + reasons.prefix(3).joined())
        }
        for name in x.numericColumnNames {
            guard let row = try x.numbers(name).firstIndex(where: \.isInfinite) else { continue }
            throw WorkflowError(
                "\(name) must hold finite numbers, but is infinite in row \(numbers[row]): say --missing inf or --drop \(name)"
            )
        }
    }

    /// The same columns of some rows.
    public func selecting(_ rows: [Int]) -> TrainingTable {
        TrainingTable(
            x: x.selectingRows(rows), truth: truth.selecting(rows), rowNumbers: rows.map { rowNumbers[$0] },
            weights: weights.map { all in rows.map { all[$0] } },
            groups: groups.map { all in rows.map { all[$0] } }, like: self)
    }

    private init(
        x: Table, truth: Truth, rowNumbers: [Int], weights: [Double]?, groups: [String]?, like table: TrainingTable
    ) {
        (self.x, self.truth, self.rowNumbers, self.weights, self.groups) = (x, truth, rowNumbers, weights, groups)
        (isOrdered, guesses, rowsWithoutTarget) = (table.isOrdered, table.guesses, 0)
        suspicion = table.suspicion
        (target, task, dates, reading) = (table.target, table.task, table.dates, table.reading)
    }

    /// Throws unless a file has a column of this name.
    ///
    /// - Throws: `WorkflowError` with what the file may have instead; `TableError` for a file that cannot be read.
    public static func check(_ name: String, in path: String, reading: ReadingOptions) throws {
        try check(name, among: reading.table(path, nRows: 0).columnNames, path, reading)
    }

    private static func check(_ name: String, among names: [String], _ path: String, _ reading: ReadingOptions) throws {
        guard !names.contains(name) else { return }
        if names.count == 1 {
            if names[0].split(whereSeparator: \.isWhitespace).contains(Substring(name)) {
                throw WorkflowError(
                    "\(path) has a single column, \(names[0].prefix(60)): if blanks separate its values, say --separator whitespace"
                )
            }
            // Lines before the names have fewer values than those behind.
            _ = try reading.table(path, nRows: 20)
        }
        if let row = headerRow(with: name, path, reading) {
            throw WorkflowError(
                "the table has no column \(name), but row \(row) of the file has this text: remove the rows before it if it has "
                    + "the names of the columns")
        }
        let known =
            name.mostSimilar(of: names).map { "did you mean \($0)?" }
            ?? "it has \(names.prefix(20).joined(separator: ", "))" + (names.count > 20 ? ", …" : "")
            + (names.contains { Double($0) != nil } ? "; if its first line is no line of names, say --no-header" : "")
        throw WorkflowError("the table has no column \(name): \(known)")
    }

    /// The number of the row, from 1, that has a name and therefore may have those of all columns; nil for none of the first.
    private static func headerRow(with name: String, _ path: String, _ reading: ReadingOptions) -> Int? {
        var reading = reading
        reading.header = false
        guard let table = try? reading.table(path, nRows: 20) else { return nil }
        let columns = table.columnNames.compactMap { try? table.column($0) }
        return (1..<max(1, table.rowCount)).first { row in columns.contains { $0.text(at: row) == name } }.map {
            $0 + 1
        }
    }

    /// The order of day, month and year in a column that is said to hold dates.
    ///
    /// - Throws: `WorkflowError` where the dates do not tell. Where one is no date, the order of a guess is returned.
    private static func order(_ table: Table, _ name: String) throws -> DateOrder {
        switch DateGuess(try table.column(name)) {
        case .dates(let order): return order
        case .ambiguous(let orders):
            throw WorkflowError("\(name): \(DateGuess.ambiguous(orders).problem(name) ?? "")")
        case .none, .mostly: return DateOrder.likeliest(for: try table.column(name).texts)
        }
    }

    private static func role(
        _ name: String, _ column: Table.Column, _ options: ColumnOptions, isDate: Bool, problem: String?
    ) -> ColumnGuess.Role {
        switch name {
        case options.target: .target
        case options.weights: .weights
        case options.group: .group
        case options.order: .order
        case _ where options.drop.contains(name): .dropped("you said so")
        case _ where options.types[name] != nil: .feature
        default: (problem ?? ColumnGuess.reasonToDrop(name, column, isDate: isDate)).map { .dropped($0) } ?? .feature
        }
    }

    /// Classes for strings and for at most ten different integers, else numbers.
    private static func guess(_ column: Table.Column) -> ModelCard.Task {
        guard case .numbers(let values) = column else { return .classification }
        let distinct = Set(values)
        return distinct.count <= 10 && distinct.allSatisfy { $0 == $0.rounded() } ? .classification : .regression
    }

    private static func truth(
        _ column: Table.Column, _ task: ModelCard.Task, in table: Table, _ target: String, numbers rows: [Int]
    ) throws -> Truth {
        switch task {
        case .regression:
            let numbers = try table.numbers(target)
            if let row = numbers.firstIndex(where: { !$0.isFinite }) {
                throw WorkflowError("\(target) must hold finite numbers, but is \(numbers[row]) in row \(rows[row])")
            }
            if let row = numbers.firstIndex(where: { abs($0) > .greatestOfNumbers }) {
                throw WorkflowError(
                    "\(target) must hold numbers from -1e150 to 1e150, but is \(numbers[row]) in row \(rows[row]): "
                        + "say --missing \(numbers[row]) if it stands for a missing value, or divide the column by a "
                        + "power of ten")
            }
            if let first = numbers.first, numbers.allSatisfy({ $0 == first }) {
                throw WorkflowError("\(target) is \(first) in every row: there is nothing to learn")
            }
            return .numbers(numbers)
        case .classification:
            let labels = column.texts.map { $0 ?? "" }
            let counts = Set(labels).count
            guard counts > 1 else {
                throw WorkflowError("\(target) is \(labels[0]) in every row: there is nothing to learn")
            }
            guard counts <= max(100, labels.count / 5), counts <= 10 || counts * 2 <= labels.count else {
                let areDates = DateGuess(column) != .none
                throw WorkflowError(
                    "\(target) has \(counts) different values in \(labels.count) rows, too many for classes: "
                        + (NumberSpelling(column)?.problem ?? GapNames.problem(target, column)
                            ?? (areDates
                                ? "they are dates, and a target is classes or numbers, such as the days until then"
                                : "say --task regression if they are numbers, or choose another --target"))
                )
            }
            return .labels(labels)
        }
    }

    /// The row numbers in ascending order of a column.
    private static func ascending(_ column: Table.Column, _ name: String, numbers: [Int]) throws -> [Int] {
        if let row = column.missingRows.first {
            throw WorkflowError(
                "\(name) must have a value in every row to order them, but row \(numbers[row] + 1) has none")
        }
        switch column {
        case .numbers(let values): return values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        case .strings:
            let texts = column.texts.map { $0 ?? "" }
            return texts.indices.sorted { (texts[$0], $0) < (texts[$1], $1) }
        }
    }
}

extension Double {
    /// The number with about seven digits.
    var shortText: String {
        let short = Float(self)
        return short.isFinite && (short != 0 || self == 0) ? "\(short)" : String(format: "%.7g", self)
    }

    /// The greatest magnitude of numbers whose squares can be added up.
    static var greatestOfNumbers: Double { 1e150 }
}

extension Table.Column {
    /// The numbers of the rows without a value.
    var missingRows: [Int] {
        switch self {
        case .numbers(let values): values.indices.filter { values[$0].isNaN }
        case .strings(let values): values.indices.filter { values[$0] == nil }
        }
    }

    /// The number of different values.
    var distinctCount: Int {
        switch self {
        case .numbers(let values): Set(values.filter { !$0.isNaN }).count
        case .strings(let values): Set(values.compactMap(\.self)).count
        }
    }

    /// The values as texts, integers without a fraction; nil where one is missing.
    var texts: [String?] { (0..<count).map { text(at: $0) } }

    /// The value of a row as text, an integer without a fraction; nil where it is missing.
    func text(at row: Int) -> String? {
        switch self {
        case .strings(let values): values[row]
        case .numbers(let values):
            values[row].isNaN ? nil : Int(exactly: values[row]).map(String.init) ?? "\(values[row])"
        }
    }
}
