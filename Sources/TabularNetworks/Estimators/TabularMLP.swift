public import Estimators
public import LinearAlgebra
public import ModelFiles
public import NeuralNetwork
public import Tables

/// An ensemble of networks for raw tables: the interface that ``TabularMLPClassifier`` and ``TabularMLPRegressor`` share.
///
/// The constants are ``TabularSettings`` and the fitted attributes are ``FittedTabularMLP``. The properties of both can be
/// used directly on the estimator: `model.dropout`, `model.epochs`.
///
/// No other type can conform.
@dynamicMemberLookup
public protocol TabularMLP: IterativeEstimator, Seedable, Storable, TableModel, NamedParameters, Equatable,
    CustomStringConvertible
where Features == Table, _Options == _NetworkOptions {
    /// The constants of the networks and of their training. Default ``TabularSettings/strong``.
    var settings: TabularSettings { get set }

    /// The number of threads. Each network is trained by one thread, so more threads than networks do not help. Nil for 1,
    /// −1 for one per core. The result does not depend on it. Default −1.
    var nJobs: Int? { get set }

    /// The longest time that training may take, in seconds; nil for no limit. Schedules then follow the time, and the result
    /// depends on the speed of the machine. Default nil.
    var maxTime: Double? { get set }

    /// What `fit` shows while it runs. Default `false`.
    var verbose: Verbosity { get set }

    /// The seed of all random draws; nil for a different result each time. Default nil.
    var randomState: UInt32? { get set }

    /// The columns that are dates: days since 1970-01-01, as `dateColumns` of `readCSV` gives them. The networks see those of
    /// the days, the year, the month, the day of the month, the day of the week and the hour that differ among the rows of
    /// `fit`. Default none.
    var dateColumns: [String] { get set }

    /// The learned state. Not for clients.
    var _fitted: FittedTabularMLP { get set }

    /// Creates an estimator with the given constants and the defaults of all else.
    init(_ settings: TabularSettings)

    /// Learns the classes or scales of the targets and encodes them. Not for clients.
    mutating func _problem(_ y: [Target], sampleWeight: [Double]?) throws -> _TabularProblem

    /// Encodes further targets. Not for clients.
    func _encoded(_ y: [Target], like problem: _TabularProblem, argument: String) throws -> [Float]
}

/// Targets and weights as networks learn them. Not for clients.
public struct _TabularProblem {
    let task: TabularTask
    let scales: [TargetScale]
    /// Rows × outputs.
    let targets: [Float]
    let weights: [Float]?
    /// The number of each row's class; nil for numbers.
    let strata: [Int]?
}

extension TabularMLP {
    /// Accesses a constant by its name in ``TabularSettings``.
    public subscript<Value>(dynamicMember member: WritableKeyPath<TabularSettings, Value>) -> Value {
        get { settings[keyPath: member] }
        set { settings[keyPath: member] = newValue }
    }

    /// Accesses a fitted attribute by its name in ``FittedTabularMLP``.
    public subscript<Value>(dynamicMember member: KeyPath<FittedTabularMLP, Value>) -> Value {
        _fitted[keyPath: member]
    }

    /// The type's name without its type parameters.
    static var name: String { "\(storedTypeName.prefix { $0 != "<" })" }

    /// The initializer call, with the parameters that differ from their defaults.
    public var description: String {
        let standard = Self(.strong)
        var changes = changedParameters(self, from: standard, omitting: ["settings", "_fitted", "classes"])
        if settings != standard.settings { changes.insert("\(settings)", at: 0) }
        return written(Self.self, changes)
    }

    /// The columns that the model takes.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try learned().encoder.columnTypes }

    /// Takes the seed of all further fits.
    public mutating func seed(_ seed: UInt32) { randomState = seed }

    /// What the last `fit` has learned.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    package func learned() throws -> TabularModel {
        guard let model = _fitted.model else { throw EstimatorError.notFitted(estimator: Self.name) }
        return model
    }

    /// Learns from a table and one target per row, with weights.
    ///
    /// - Parameters:
    ///   - x: numbers, strings and gaps, as `readCSV` returns them. Constant columns are ignored.
    ///   - y: one target per row.
    ///   - sampleWeight: one non-negative weight per row; nil for 1 each.
    /// - Throws: `EstimatorError` for parameters or data that cannot be used, or if training diverges; the model is
    ///   unchanged then.
    public mutating func fit(_ x: Table, _ y: [Target], sampleWeight: [Double]?) throws {
        try fit(x, y, sampleWeight: sampleWeight, validation: nil)
    }

    /// Learns from a table, and selects the best epoch on a validation set.
    ///
    /// - Throws: what `fit` throws.
    public mutating func fit(
        _ x: Table, _ y: [Target], sampleWeight: [Double]?, validation: (x: Table, y: [Target])?
    ) throws {
        try _train(x, y, sampleWeight: sampleWeight, validation: validation, options: _NetworkOptions(.fit))
    }
}

// MARK: - Matrices

extension Table {
    /// A table of the columns of a matrix: x0, x1, …
    fileprivate init<Scalar: MatrixScalar>(columnsOf x: Matrix<Scalar>) throws {
        try self.init(
            columnNames: (0..<x.columns).map { "x\($0)" },
            columns: (0..<x.columns).map { column in .numbers((0..<x.rows).map { Double(x[$0, column]) }) })
    }
}

extension TabularMLP {
    /// Learns from a matrix of numbers, in which NaN is a gap.
    ///
    /// - Throws: what `fit` throws for a table.
    public mutating func fit<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil
    ) throws {
        try fit(
            Table(columnsOf: x), y, sampleWeight: sampleWeight,
            validation: validation.map { (try Table(columnsOf: $0.x), $0.y) })
    }

    /// Returns one target for every row of a matrix.
    ///
    /// - Throws: what `predict` throws for a table.
    public func predict<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> [Target] {
        try predict(Table(columnsOf: x))
    }

    /// Returns the score on a matrix.
    ///
    /// - Throws: what `score` throws for a table.
    public func score<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil
    ) throws -> Double {
        try score(Table(columnsOf: x), y, sampleWeight: sampleWeight)
    }
}

extension TabularMLP where Self: ProbabilisticClassifier {
    /// Returns the probability of every class for every row of a matrix.
    ///
    /// - Throws: what `predictProba` throws for a table.
    public func predictProba<Element: MatrixScalar>(_ x: Matrix<Element>) throws -> Matrix<Scalar> {
        try predictProba(Table(columnsOf: x))
    }
}
