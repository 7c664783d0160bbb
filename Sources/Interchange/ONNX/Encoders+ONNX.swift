public import Composition
import Estimators
import Foundation
import LinearAlgebra
public import Preprocessing

/// An encoder of categorical columns that can be exported as a part of an ONNX model.
protocol ONNXEncoder: WordEncoder {
    /// Appends the nodes that encode columns, and returns the name of the numbers.
    ///
    /// - Throws: `EstimatorError.notFitted`, or ``InterchangeError/notExportable(_:)``.
    func append(to graph: inout ONNXGraph, columns: [ONNXCategories]) throws -> String
}

/// An encoder of categories of any type.
protocol ONNXCategoryEncoder {
    associatedtype Value

    var nFeaturesIn: Int? { get }
    var categories: [[Value]] { get }

    /// Appends the nodes that encode the numbers of categories.
    ///
    /// - Parameters:
    ///   - names: the name of every feature.
    ///   - numbers: appends the nodes that number the given categories of a feature.
    func append(
        to graph: inout ONNXGraph, names: [String],
        numbers: (inout ONNXGraph, _ feature: Int, _ categories: [Value]) throws -> String
    ) throws -> String
}

extension ONNXCategoryEncoder where Value == String? {
    func append(to graph: inout ONNXGraph, columns: [ONNXCategories]) throws -> String {
        guard nFeaturesIn != nil else { throw EstimatorError.notFitted(estimator: typeName(Self.self)) }
        return try append(to: &graph, names: columns.map(\.column)) { graph, feature, categories in
            try graph.numbers(of: columns[feature], among: categories)
        }
    }
}

extension ONNXCategoryEncoder where Value == Double {
    /// Appends comparisons of each feature with its categories, and the nodes that encode their results.
    fileprivate func appendComparisons(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: typeName(Self.self))
        let doubles = graph.scalar == .float ? graph.cast(features, to: .double) : features
        return try append(to: &graph, names: categories.indices.map { "x\($0)" }) { graph, feature, categories in
            graph.numbers(ofFeature: feature, in: doubles, among: categories)
        }
    }
}

/// A column of strings in a graph, in which an empty string stands for a gap.
struct ONNXCategories {
    /// The name of the column.
    let column: String

    /// What replaces a category, or the gap, before it is encoded; nil for the gap.
    var replacements: [String?: String?] = [:]
}

extension ONNXGraph {
    /// Appends nodes that number the categories of a column of strings: by their places in `categories`, where nil is
    /// the gap, and unknown ones by the count of them.
    ///
    /// - Throws: ``InterchangeError/notExportable(_:)`` where an empty string is a category and not the gap.
    mutating func numbers(of column: ONNXCategories, among categories: [String?]) throws -> String {
        let places = Dictionary(zip(categories, 0...), uniquingKeysWith: { first, _ in first })
        func number(_ category: String?) -> Int {
            places[column.replacements[category, default: category]] ?? categories.count
        }
        let known = Set((categories + column.replacements.keys).compactMap(\.self))
        guard !known.contains("") || number("") == number(nil) else {
            throw InterchangeError.notExportable(
                "column \"\(column.column)\" has an empty string as a category, which in an ONNX model is a gap; "
                    + "give the category another name, or make it a gap, and fit again")
        }
        let keys = known.subtracting([""]).sorted().flatMap(\.canonicalForms)
        return node(
            "LabelEncoder", column.column,
            attributes: [
                "keys_strings": .strings([""] + keys),
                "values_int64s": .integers([number(nil)] + keys.map(number)),
                "default_int64": .integer(categories.count),
            ])
    }

    /// Appends nodes that number the categories of a column of `doubles`: by their places in `categories`, where NaN
    /// is the gap, and unknown ones by the count of them.
    fileprivate mutating func numbers(ofFeature feature: Int, in doubles: String, among categories: [Double]) -> String
    {
        let unknown = categories.count
        let column = columns([feature], of: doubles)
        let all = constant(ONNXTensor(categories, shape: [1, unknown]))
        let isCategory = cast(node("Equal", column, all), to: .int64)
        let places = constant(ONNXTensor(categories.indices.map { $0 - unknown }, shape: [1, unknown]))
        var number = node("Add", rowSums(node("Mul", isCategory, places)), integers([unknown]))
        if let gap = categories.firstIndex(where: \.isNaN) {
            number = node("Where", node("IsNaN", column), integers([gap]), number)
        }
        return number
    }

    /// Appends a look-up of numbers in a table. A runtime reports an error for a number that the table does not have,
    /// with the name of the column.
    fileprivate mutating func lookUp(_ numbers: String, in table: ONNXTensor, column: String) -> String {
        let table = constant(table)
        return node("Gather", table, numbers, attributes: ["axis": 0], name: "known category of \(column)")
    }
}

extension OneHotEncoder: ONNXCategoryEncoder {
    /// Appends a column of 0 and 1 for every category that has one.
    func append(
        to graph: inout ONNXGraph, names: [String],
        numbers: (inout ONNXGraph, _ feature: Int, _ categories: [Value]) throws -> String
    ) throws -> String {
        var blocks: [String] = []
        for (feature, columns) in categoryColumns.enumerated() {
            let number = try numbers(&graph, feature, categories[feature])
            let unknown = handleUnknown == .error ? [] : [columns.ofUnknown ?? -1]
            let table = columns.ofCategories.map { $0 ?? -1 } + unknown
            let place = graph.lookUp(number, in: ONNXTensor(table, shape: [table.count]), column: names[feature])
            let all = graph.constant(ONNXTensor(Array(0..<columns.count), shape: [1, columns.count]))
            blocks.append(graph.cast(graph.node("Equal", place, all), to: graph.scalar))
        }
        return graph.sideBySide(blocks)
    }
}

extension OrdinalEncoder: ONNXCategoryEncoder {
    /// Appends the number of each category.
    func append(
        to graph: inout ONNXGraph, names: [String],
        numbers: (inout ONNXGraph, _ feature: Int, _ categories: [Value]) throws -> String
    ) throws -> String {
        // Every category is encoded once, those of all features side by side.
        let most = categories.map(\.count).max() ?? 0
        let all = Matrix(
            rows: most, columns: categories.count,
            elements: (0..<most).flatMap { row in categories.map { $0[min(row, $0.count - 1)] } })
        let codes = try transform(all)
        var columns: [String] = []
        for (feature, categories) in categories.enumerated() {
            let number = try numbers(&graph, feature, categories)
            let unknown = handleUnknown == .error ? [] : [unknownValue?.value ?? .nan]
            let table = codes.column(feature).prefix(categories.count) + unknown
            columns.append(
                graph.lookUp(number, in: ONNXTensor(Array(table), shape: [table.count]), column: names[feature]))
        }
        let encoded = graph.sideBySide(columns)
        return graph.scalar == .double ? encoded : graph.cast(encoded, to: graph.scalar)
    }
}

extension TargetEncoder: ONNXCategoryEncoder {
    /// Appends the encoding of each category, that of unknown ones being the mean of the target.
    func append(
        to graph: inout ONNXGraph, names: [String],
        numbers: (inout ONNXGraph, _ feature: Int, _ categories: [Value]) throws -> String
    ) throws -> String {
        var columns: [String] = []
        for (feature, categories) in categories.enumerated() {
            let number = try numbers(&graph, feature, categories)
            for (column, mean) in targetMean.enumerated() {
                let table = encodings[feature * targetMean.count + column] + [mean]
                columns.append(
                    graph.lookUp(number, in: ONNXTensor(table, shape: [table.count]), column: names[feature]))
            }
        }
        let encoded = graph.sideBySide(columns)
        return graph.scalar == .double ? encoded : graph.cast(encoded, to: graph.scalar)
    }
}

extension String {
    /// The text as it is, and where they differ, with composed and with decomposed letters: all are equal in Swift, but
    /// a runtime compares bytes.
    fileprivate var canonicalForms: [String] {
        [precomposedStringWithCanonicalMapping, decomposedStringWithCanonicalMapping].reduce(into: [self]) {
            forms, form in
            if !forms.contains(where: { $0.utf8.elementsEqual(form.utf8) }) { forms.append(form) }
        }
    }
}

// MARK: - Strings

extension OneHotEncoder: ONNXEncoder where Value == String? {}
extension OrdinalEncoder: ONNXEncoder where Value == String? {}
extension TargetEncoder: ONNXEncoder where Value == String? {}

extension ImputedEncoder: ONNXEncoder where Encoder: ONNXEncoder {
    func append(to graph: inout ONNXGraph, columns: [ONNXCategories]) throws -> String {
        guard imputer.nFeaturesIn != nil else { throw EstimatorError.notFitted(estimator: "CategoryImputer") }
        let missing = imputer.missingValues ?? nil
        let imputed = zip(columns, imputer.statistics).compactMap { column, statistic in
            // Without a statistic the column is left out.
            statistic.map { ONNXCategories(column: column.column, replacements: [missing: $0]) }
        }
        return try encoder.append(to: &graph, columns: imputed)
    }
}

// MARK: - Numbers

extension OneHotEncoder: ONNXTransformer where Value == Double {
    /// Appends a comparison of each feature with its categories.
    ///
    /// For a category that `fit` has not seen, all columns are 0, or that of infrequent ones is 1; where
    /// `handleUnknown` is `.error`, the runtime reports an index that is out of bounds.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try appendComparisons(to: &graph, features: features)
    }
}

extension OrdinalEncoder: ONNXTransformer where Value == Double {
    /// Appends a comparison of each feature with its categories.
    ///
    /// For a category that `fit` has not seen, the runtime reports an index that is out of bounds where
    /// `handleUnknown` is `.error`.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try appendComparisons(to: &graph, features: features)
    }
}

extension TargetEncoder: ONNXTransformer where Value == Double {
    /// Appends a comparison of each feature with its categories, and a look-up of their encodings.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try appendComparisons(to: &graph, features: features)
    }
}
