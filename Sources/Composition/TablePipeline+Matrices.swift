public import Estimators

// Fitted models of matrices as models of tables.

extension TablePipeline where Last: MatrixEstimator, Last.Scalar == Double {
    /// Creates a fitted pipeline of tables from a fitted model of matrices. The features are numeric columns of the
    /// table.
    ///
    /// ```swift
    /// let network = try MLPClassifier<String, Double>(skops: "model.skops")
    /// let model = TablePipeline(network, columns: ["width", "length"])
    /// ```
    ///
    /// - Parameters:
    ///   - model: a fitted model.
    ///   - names: the names of the columns, in the order of the features.
    public init(_ model: Last, columns names: [String]) {
        self.init(ColumnTransformer(fitted: [.passthrough(names)]), model)
    }

    /// Creates a fitted pipeline of tables from a fitted pipeline of matrices. The features are numeric columns of the
    /// table.
    ///
    /// - Parameters:
    ///   - pipeline: a fitted pipeline.
    ///   - names: the names of the columns, in the order of the features.
    public init<Steps: Transformer>(_ pipeline: Pipeline<Steps, Last>, columns names: [String]) {
        self.init(ColumnTransformer(fitted: [.numeric(names, pipeline.transformer)]), pipeline.last)
    }
}

extension ColumnTransformer {
    /// A transformer of fitted parts.
    fileprivate init(fitted parts: [Part]) {
        self.init(parts)
        remaining = []
    }
}
