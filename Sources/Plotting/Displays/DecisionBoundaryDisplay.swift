public import Estimators
public import LinearAlgebra
import Preprocessing
public import Tables

/// A map of a classifier's predictions in the plane of two features or of two principal components.
///
/// ```swift
/// try DecisionBoundaryDisplay(mlp, x, y, featureNames: names, displayLabels: iris.targetNames).write(to: url)
/// ```
///
/// With more than two features, the map shows the plane of the first two principal components. The inverse transform of
/// ``/Preprocessing/PCA`` gives the features of each point. Samples are projected onto the plane.
public struct DecisionBoundaryDisplay: Display {
    /// The response of the classifier that the map shows.
    public enum ResponseMethod: String, Sendable, Codable, CaseIterable {
        /// The same as `.predictProba`.
        case auto
        /// The probabilities: the color of the most probable class, stronger for higher probabilities.
        case predictProba
        /// The predicted class only.
        case predict
    }

    /// The first coordinate of each grid point, in rows of equal y.
    public let xx0: Matrix<Double>

    /// The second coordinate of each grid point, in rows of equal y.
    public let xx1: Matrix<Double>

    /// The number of classes.
    public let nClasses: Int

    /// The response at each grid point. For `.predict`, one matrix of class numbers. For `.predictProba`, one matrix of
    /// the second class's probabilities for two classes, otherwise one matrix per class.
    public let response: [Matrix<Double>]

    /// The response that the map shows: `.predictProba` or `.predict`.
    public let responseMethod: ResponseMethod

    /// The name of the first coordinate.
    public let xLabel: String

    /// The name of the second coordinate.
    public let yLabel: String

    /// The names of the classes.
    public let displayLabels: [String]

    /// The samples in the plane.
    private let samples: [Point]
    /// The class number of each sample; nil if the classes are unknown.
    private let sampleClasses: [Int]?
    private let isProjected: Bool

    /// Creates a map of a classifier's predictions around some samples.
    ///
    /// - Parameters:
    ///   - estimator: a fitted classifier.
    ///   - x: samples × features, with at least two features. The samples determine the range of the map.
    ///   - y: the true labels of the samples, which are drawn on the map; nil for none.
    ///   - gridResolution: the number of grid points in each direction, from 2 to 2000.
    ///   - eps: the margin of the map around the samples, at least 0, in units of the features.
    ///   - responseMethod: the response of the classifier to show.
    ///   - featureNames: a name for each feature; nil for numbers.
    ///   - displayLabels: a name for each class of the estimator; nil for the labels themselves.
    /// - Throws: what the estimator throws; `EstimatorError` for fewer than two features, for a wrong number of names
    ///   or labels, and for a `gridResolution` or an `eps` outside its range.
    /// - Complexity: that of gridResolution² predictions.
    public init<Model: ProbabilisticClassifier & MatrixEstimator>(
        _ estimator: Model, _ x: Matrix<Model.Scalar>, _ y: [Model.Target]? = nil, gridResolution: Int = 100,
        eps: Double = 1, responseMethod: ResponseMethod = .auto, featureNames: [String]? = nil,
        displayLabels: [String]? = nil
    ) throws where Model.Target: ClassLabel {
        try Check.features(x)
        try Check.require(
            x.columns >= 2, "x",
            "must have at least 2 columns, but has \(x.columns)")
        if let y { try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x") }
        let plane = try DataPlane(x, featureNames: featureNames)
        try self.init(
            estimator, y, gridResolution: gridResolution, eps: eps, responseMethod: responseMethod,
            displayLabels: displayLabels, samples: plane.samples, names: plane.names, isProjected: plane.isProjected
        ) { try plane.features(at: $0, of: Model.Scalar.self) }
    }

    /// Creates a map of the predictions of a classifier of tables over two numeric columns.
    ///
    /// On the whole map, other numeric columns have their median, and categorical columns their most frequent category.
    /// Rows in which one of the two numbers is missing are not drawn.
    ///
    /// ```swift
    /// try DecisionBoundaryDisplay(model, table, y, features: ("age", "hours")).write(to: "boundary.svg")
    /// ```
    ///
    /// - Parameters:
    ///   - estimator: a fitted classifier.
    ///   - x: a table with the columns of the classifier. Its rows determine the range of the map.
    ///   - y: the true labels of the rows, which are drawn on the map; nil for none.
    ///   - features: the names of two numeric columns.
    ///   - gridResolution: the number of grid points in each direction, from 2 to 2000.
    ///   - eps: the margin of the map around the samples, at least 0, in units of the features.
    ///   - responseMethod: the response of the classifier to show.
    ///   - displayLabels: a name for each class of the estimator; nil for the labels themselves.
    /// - Throws: what the estimator throws; `EstimatorError` for a column that is not numeric or does not exist, for a
    ///   wrong number of names or labels, and for a `gridResolution` or an `eps` outside its range.
    /// - Complexity: that of gridResolution² predictions.
    public init<Model: ProbabilisticClassifier>(
        _ estimator: Model, _ x: Table, _ y: [Model.Target]? = nil, features: (String, String),
        gridResolution: Int = 100, eps: Double = 1, responseMethod: ResponseMethod = .auto,
        displayLabels: [String]? = nil
    ) throws where Model.Features == Table, Model.Target: ClassLabel {
        if let y { try Check.sameCount(y.count, argument: "y", as: x.rowCount, of: "x") }
        let points = zip(try x.numbers(features.0), try x.numbers(features.1)).map { Point(x: $0, y: $1) }
        let known = points.indices.filter { points[$0].x.isFinite && points[$0].y.isFinite }
        try Check.require(!known.isEmpty, "x", "must have a row with numbers of \(features.0) and \(features.1)")
        try self.init(
            estimator, y.map { y in known.map { y[$0] } }, gridResolution: gridResolution, eps: eps,
            responseMethod: responseMethod, displayLabels: displayLabels, samples: known.map { points[$0] },
            names: features, isProjected: false
        ) { places in
            try Table(
                x.columnNames.map { name in
                    switch name {
                    case features.0: (name, .numbers(places.map(\.x)))
                    case features.1: (name, .numbers(places.map(\.y)))
                    default: (name, try x.column(name).typicalValue(repeated: places.count))
                    }
                })
        }
    }

    /// - Parameters:
    ///   - y: the labels of `samples`; nil for none.
    ///   - samples: the samples in the plane.
    ///   - names: the names of the coordinates.
    ///   - features: the features at places of the plane.
    private init<Model: ProbabilisticClassifier>(
        _ estimator: Model, _ y: [Model.Target]?, gridResolution: Int, eps: Double, responseMethod: ResponseMethod,
        displayLabels: [String]?, samples: [Point], names: (x: String, y: String), isProjected: Bool,
        features: ([Point]) throws -> Model.Features
    ) throws where Model.Target: ClassLabel {
        try Check.require(
            (2...2000).contains(gridResolution), parameter: "gridResolution", gridResolution,
            allowed: "an integer from 2 to 2000")
        try Check.require(
            eps >= 0 && eps.isFinite, parameter: "eps", eps,
            allowed: "a number of at least 0")
        let grid = Grid(around: samples, resolution: gridResolution, margin: eps)
        let features = try features(grid.places)

        let classes = estimator.classes
        let number = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
        func matrix(_ elements: [Double]) -> Matrix<Double> {
            Matrix(rows: gridResolution, columns: gridResolution, elements: elements)
        }
        switch responseMethod {
        case .predict:
            self.responseMethod = .predict
            response = [matrix(try estimator.predict(features).map { Double(number[$0] ?? 0) })]
        case .auto, .predictProba:
            self.responseMethod = .predictProba
            let probabilities = try estimator.predictProba(features)
            let shown = probabilities.columns == 2 ? 1..<2 : 0..<probabilities.columns
            response = shown.map { matrix(probabilities.column($0).map(Double.init)) }
        }
        xx0 = matrix(grid.places.map(\.x))
        xx1 = matrix(grid.places.map(\.y))
        nClasses = classes.count
        xLabel = names.x
        yLabel = names.y
        self.displayLabels = try classNames(displayLabels, of: classes)
        self.samples = samples
        sampleClasses = try y?.enumerated().map { index, label in
            guard let known = number[label] else {
                throw EstimatorError.invalidInput(
                    argument: "y",
                    problem: "must contain classes of the estimator (\(classes)) only, but y[\(index)] is \(label)")
            }
            return known
        }
        self.isProjected = isProjected
    }

    // MARK: Picture

    /// The map with the samples on it.
    public var figure: Figure {
        let (x, y) = (range(of: xx0), range(of: xx1))
        var marks: [any Mark] = [RegionsMark(places: places, x: x, y: y)]
        if let sampleClasses {
            for number in 0..<nClasses {
                let points = zip(samples, sampleClasses).filter { $0.1 == number }.map(\.0)
                marks.append(ScatterMark(points: points, style: SeriesStyle(number: number)))
            }
        }
        return Figure(
            title: "Decision boundary",
            subtitle: isProjected ? "On the plane of the first two principal components" : "",
            summary: "A map of \(xLabel) and \(yLabel) with the regions in which a classifier predicts each of "
                + "\(words(nClasses, "class", "classes")): \(displayLabels.joined(separator: ", "))"
                + (sampleClasses == nil ? "." : ", and \(words(samples.count, "sample", "samples"))."),
            panels: [
                Panel(
                    x: Axis(label: xLabel, scale: .linear(x)), y: Axis(label: yLabel, scale: .linear(y)), marks: marks,
                    hasGrid: false)
            ],
            legend: displayLabels.enumerated().map { number, name in
                let style = SeriesStyle(number: number)
                return LegendEntry(symbol: sampleClasses == nil ? .fill(style.fillClass) : .marker(style), text: name)
            })
    }

    private func range(of coordinates: Matrix<Double>) -> ClosedRange<Double> {
        let (low, high) = (coordinates.elements.first ?? 0, coordinates.elements.last ?? 1)
        return low < high ? low...high : (low - 1)...(high + 1)
    }

    /// The class and its probability at each point of the map. Between grid points, probabilities are interpolated, so
    /// that boundaries are smooth.
    private var places: [[RegionsMark.Place]] {
        if responseMethod == .predict {
            let numbers = response[0]
            return (0..<numbers.rows).map { row in
                numbers.rowSlice(row).map { RegionsMark.Place(series: Int($0), level: 2) }
            }
        }
        let size = xx0.rows
        let fine = max(size, min(180, 2 * size))
        let fields = response.map { Interpolation($0, size: fine) }
        return (0..<fine).map { row in
            (0..<fine).map { column in
                let values = fields.map { $0[row, column] }
                return values.count == 1
                    ? place(values[0] > 0.5 ? 1 : 0, max(values[0], 1 - values[0]))
                    : place(values.indices.max { values[$0] < values[$1] } ?? 0, values.max() ?? 0)
            }
        }
    }

    /// Returns the level of a probability. The most probable class is at least as probable as by chance; NaN counts as
    /// chance.
    private func place(_ series: Int, _ probability: Double) -> RegionsMark.Place {
        let least = 1 / Double(max(nClasses, 2))
        let share = (probability - least) / (1 - least)
        let level = share > 0 ? min(RegionsMark.levels - 1, Int(min(share, 1) * Double(RegionsMark.levels))) : 0
        return RegionsMark.Place(series: series, level: level)
    }
}

extension Table.Column {
    /// As many rows of the median of the numbers, or of the most frequent category.
    fileprivate func typicalValue(repeated count: Int) throws -> Table.Column {
        switch self {
        case .numbers(let numbers):
            let known = numbers.filter { !$0.isNaN }.sorted()
            return .numbers([Double](repeating: known.isEmpty ? .nan : known[known.count / 2], count: count))
        case .strings:
            let counts = try Table([("column", self)]).valueCounts("column")
            return .strings([String?](repeating: counts.first?.value, count: count))
        }
    }
}

/// Interpolates between the numbers of a square grid.
private struct Interpolation {
    let field: Matrix<Double>
    let size: Int

    init(_ field: Matrix<Double>, size: Int) {
        self.field = field
        self.size = size
    }

    /// The value by bilinear interpolation. The corners are those of the grid.
    subscript(row: Int, column: Int) -> Double {
        let scale = Double(field.rows - 1) / Double(size - 1)
        let (y, x) = (Double(row) * scale, Double(column) * scale)
        let (top, left) = (min(Int(y), field.rows - 2), min(Int(x), field.columns - 2))
        let (down, right) = (y - Double(top), x - Double(left))
        let upper = field[top, left] * (1 - right) + field[top, left + 1] * right
        let lower = field[top + 1, left] * (1 - right) + field[top + 1, left + 1] * right
        return upper * (1 - down) + lower * down
    }
}
