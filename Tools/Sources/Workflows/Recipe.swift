import Foundation
public import SwiftMLP

/// How a model is made: its kind, its parameters, and how it is trained.
public struct Recipe: Sendable {
    /// The kind of the model.
    public enum Kind: String, Sendable, CaseIterable {
        /// The network for raw tables.
        case tabular
        /// scikit-learn's network, behind imputers, scalers and one-hot encoders.
        case mlp
    }

    /// The kind of the model.
    public var kind = Kind.tabular
    /// Parameters by name.
    public var changes: [(name: String, text: String)] = []
    /// Whether classes weigh the same, however many rows they have.
    public var balancesClasses = false
    /// The seed of all random draws.
    public var seed: UInt32 = 0
    /// The longest time that one fit may take, in seconds; nil for no limit.
    public var maxTime: Double?
    /// What a fit shows.
    public var verbose = Verbosity.warnings

    /// The recipe of the default network.
    public init() {}
}

extension Recipe {
    func tabularSettings() throws -> TabularSettings { try Parameters.setting(.strong, changes) }

    func hyperparameters() throws -> MLPHyperparameters {
        var parameters = try Parameters.setting(MLPHyperparameters(), changes)
        (parameters.randomState, parameters.verbose) = (seed, verbose)
        return parameters
    }

    func tabularClassifier(for table: TrainingTable) throws -> TabularMLPClassifier<String> {
        var model = TabularMLPClassifier<String>(
            try tabularSettings(), randomState: seed, classWeight: balancesClasses ? .balanced : nil,
            dateColumns: table.dateNames)
        (model.maxTime, model.verbose) = (maxTime, verbose)
        return model
    }

    func tabularRegressor(for table: TrainingTable) throws -> TabularMLPRegressor<Double> {
        var model = TabularMLPRegressor(try tabularSettings(), randomState: seed, dateColumns: table.dateNames)
        (model.maxTime, model.verbose) = (maxTime, verbose)
        return model
    }

    func classifier(for table: TrainingTable) throws -> TablePipeline<MLPClassifier<String, Double>> {
        var mlp = MLPClassifier<String, Double>(try hyperparameters())
        mlp.classWeight = balancesClasses ? .balanced : nil
        return TablePipeline(try Self.columns(of: table), mlp)
    }

    func regressor(for table: TrainingTable) throws -> ScaledRegressor {
        let mlp = MLPRegressor<Double, Double>(loss: .squaredError, try hyperparameters())
        return TransformedTargetRegressor(
            TablePipeline(try Self.columns(of: table), mlp), transformer: StandardScaler())
    }

    /// Median and standard scaling for numbers and for the parts of dates, one-hot encoding for strings.
    ///
    /// - Throws: `WorkflowError` for numbers whose variance is infinite.
    private static func columns(of table: TrainingTable) throws -> ColumnTransformer {
        for name in table.x.numericColumnNames {
            let values = try table.x.numbers(name)
            guard let row = values.firstIndex(where: { abs($0) > .greatestOfNumbers }) else { continue }
            throw WorkflowError(
                "\(name) must hold numbers from -1e150 to 1e150 for --model mlp, but is \(values[row]) in row "
                    + "\(table.rowNumbers[row]): say --missing \(values[row]) if it stands for a missing value, --drop '\(name)', or "
                    + "--model tabular")
        }
        let dates = table.dateNames
        let numbers = table.x.numericColumnNames.filter { !dates.contains($0) }
        let imputer = SimpleImputer(strategy: .median)
        return ColumnTransformer(
            [.numeric(numbers, imputer, StandardScaler())]
                + (dates.isEmpty ? [] : [.numeric(dates, CalendarFeatures(), imputer, StandardScaler())])
                + [.categorical(table.x.stringColumnNames, OneHotEncoder(handleUnknown: .ignore))])
    }
}

extension TrainingTable {
    /// The names of the features that are dates, in the order of the columns.
    var dateNames: [String] { x.columnNames.filter { dates[$0] != nil } }
}

extension Recipe {
    /// The call that makes the model, as Swift code.
    ///
    /// - Throws: `WorkflowError` for parameters that there are not.
    public func call(for table: TrainingTable) throws -> String {
        let call =
            switch (kind, table.task) {
            case (.tabular, .classification): try tabularClassifier(for: table).description
            case (.tabular, .regression): try tabularRegressor(for: table).description
            case (.mlp, .classification): try classifier(for: table).description
            case (.mlp, .regression): try regressor(for: table).description
            }
        return call.withDots
    }
}

extension String {
    /// A printed call without what a fit shows, which is no part of the model.
    var withoutVerbose: String {
        replacing(#/verbose: [.\w]+, /#, with: "").replacing(#/(, )?verbose: [.\w]+/#, with: "")
    }

    /// A printed call with a dot before each name of a case, which some are printed without: `classWeight: balanced`.
    var withDots: String {
        replacing(/\b(classWeight|monitor|batchSize|\w*[sS]chedule|then): (?!true|false|nil)([a-z])/) { match in
            "\(match.1): .\(match.2)"
        }
    }
}
