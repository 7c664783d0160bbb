public import Estimators
import LinearAlgebra
import Metrics
public import NeuralNetwork
public import Tables

/// A regressor for raw tables with numeric and categorical columns and missing values. It needs no preprocessing.
///
/// ```swift
/// var model = TabularMLPRegressor(randomState: 0)
/// try model.fit(houses.droppingColumns(["price"]), houses.numbers("price"))
/// let prices = try model.predict(newHouses)
/// ```
///
/// It minimizes the squared error of standardized targets. For several outputs, each target is an array of numbers:
/// `TabularMLPRegressor<[Double]>(…)`. The parameters and fitted attributes are those of ``TabularMLP``.
public struct TabularMLPRegressor<Target: RegressionTarget>: TabularMLP {
    /// The constants of the networks and of their training. Default ``TabularSettings/strong``.
    public var settings: TabularSettings

    /// The number of threads; −1 for one per core, nil for 1. Default −1.
    public var nJobs: Int? = -1

    /// The maximum training time in seconds, above 0; nil for no limit: see ``TabularMLP/maxTime``. Default nil.
    public var maxTime: Double?

    /// The seed of all random draws; nil for a different result each time. Default nil.
    public var randomState: UInt32?

    /// The output of `fit` while it runs. Default `false`.
    public var verbose = Verbosity.warnings

    /// The names of the columns that contain dates, as days since 1970-01-01: see ``TabularMLP/dateColumns``. Default
    /// none.
    public var dateColumns: [String] = []

    /// The device that trains the networks. Default `.cpu`. It is not a parameter and is not stored in model files.
    public var device = Device.cpu

    /// The learned state. Not for clients.
    public var _fitted = FittedTabularMLP()

    /// Creates a regressor with the given constants. All other parameters have their defaults.
    public init(_ settings: TabularSettings) { self.settings = settings }

    /// Creates a regressor with an explicit target type: `TabularMLPRegressor<[Double]>(…)`. The parameters are those
    /// of ``TabularMLP``. `nEnsemble` replaces the number of networks in `settings`; nil keeps it.
    public init(
        _ settings: TabularSettings = .strong, nEnsemble: Int? = nil, nJobs: Int? = -1, maxTime: Double? = nil,
        randomState: UInt32? = nil, verbose: Verbosity = .warnings, dateColumns: [String] = []
    ) {
        self.settings = settings
        self.settings.nEnsemble = nEnsemble ?? settings.nEnsemble
        (self.nJobs, self.maxTime) = (nJobs, maxTime)
        (self.randomState, self.verbose, self.dateColumns) = (randomState, verbose, dateColumns)
    }

    /// Returns the prediction for each row of `x`.
    ///
    /// - Parameter x: a table with the columns of the table in `fit`, in any order. Other columns are ignored.
    ///   Categories that did not occur in `fit` are treated as unknown.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidInput` if a column is missing, or if a numeric
    ///   column has a value that is neither missing nor a finite number.
    /// - Complexity: O(rows × parameters × networks).
    public func predict(_ x: Table) throws -> [Target] { Target._targets(from: try learned().predictions(for: x)) }

    /// Returns the coefficient of determination R² of the predictions.
    ///
    /// - Throws: what `predict` throws, and `EstimatorError` if `y` or the weights do not match `x`.
    public func score(_ x: Table, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        try r2Score(y, predict(x), sampleWeight: sampleWeight)
    }

    /// Encodes the targets. Not for clients.
    public mutating func _problem(_ y: [Target], sampleWeight: [Double]?) throws -> _TabularProblem {
        let outputs = try Target._outputs(of: y, argument: "y")
        let scales = (0..<outputs.columns).map { column in
            TargetScale((0..<outputs.rows).map { outputs[$0, column] })
        }
        for scale in scales {
            try Check.require(
                scale.deviation.isFinite, "y",
                "must have a range that is finite, but is from \(scale.least) to \(scale.greatest): divide the targets by a "
                    + "power of ten")
        }
        return _TabularProblem(
            task: .numbers(scales.count), scales: scales, targets: TabularMLPRegressor.standardized(outputs, scales),
            weights: sampleWeight.map { $0.map { Float($0) } }, strata: nil)
    }

    private static func standardized(_ outputs: Matrix<Double>, _ scales: [TargetScale]) -> [Float] {
        outputs.elements.enumerated().map { Float(scales[$0 % scales.count].standardized($1)) }
    }

    /// The name of each constant.
    public static var parameterNames: [PartialKeyPath<Self>: String] { constantNames }

    /// Encodes further targets. Not for clients.
    public func _encoded(_ y: [Target], like problem: _TabularProblem, argument: String) throws -> [Float] {
        let outputs = try Target._outputs(of: y, argument: argument)
        try Check.require(
            outputs.columns == problem.scales.count, argument,
            "must have \(problem.scales.count) outputs per row, as y, but has \(outputs.columns)")
        return TabularMLPRegressor.standardized(outputs, problem.scales)
    }
}

extension TabularMLPRegressor where Target == Double {
    /// Creates a regressor of `Double` targets. The parameters are those of ``TabularMLP``. `nEnsemble` replaces the
    /// number of networks in `settings`; nil keeps it.
    public init(
        _ settings: TabularSettings = .strong, nEnsemble: Int? = nil, nJobs: Int? = -1, maxTime: Double? = nil,
        randomState: UInt32? = nil, verbose: Verbosity = .warnings, dateColumns: [String] = []
    ) {
        self.init(settings)
        self.settings.nEnsemble = nEnsemble ?? settings.nEnsemble
        (self.nJobs, self.maxTime) = (nJobs, maxTime)
        (self.randomState, self.verbose, self.dateColumns) = (randomState, verbose, dateColumns)
    }
}
