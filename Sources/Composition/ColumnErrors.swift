import Estimators
import LinearAlgebra
import Preprocessing
import Tables

extension ColumnTransformer {
    /// Rejects a table that lacks columns which the parts take, and names all of them.
    func checkColumns(of table: Table) throws {
        _ = try table.columns(parts.flatMap(\.columns))
    }

    /// Returns what `body` returns. Where it rejects a value of the features, the error names the table's column.
    ///
    /// Features are numbered, and one column makes several: `x[1, 7]` does not say which cell of the table is meant.
    ///
    /// - Parameter features: whether `body` takes the features. Otherwise it makes them.
    func namingColumns<Result>(of table: Table, features: Bool, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as EstimatorError {
            guard case .invalidInput(argument: "x", _) = error,
                let problem = features ? gap(in: table) ?? infinity(in: table) : unknownCategories(in: table)
            else { throw error }
            throw EstimatorError.invalidInput(argument: "x", problem: problem)
        }
    }

    /// What is wrong with the categories that a part has not learned; nil where it is nothing.
    private func unknownCategories(in table: Table) -> String? {
        for part in parts {
            guard case .categorical(let encoder) = part.step, let rejecting = encoder as? any CategoryRejecting,
                rejecting.rejectsUnknownCategories
            else { continue }
            let unknown = zip(part.columns, rejecting.categories).compactMap { unknownCategory(of: $0, $1, in: table) }
            guard !unknown.isEmpty else { continue }
            return "must contain known categories only, but " + unknown.joined(separator: ", ") + "; "
                + rejecting.remedyForUnknownCategories
        }
        return nil
    }

    private func unknownCategory(of name: String, _ categories: [String?], in table: Table) -> String? {
        guard let values = try? table.strings(name) else { return nil }
        let known = Set(categories)
        guard let row = values.firstIndex(where: { !known.contains($0) }) else { return nil }
        guard let value = values[row] else {
            return "\"\(name)\" has a missing value in row \(row), and had none in fit"
        }
        let similar = value.mostSimilar(of: categories.compactMap(\.self)).map { " (did you mean \"\($0)\"?)" } ?? ""
        return "\"\(name)\" has \"\(value)\"\(similar) in row \(row)"
    }

    /// Which missing value of the table becomes a feature that is not a number; nil where none does.
    private func gap(in table: Table) -> String? {
        for part in parts {
            guard case .dense(let features)? = try? part.step.transform(table, part.columns),
                let row = (0..<features.rows).first(where: { !features.row($0).allSatisfy(\.isFinite) }),
                let name = part.columns.first(where: { isMissing($0, row, in: table) })
            else { continue }
            let remedy =
                if case .categorical = part.step {
                    "CategoryImputer() before the encoder replaces missing values"
                } else {
                    "SimpleImputer() in .numeric([\"\(name)\"], SimpleImputer(), …) replaces missing values"
                }
            return "must contain no missing values, but \"\(name)\" has one in row \(row); \(remedy)"
        }
        return nil
    }

    /// Which number of the table becomes a feature that is not finite; nil where none does.
    private func infinity(in table: Table) -> String? {
        for part in parts {
            guard case .numeric(let transformer) = part.step,
                case .dense(let features)? = try? part.step.transform(table, part.columns),
                features.columns == part.columns.count, let bad = features.elements.firstIndex(where: { !$0.isFinite })
            else { continue }
            return "must give finite features only, but \(transformer) makes \(features.elements[bad]) of "
                + "\"\(part.columns[bad % features.columns])\" in row \(bad / features.columns)"
        }
        return nil
    }

    private func isMissing(_ name: String, _ row: Int, in table: Table) -> Bool {
        switch try? table.column(name) {
        case .numbers(let numbers): numbers[row].isNaN
        case .strings(let strings): strings[row] == nil
        case nil: false
        }
    }
}

extension ColumnTransformer.Step {
    /// Returns what `body` makes of some columns. Where it rejects a value, the error names the column.
    func naming<Result>(_ columns: [String], _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch EstimatorError.invalidInput(argument: "x", let problem) {
            throw EstimatorError.invalidInput(argument: "x", problem: problem.naming(columns))
        }
    }
}

extension String {
    /// The text with `"age" in row 7` for `x[7, 2]`, and `column "age"` for the column that a sentence is about.
    fileprivate func naming(_ columns: [String]) -> String {
        if let start = firstRange(of: "x["), let end = self[start.upperBound...].firstIndex(of: "]") {
            let place = self[start.upperBound..<end].split(separator: ", ").compactMap { Int($0) }
            if place.count == 2, columns.indices.contains(place[1]) {
                return self[..<start.lowerBound] + "\"\(columns[place[1]])\" in row \(place[0])"
                    + self[index(after: end)...]
            }
        }
        if let start = firstRange(of: ", but column ") {
            let digits = self[start.upperBound...].prefix(while: \.isWholeNumber)
            if let column = Int(digits), columns.indices.contains(column) {
                return self[..<start.upperBound] + "\"\(columns[column])\"" + self[digits.endIndex...]
            }
        }
        return self
    }
}
