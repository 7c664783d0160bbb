import Estimators
public import ModelSelection

/// The results of a search: the mean score of each candidate against its parameters.
///
/// ```swift
/// try SearchDisplay(search).write(to: url)                                    // all parameters
/// try SearchDisplay(search, paramNames: ["alpha", "activation"]).write(to: url)   // these two, as a heat map
/// ```
public struct SearchDisplay: Display {
    /// The kind of plot.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// One cell for each pair of values of two parameters. If other parameters vary too, a cell shows the best mean
        /// score of its candidates.
        case heatMap
        /// One axis for each parameter and one for the score, and one line for each candidate.
        case parallelCoordinates
        /// One point for each candidate: one parameter against the score, or two parameters against each other with the
        /// score as a shade. An axis whose values span decades is logarithmic.
        case scatter
    }

    /// The parameters, in the order of the axes.
    public let paramNames: [String]

    /// The values of each candidate as text: candidates × parameters. Empty if a candidate does not have the parameter.
    public let params: [[String]]

    /// The mean test score of each candidate; NaN if it failed.
    public let meanTestScore: [Double]

    /// The name of the scores.
    public let scoreName: String

    /// The kind of plot.
    public let kind: Kind

    /// The candidates among which the search chose: those of the last round.
    private let finalists: [Int]

    /// Creates a display of the results of a fitted search.
    ///
    /// - Parameters:
    ///   - search: a search after `fit`.
    ///   - paramNames: the parameters to show; nil for all that vary.
    ///   - scoring: the name of the scorer to show; nil for the one that selected the best candidate.
    ///   - kind: the kind of plot; nil for what suits the candidates: for two parameters a heat map, or a scatter plot if
    ///     most cells of the map would be empty; otherwise parallel coordinates, or a scatter plot for one parameter with
    ///     many values over decades.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidParameter` for names of parameters or
    ///   scorers that the search does not have, and for a kind that needs another number of them.
    public init<Search: SearchCV>(
        _ search: Search, paramNames: [String]? = nil, scoring: String? = nil, kind: Kind? = nil
    ) throws {
        guard search.found != nil else { throw EstimatorError.notFitted(estimator: "search") }
        try self.init(search.cvResults, paramNames: paramNames, scoring: scoring, kind: kind)
    }

    /// Creates a display of a table of search results.
    ///
    /// - Parameters:
    ///   - results: the results, with at least one candidate.
    ///   - paramNames: the parameters to show; nil for all that vary.
    ///   - scoring: the name of the scorer to show; nil for the one that selected the best candidate.
    ///   - kind: the kind of plot; nil for what suits the candidates: for two parameters a heat map, or a scatter plot if
    ///     most cells of the map would be empty; otherwise parallel coordinates, or a scatter plot for one parameter with
    ///     many values over decades.
    /// - Throws: `EstimatorError.invalidInput` if there are no candidates; `EstimatorError.invalidParameter` for
    ///   unknown names of parameters or scorers, and for a kind that needs another number of them.
    public init<Root>(
        _ results: CVResults<Root>, paramNames: [String]? = nil, scoring: String? = nil, kind: Kind? = nil
    ) throws {
        try Check.notEmpty(results.params.count, argument: "results")
        let all = results.params.reduce(into: [String]()) { names, set in
            for name in set.names where !names.contains(name) { names.append(name) }
        }
        let varying = all.filter { name in Set(results.params.map { $0[name] }).count > 1 }
        let names = paramNames ?? (varying.isEmpty ? all : varying)
        for name in names where !all.contains(name) {
            throw EstimatorError.invalidParameter(
                name: "paramNames", value: "\(names)", allowed: "some of \(all), which the search varied")
        }
        let params = results.params.map { set in names.map { set[$0] ?? "" } }
        let kind = kind ?? SearchDisplay.kind(for: params, parameters: names.count)
        let (allowed, counts) =
            switch kind {
            case .heatMap: ("two names for a heat map", 2...2)
            case .scatter: ("one or two names for a scatter plot", 1...2)
            case .parallelCoordinates: ("at least one name", 1...Int.max)
            }
        try Check.require(counts.contains(names.count), parameter: "paramNames", names, allowed: allowed)
        let scorer = scoring ?? results.mainScorer
        guard let scores = results.testScores[scorer] else {
            throw EstimatorError.invalidParameter(
                name: "scoring", value: "\(scorer)", allowed: "one of \(results.scorers)")
        }
        self.paramNames = names
        self.params = params
        meanTestScore = scores.mean
        let iterations = results.iterations
        finalists = results.params.indices.filter { iterations.isEmpty || iterations[$0] == iterations.last }
        scoreName = scorer == "score" ? "mean test score" : "mean test \(scorer)"
        self.kind = kind
    }

    /// Returns the kind that suits the candidates.
    private static func kind(for params: [[String]], parameters: Int) -> Kind {
        let values = (0..<parameters).map { column in Set(params.map { $0[column] }) }
        if parameters == 2 {
            let cells = values[0].count * values[1].count
            let isNumeric = values.contains { $0.allSatisfy { Double($0) != nil } }
            return isNumeric && cells > 2 * Set(params).count ? .scatter : .heatMap
        }
        let numbers = values.first?.compactMap { Double($0) } ?? []
        let isWide = parameters == 1 && numbers.count == values[0].count && numbers.count > 8 && spansDecades(numbers)
        return isWide ? .scatter : .parallelCoordinates
    }

    /// Whether positive numbers differ by a factor of at least 100.
    private static func spansDecades(_ numbers: [Double]) -> Bool {
        guard let least = numbers.min(), let greatest = numbers.max(), least > 0, greatest.isFinite else {
            return false
        }
        return greatest >= 100 * least
    }

    /// The index of the best candidate; nil if all failed.
    private var best: Int? {
        finalists.filter { !meanTestScore[$0].isNaN }.max {
            // Among equal scores, the first is the best, as in the search itself.
            (meanTestScore[$0], $1) < (meanTestScore[$1], $0)
        }
    }

    /// The heat map or the parallel coordinates as a figure.
    public var figure: Figure {
        let failed = meanTestScore.count { $0.isNaN }
        let bestText = best.map { best in
            "Best: \(general(meanTestScore[best], digits: 4)) with "
                + zip(paramNames, params[best]).map { "\($0) \(rounded($1))" }.joined(separator: ", ")
        }
        let subtitle = [bestText, failed > 0 ? "\(words(failed, "candidate", "candidates")) failed" : nil]
            .compactMap { $0 }.joined(separator: "; ")
        var figure =
            switch kind {
            case .heatMap: heatMap
            case .parallelCoordinates: parallelCoordinates
            case .scatter: scatter
            }
        figure.title = "Search: \(scoreName)"
        figure.subtitle = subtitle
        figure.summary =
            "The \(scoreName) of \(words(params.count, "candidate", "candidates")) of a search over "
            + "\(paramNames.joined(separator: ", ")). \(subtitle)."
        return figure
    }

    /// Returns a number with at most four significant digits, and its exponent; returns other values unchanged.
    private func rounded(_ value: String) -> String { shortened([value])[0] }

    /// Returns numbers with four significant digits, or with more where two of them would look the same. Other values
    /// are unchanged.
    private func shortened(_ values: [String]) -> [String] {
        for digits in 4...6 {
            let texts = values.map { value in
                value.count > 6 ? Double(value).map { general($0, digits: digits) } ?? value : value
            }
            if Set(texts).count == Set(values).count { return texts }
        }
        return values
    }

    // MARK: Heat map

    private var heatMap: Figure {
        // The parameter that changes fastest is the horizontal one.
        let (rows, columns) = (distinct(0), distinct(1))
        var values = [[Double]](repeating: [Double](repeating: .nan, count: columns.count), count: rows.count)
        for (candidate, score) in zip(params, meanTestScore) {
            guard let row = rows.firstIndex(of: candidate[0]), let column = columns.firstIndex(of: candidate[1]),
                !(score <= values[row][column]), !score.isNaN
            else { continue }
            values[row][column] = score
        }
        let scores = values.joined().filter(\.isFinite)
        let range = (scores.min() ?? 0)...(scores.max() ?? 0)
        return Figure(
            title: "", summary: "",
            panels: [
                Panel(
                    x: Axis(label: paramNames[1], scale: .category(shortened(columns))),
                    y: Axis(label: paramNames[0], scale: .category(shortened(rows))),
                    marks: [
                        CellsMark(
                            values: values, texts: values.map { $0.map { $0.isNaN ? "–" : general($0, digits: 3) } },
                            range: range)
                    ], hasGrid: false)
            ],
            colorBar: range.lowerBound < range.upperBound ? ColorBar(range: range) : nil)
    }

    /// Returns the values of a parameter in the order in which they were tried; numbers in ascending order.
    private func distinct(_ parameter: Int) -> [String] {
        let values = params.reduce(into: [String]()) { values, candidate in
            if !values.contains(candidate[parameter]) { values.append(candidate[parameter]) }
        }
        let numbers = values.compactMap(Double.init)
        return numbers.count == values.count ? zip(numbers, values).sorted { $0.0 < $1.0 }.map(\.1) : values
    }

    // MARK: Parallel coordinates

    private var parallelCoordinates: Figure {
        let axes = paramNames.indices.map(axis) + [scoreAxis]
        let shown = meanTestScore.indices.filter { meanTestScore[$0].isFinite }
        let mark = ParallelMark(
            axes: axes,
            candidates: shown.map { candidate in
                ParallelMark.Candidate(
                    places: axes.map { $0.places[candidate] }, score: axes[axes.count - 1].places[candidate],
                    isBest: candidate == best)
            })
        return Figure(
            title: "", summary: "",
            panels: [
                Panel(
                    x: Axis(label: "", scale: .category(paramNames + [scoreName])),
                    y: Axis(label: "", scale: .category([])), marks: [mark], hasGrid: false, hasAxes: false)
            ],
            legend: [
                LegendEntry(symbol: .line(ParallelMark.bestStyle), text: "best candidate"),
                LegendEntry(symbol: .fill("d0"), text: "low score"),
                LegendEntry(symbol: .fill("d\(Theme.density.count - 1)"), text: "high score"),
            ])
    }

    private func axis(_ parameter: Int) -> ParallelMark.Axis {
        let texts = params.map { $0[parameter] }
        let values = distinct(parameter)
        // A few values get one label each; many numbers get ticks.
        if values.count > 8, let (scale, numbers) = numericScale(parameter) {
            return ParallelMark.Axis(scale: scale, values: numbers)
        }
        return ParallelMark.Axis(
            scale: .category(shortened(values)), values: texts.map { Double(values.firstIndex(of: $0) ?? 0) })
    }

    /// Returns a scale and the numbers of a parameter; nil if a value is not a finite number.
    private func numericScale(_ parameter: Int) -> (scale: Scale, numbers: [Double])? {
        let numbers = params.compactMap { Double($0[parameter]) }
        guard numbers.count == params.count, numbers.allSatisfy(\.isFinite) else { return nil }
        return (
            SearchDisplay.spansDecades(numbers) ? .logarithmic(covering: numbers) : .linear(covering: numbers), numbers
        )
    }

    // MARK: Scatter

    private var scatter: Figure {
        func axis(_ parameter: Int) -> (scale: Scale, values: [Double]) {
            if let (scale, numbers) = numericScale(parameter) { return (scale, numbers) }
            let values = distinct(parameter)
            return (
                .category(shortened(values)), params.map { Double(values.firstIndex(of: $0[parameter]) ?? 0) }
            )
        }
        let x = axis(paramNames.count - 1)
        let y: (scale: Scale, values: [Double]) =
            paramNames.count == 2 ? axis(0) : (Scale.linear(covering: meanTestScore), meanTestScore)
        let points = zip(x.values, y.values).map { Point(x: $0, y: $1) }
        let shown = meanTestScore.indices.filter { meanTestScore[$0].isFinite }
        // The range of the scores without the padding of an axis.
        let range = Scale.linear(covering: shown.map { meanTestScore[$0] }, padding: 0)
        let mark = ShadedPointsMark(
            points: shown.map { points[$0] }, places: shown.map { range.fraction(meanTestScore[$0]) })
        var marks: [any Mark] = [mark]
        if let best { marks.append(HighlightMark(point: points[best], style: ParallelMark.bestStyle)) }
        return Figure(
            title: "", summary: "",
            panels: [
                Panel(
                    x: Axis(label: paramNames[paramNames.count - 1], scale: x.scale),
                    y: Axis(label: paramNames.count == 2 ? paramNames[0] : scoreName, scale: y.scale), marks: marks)
            ],
            legend: [
                LegendEntry(symbol: .marker(ParallelMark.bestStyle), text: "best candidate"),
                LegendEntry(symbol: .fill("d0"), text: "low score"),
                LegendEntry(symbol: .fill("d\(Theme.density.count - 1)"), text: "high score"),
            ])
    }

    private var scoreAxis: ParallelMark.Axis {
        ParallelMark.Axis(scale: .linear(covering: meanTestScore), values: meanTestScore)
    }
}
