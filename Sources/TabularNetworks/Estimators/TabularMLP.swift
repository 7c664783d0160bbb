public import Estimators
public import LinearAlgebra
public import ModelFiles
public import NeuralNetwork
public import Tables

/// An ensemble of networks for raw tables: the interface that ``TabularMLPClassifier`` and ``TabularMLPRegressor``
/// share.
///
/// The constants are ``TabularSettings`` and the fitted attributes are ``FittedTabularMLP``. The properties of both can
/// be used directly on the estimator: `model.dropout`, `model.epochs`.
///
/// No other type can conform.
@dynamicMemberLookup
public protocol TabularMLP: IterativeEstimator, Seedable, Storable, TableModel, NamedParameters, Equatable,
    CustomStringConvertible
where Features == Table, _Options == _NetworkOptions {
    /// The constants of the networks and of their training. Default ``TabularSettings/strong``.
    var settings: TabularSettings { get set }

    /// The number of threads: −1 for one per core, nil for 1. Default −1.
    ///
    /// One thread trains each network, so more threads than networks do not help. The result does not depend on the
    /// number of threads.
    var nJobs: Int? { get set }

    /// The maximum training time in seconds, above 0; nil for no limit. Default nil.
    ///
    /// With a limit, schedules depend on the elapsed time instead of the number of steps, so the result depends on the
    /// speed of the machine.
    var maxTime: Double? { get set }

    /// The output of `fit` while it runs. Default `false`.
    var verbose: Verbosity { get set }

    /// The seed of all random draws; nil for a different result each time. Default nil.
    var randomState: UInt32? { get set }

    /// The names of the numeric columns that contain dates, as days since 1970-01-01. Default none.
    ///
    /// `readCSV` reads dates as such days if its argument `dateColumns` names the column. From each date, the networks
    /// get the days, the year, the month, the day of the month, the day of the week and the hour. They do not get a
    /// part that is the same in all rows of `fit`.
    var dateColumns: [String] { get set }

    /// The device that trains the networks. Default `.cpu`. It is not a parameter and is not stored in model files.
    var device: Device { get set }

    /// The learned state. Not for clients.
    var _fitted: FittedTabularMLP { get set }

    /// Creates an estimator with the given constants. All other parameters have their defaults.
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

    /// Returns the name and the kind of each column that the model takes.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try learned().encoder.columnTypes }

    /// Sets `randomState`.
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
    ///   - x: a table with numeric and categorical columns, as `readCSV` returns it. Values may be missing. Columns
    ///     whose cells are all equal are ignored.
    ///   - y: one target per row.
    ///   - sampleWeight: one non-negative weight per row; nil for 1 each.
    /// - Throws: `EstimatorError` for invalid parameters or data, or if training diverges. If it throws, the model does
    ///   not change.
    public mutating func fit(_ x: Table, _ y: [Target], sampleWeight: [Double]?) throws {
        try fit(x, y, sampleWeight: sampleWeight, validation: nil)
    }

    /// Learns from a table, and selects the best epoch of each network on a validation set. The networks then learn
    /// from all rows of `x`.
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
    /// Learns from a matrix, in which NaN is a missing value.
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
    /// Returns the probability of every class for every row of a matrix: rows × classes, in the order of `classes`.
    ///
    /// - Throws: what `predictProba` throws for a table.
    public func predictProba<Element: MatrixScalar>(_ x: Matrix<Element>) throws -> Matrix<Scalar> {
        try predictProba(Table(columnsOf: x))
    }
}
