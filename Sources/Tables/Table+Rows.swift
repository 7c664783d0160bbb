import Estimators
import ModelFiles

extension Table {
    /// A table with a row for each value, such as a structure that was decoded from a request, and a column for each of its
    /// stored properties.
    ///
    /// ```swift
    /// struct Person: Decodable { var age: Double?; var job: String }
    /// let people = try Table(rows: [Person(age: 38, job: "clerk")])
    /// ```
    ///
    /// Numbers of all types become numbers; strings, truth values and enumerations with raw values become strings; nil is a
    /// missing value.
    ///
    /// - Throws: `EstimatorError.invalidInput` for a property of another type.
    /// - Complexity: O(values × properties).
    public init(rows: [some Any]) throws {
        var builder = RowsBuilder()
        for (row, value) in rows.enumerated() {
            for case (let name?, let property) in Mirror(reflecting: value).children {
                guard let scalar = RowsBuilder.Scalar(property) else {
                    throw EstimatorError.invalidInput(
                        argument: "rows",
                        problem: "must have numbers, strings and truth values, but \(name) of row \(row) is a "
                            + "\(type(of: property))")
                }
                builder.set(name, row, scalar)
            }
        }
        self = try builder.table(rowCount: rows.count)
    }

    /// A table of the objects in a JSON text: a list of objects, or JSON Lines, which is one object after the other.
    ///
    /// Names become columns, in the order in which they first occur. A column is numeric when all of its values are numbers;
    /// `null` and names that an object lacks are missing values; truth values become the strings `true` and `false`.
    ///
    /// - Throws: ``TableError/malformed(file:line:column:reason:)`` for a text that is not such a JSON text, or has lists or
    ///   objects inside of objects.
    /// - Complexity: O(length of the text).
    public init(json: String) throws {
        let (rows, count) = try RowsBuilder.reading(json)
        self = try rows.table(rowCount: count)
    }

    /// A table of the columns that a fitted model takes, each as what it was when the model was fitted, from the objects in a
    /// JSON text: a list of objects, or JSON Lines.
    ///
    /// ```swift
    /// print(try model.predict(Table(json: request, for: model)))
    /// ```
    ///
    /// A few rows do not tell what a column holds; the model does. Names that an object lacks are missing values, and names
    /// that the model does not take are left out. Where a name of the model is in no row, but a similar one is, it is an error:
    /// the name is more likely misspelled than missing.
    ///
    /// - Throws: what ``init(json:)`` and ``TableModel/columnTypes()`` throw; `EstimatorError.invalidInput` with name and row
    ///   of a value that is not a number where the model takes numbers, for objects without any name that the model takes,
    ///   and with the names that seem to be misspelled.
    /// - Complexity: O(length of the text).
    public init(json: String, for model: some TableModel) throws {
        let types = try model.columnTypes()
        let (rows, count) = try RowsBuilder.reading(json)
        self = try rows.table(rowCount: count, types: types)
    }
}

extension RowsBuilder {
    /// The rows of a JSON text, and how many there are.
    fileprivate static func reading(_ json: String) throws -> (RowsBuilder, count: Int) {
        let bytes = Array(json.utf8)
        var reader = JSONReader(bytes[...], of: "the text")
        var builder = RowsBuilder()
        var rows = 0
        do {
            if reader.next == "[" {
                try reader.list { reader in
                    try builder.read(&reader, row: rows)
                    rows += 1
                }
            } else {
                while reader.next != nil {
                    try builder.read(&reader, row: rows)
                    rows += 1
                }
            }
            try reader.end()
            return (builder, rows)
        } catch let problem as FileProblem {
            let before = bytes[..<reader.position]
            let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            throw TableError.malformed(
                file: "text", line: before.count { $0 == UInt8(ascii: "\n") } + 1,
                column: reader.position - lineStart + 1,
                reason: problem.text)
        }
    }
}

/// Collects the values of rows that need not have the same names.
private struct RowsBuilder {
    enum Scalar {
        case number(Double, text: String)
        case string(String)
        case missing

        /// A property's value; nil for one that is none of these.
        init?(_ value: Any) {
            let mirror = Mirror(reflecting: value)
            switch value {
            case _ where mirror.displayStyle == .optional:
                guard let child = mirror.children.first else {
                    self = .missing
                    return
                }
                self.init(child.value)
            case let number as Double: self = .number(number, text: "\(number)")
            case let number as Float: self = .number(Double(number), text: "\(number)")
            case let number as any BinaryInteger: self = .number(Double(number), text: "\(number)")
            case let string as String: self = .string(string)
            case let truth as Bool: self = .string("\(truth)")
            case let raw as any RawRepresentable: self.init(raw.rawValue)
            default: return nil
            }
        }

        /// Numbers, truth values and `null` as JSON has them.
        init(json literal: String) {
            switch literal {
            case "null": self = .missing
            case "true", "false": self = .string(literal)
            case "Infinity", "-Infinity", "NaN": self = .number(Double(literal) ?? .nan, text: literal)
            default:
                let scan = Array(literal.utf8).withUnsafeBufferPointer { DecimalText.scan($0, from: 0) }
                // An identifier beyond 2⁵³ stays what it is.
                self = scan?.losesDigits == false ? .number(scan?.value ?? .nan, text: literal) : .string(literal)
            }
        }
    }

    private var names: [String] = []
    private var values: [String: [(row: Int, value: Scalar)]] = [:]

    mutating func set(_ name: String, _ row: Int, _ value: Scalar) {
        if values[name] == nil { names.append(name) }
        values[name, default: []].append((row, value))
    }

    mutating func read(_ reader: inout JSONReader, row: Int) throws {
        var known: Set<String> = []
        try reader.object { reader, name in
            guard known.insert(name).inserted else {
                throw FileProblem("the object has the name \"\(name)\" twice")
            }
            set(name, row, reader.next == "\"" ? .string(try reader.string()) : Scalar(json: try reader.literal()))
        }
    }

    /// The columns of these names, with values of these kinds.
    func table(rowCount: Int, types: [(name: String, kind: Table.ColumnKind)]) throws -> Table {
        try Check.require(
            rowCount == 0 || types.contains { values[$0.name] != nil }, "json",
            "must have objects with some of the names \(types.map(\.name).joined(separator: ", ")), but has "
                + (names.isEmpty ? "none" : names.described(among: types.map(\.name))))
        let columns = try types.map { name, kind in
            let values = values[name] ?? []
            switch kind {
            case .strings: return strings(values, rowCount)
            case .numbers:
                for case (let row, .string(let text)) in values {
                    try Check.require(
                        false, "json",
                        "must have numbers where the model takes numbers, but \"\(name)\" of row \(row) is \"\(text)\"")
                }
                return numbers(values, rowCount)
            }
        }
        let others = names.filter { name in !types.contains { $0.name == name } }
        let misspelled = types.map(\.name).filter { values[$0] == nil && $0.mostSimilar(of: others) != nil }
        try Check.require(
            misspelled.isEmpty, "json",
            "must have the names that the model takes, but no row has \(misspelled.described(among: others)); a missing value "
                + "is null")
        return try Table(columnNames: types.map(\.name), columns: columns, rowCount: rowCount)
    }

    private func numbers(_ values: [(row: Int, value: Scalar)], _ rowCount: Int) -> Table.Column {
        var numbers = [Double](repeating: .nan, count: rowCount)
        for case (let row, .number(let number, _)) in values { numbers[row] = number }
        return .numbers(numbers)
    }

    private func strings(_ values: [(row: Int, value: Scalar)], _ rowCount: Int) -> Table.Column {
        var strings = [String?](repeating: nil, count: rowCount)
        for (row, value) in values {
            switch value {
            case .number(_, let text): strings[row] = text
            case .string(let string): strings[row] = string
            case .missing: break
            }
        }
        return .strings(strings)
    }

    func table(rowCount: Int) throws -> Table {
        let columns = names.map { name in
            let values = values[name] ?? []
            let isText = values.contains { if case .string = $0.value { true } else { false } }
            return isText ? strings(values, rowCount) : numbers(values, rowCount)
        }
        return try Table(columnNames: names, columns: columns, rowCount: rowCount)
    }
}
