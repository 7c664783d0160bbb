public import Estimators
public import LinearAlgebra
import Metrics
public import NeuralNetwork
public import Tables

/// A classifier for raw tables with numeric and categorical columns and missing values. It needs no preprocessing.
///
/// ```swift
/// var model = TabularMLPClassifier<String>(randomState: 0)
/// try model.fit(people.droppingColumns(["income"]), people.labels("income"))
/// let probabilities = try model.predictProba(newPeople)
/// ```
///
/// It minimizes the log loss. The parameters and fitted attributes are those of ``TabularMLP``.
public struct TabularMLPClassifier<Target: ClassLabel>: TabularMLP, ProbabilisticClassifier {
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

    /// The weight of each class, which multiplies the sample weights; nil for 1 each. Default nil.
    public var classWeight: ClassWeight<Target>?

    /// The names of the columns that contain dates, as days since 1970-01-01: see ``TabularMLP/dateColumns``. Default
    /// none.
    public var dateColumns: [String] = []

    /// The device that trains the networks. Default `.cpu`. It is not a parameter and is not stored in model files.
    public var device = Device.cpu

    /// The learned state. Not for clients.
    public var _fitted = FittedTabularMLP()

    /// The classes in ascending order, which is the column order of `predictProba`; empty before `fit`.
    public internal(set) var classes: [Target] = []

    /// Creates a classifier with the given constants. All other parameters have their defaults.
    public init(_ settings: TabularSettings) { self.settings = settings }

    /// Creates a classifier. The parameters are those of ``TabularMLP`` and ``classWeight``. `nEnsemble` replaces the
    /// number of networks in `settings`; nil keeps it.
    public init(
        _ settings: TabularSettings = .strong, nEnsemble: Int? = nil, nJobs: Int? = -1, maxTime: Double? = nil,
        randomState: UInt32? = nil, verbose: Verbosity = .warnings, classWeight: ClassWeight<Target>? = nil,
        dateColumns: [String] = []
    ) {
        self.settings = settings
        self.settings.nEnsemble = nEnsemble ?? settings.nEnsemble
        (self.nJobs, self.maxTime) = (nJobs, maxTime)
        (self.randomState, self.verbose, self.classWeight) = (randomState, verbose, classWeight)
        self.dateColumns = dateColumns
    }

    /// Returns the probability of every class for every row of `x`: rows × classes, in the order of ``classes``.
    ///
    /// - Parameter x: a table with the columns of the table in `fit`, in any order. Other columns are ignored.
    ///   Categories that did not occur in `fit` are treated as unknown.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidInput` if a column is missing, or if a numeric
    ///   column has a value that is neither missing nor a finite number.
    /// - Complexity: O(rows × parameters × networks).
    public func predictProba(_ x: Table) throws -> Matrix<Double> { try learned().predictions(for: x) }

    /// Returns the most probable class for each row of `x`.
    ///
    /// - Throws: what ``predictProba(_:)`` throws.
    public func predict(_ x: Table) throws -> [Target] {
        let probabilities = try predictProba(x)
        return (0..<probabilities.rows).map { row in
            var best = 0
            for number in classes.indices where probabilities[row, number] > probabilities[row, best] { best = number }
            return classes[best]
        }
    }

    /// Returns the accuracy: the fraction of rows whose predicted class is the true one.
    ///
    /// - Throws: what `predict` throws, and `EstimatorError` if `y` or the weights do not match `x`.
    public func score(_ x: Table, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        try accuracyScore(y, predict(x), sampleWeight: sampleWeight)
    }

    /// Learns the classes and encodes the targets. Not for clients.
    public mutating func _problem(_ y: [Target], sampleWeight: [Double]?) throws -> _TabularProblem {
        classes = try Target.classes(in: y, argument: "y")
        var weights = sampleWeight
        if let classWeight {
            let encoded: Matrix<Double> = try Target.encode(y, classes: classes, argument: "y")
            let factors = try classWeight.sampleWeights(encoded, classes: classes, isMultilabel: false)
            weights = weights.map { zip($0, factors).map(*) } ?? factors
        }
        let numbers = try numbers(y, argument: "y")
        return _TabularProblem(
            task: .classes(classes.count), scales: [], targets: indicators(numbers),
            weights: weights.map { $0.map { Float($0) } }, strata: numbers)
    }

    /// The name of each constant.
    public static var parameterNames: [PartialKeyPath<Self>: String] { constantNames }

    /// Encodes further targets. Not for clients.
    public func _encoded(_ y: [Target], like problem: _TabularProblem, argument: String) throws -> [Float] {
        indicators(try numbers(y, argument: argument))
    }

    private func numbers(_ y: [Target], argument: String) throws -> [Int] {
        let numbers = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
        return try y.enumerated().map { row, label in
            guard let number = numbers[label] else {
                throw EstimatorError.invalidInput(
                    argument: argument,
                    problem: "must have the classes of y only, \(classes), but \(argument)[\(row)] is \(label)")
            }
            return number
        }
    }

    private func indicators(_ numbers: [Int]) -> [Float] {
        var indicators = [Float](repeating: 0, count: numbers.count * classes.count)
        for (row, number) in numbers.enumerated() { indicators[row * classes.count + number] = 1 }
        return indicators
    }
}
