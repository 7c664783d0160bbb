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

    func tabularClassifier() throws -> TabularMLPClassifier<String> {
        var model = TabularMLPClassifier<String>(
            try tabularSettings(), randomState: seed, classWeight: balancesClasses ? .balanced : nil)
        (model.maxTime, model.verbose) = (maxTime, verbose)
        return model
    }

    func tabularRegressor() throws -> TabularMLPRegressor<Double> {
        var model = TabularMLPRegressor<Double>(try tabularSettings())
        (model.maxTime, model.verbose, model.randomState) = (maxTime, verbose, seed)
        return model
    }

    func classifier(for x: Table) throws -> TablePipeline<MLPClassifier<String, Double>> {
        var mlp = MLPClassifier<String, Double>(try hyperparameters())
        mlp.classWeight = balancesClasses ? .balanced : nil
        return TablePipeline(Self.columns(of: x), mlp)
    }

    func regressor(for x: Table) throws -> ScaledRegressor {
        let mlp = MLPRegressor<Double, Double>(loss: .squaredError, try hyperparameters())
        return TransformedTargetRegressor(TablePipeline(Self.columns(of: x), mlp), transformer: StandardScaler())
    }

    /// Median and standard scaling for numbers, one-hot encoding for strings.
    private static func columns(of x: Table) -> ColumnTransformer {
        ColumnTransformer([
            .numeric(x.numericColumnNames, SimpleImputer(strategy: .median), StandardScaler()),
            .categorical(x.stringColumnNames, OneHotEncoder(handleUnknown: .ignore)),
        ])
    }
}

extension Recipe {
    /// The call that makes the model, as Swift code.
    ///
    /// - Throws: `WorkflowError` for parameters that there are not.
    public func call(for table: TrainingTable) throws -> String {
        switch (kind, table.task) {
        case (.tabular, .classification): try tabularClassifier().description
        case (.tabular, .regression): try tabularRegressor().description
        case (.mlp, .classification): try classifier(for: table.x).description
        case (.mlp, .regression): try regressor(for: table.x).description
        }
    }
}
