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
                let problem = features ? gap(in: table) : unknownCategories(in: table)
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

    private func isMissing(_ name: String, _ row: Int, in table: Table) -> Bool {
        switch try? table.column(name) {
        case .numbers(let numbers): numbers[row].isNaN
        case .strings(let strings): strings[row] == nil
        case nil: false
        }
    }
}
