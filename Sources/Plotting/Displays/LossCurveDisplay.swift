public import Estimators
public import NeuralNetwork
import TabularNetworks

/// The loss during training, with the end of training and its reason.
///
/// ```swift
/// try LossCurveDisplay(mlp).write(to: url)
/// ```
///
/// With a validation set, the validation loss is drawn beside the training loss and the validation score below. The
/// best epoch according to early stopping is marked.
public struct LossCurveDisplay: Display {
    /// The training loss of each epoch; for `.lbfgs`, of each iteration.
    public let lossCurve: [Double]

    /// The validation loss after each epoch, NaN if unknown; empty if there is none.
    public let validationLossCurve: [Double]

    /// The validation score after each epoch, NaN if unknown; empty if there is none.
    public let validationScores: [Double]

    /// The name of the scores.
    public let scoreName: String

    /// Why training ended; nil if unknown.
    public let stopReason: StopReason?

    /// Whether early stopping watches the validation loss instead of the score.
    private var watchesLoss = false

    /// Whether the curves are in units of a transformed target.
    private var isTransformed = false

    /// The name of the steps on the x axis.
    private var step = (one: "epoch", many: "epochs")

    /// Creates a display of given curves.
    ///
    /// - Parameters:
    ///   - lossCurve: the training loss of each epoch.
    ///   - validationLossCurve: the validation loss after each epoch. A value that is not finite makes a gap.
    ///   - validationScores: the validation score after each epoch. A value that is not finite makes a gap.
    ///   - scoreName: the name of the scores.
    ///   - stopReason: why training ended.
    /// - Throws: `EstimatorError.invalidInput` for a `lossCurve` that is empty or not finite.
    public init(
        lossCurve: [Double], validationLossCurve: [Double] = [], validationScores: [Double] = [],
        scoreName: String = "Validation score", stopReason: StopReason? = nil
    ) throws {
        try Check.notEmpty(lossCurve.count, argument: "lossCurve")
        try Check.finite(lossCurve, argument: "lossCurve")
        self.lossCurve = lossCurve
        self.validationLossCurve = validationLossCurve
        self.validationScores = validationScores
        self.scoreName = scoreName
        self.stopReason = stopReason
    }

    /// Creates a display of the curves of a network, or of the network in a pipeline, transformed target or search.
    /// Networks for tables have the means over their ensemble.
    ///
    /// The network of a `TransformedTargetRegressor` learns the transformed target. Its curves are in these units, and the
    /// labels say so.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.notSupported` for a model with no network or several;
    ///   `EstimatorError.invalidInput` for a network that was trained elsewhere and has no curves.
    public init(_ model: some Estimator) throws {
        let (network, isTransformed) = (try network(in: model), learnsTransformedTarget(model))
        if let network = network as? any MultilayerPerceptron {
            try self.init(network: network, isTransformed: isTransformed)
        } else if let network = network as? any TabularMLP {
            _ = try network.learned()
            try self.init(network._fitted, isTransformed: isTransformed)
        } else {
            throw EstimatorError.notSupported("a picture of the training of \(modelName(model))")
        }
    }

    /// The mean curves of networks for tables.
    init(_ fitted: FittedTabularMLP, isTransformed: Bool) throws {
        // To train all epochs is the rule.
        let reason = fitted.stopReason == .reachedMaxIter ? nil : fitted.stopReason
        try self.init(
            lossCurve: fitted.lossCurve, validationLossCurve: fitted.validationLossCurve, stopReason: reason)
        watchesLoss = true
        self.isTransformed = isTransformed
    }

    /// - Parameter isTransformed: whether the network learns transformed targets, so that the curves are in their units.
    init(network: some MultilayerPerceptron, isTransformed: Bool) throws {
        try network.requireFit()
        let fitted = network.fitted
        let score = network is any ProbabilisticClassifier ? "accuracy" : "R²"
        let epochs = fitted.report?.epochs ?? []
        let isStochastic = !fitted.lossCurve.isEmpty
        let losses = isStochastic ? fitted.lossCurve : epochs.map(\.loss)
        try Check.require(
            !losses.isEmpty, "lossCurve",
            "must have an epoch, but this network was trained elsewhere and has none")
        // Not every call had a validation set. NaN marks the epochs without one.
        func curve(_ value: (TrainingEpoch) -> Double?, else known: [Double]) -> [Double] {
            known.isEmpty || epochs.count != losses.count ? known : epochs.map { value($0) ?? .nan }
        }
        let monitor = fitted.report?.monitor ?? "score"
        try self.init(
            lossCurve: losses,
            validationLossCurve: curve(\.validationLoss, else: fitted.validationLossCurve),
            validationScores: curve(\.validationScore, else: fitted.validationScores),
            scoreName: "Validation " + (["score", "loss"].contains(monitor) ? score : monitor),
            stopReason: fitted.stopReason)
        watchesLoss = monitor == "loss"
        self.isTransformed = isTransformed
        if !isStochastic { step = ("iteration", "iterations") }
    }

    // MARK: Picture

    /// The curves as a figure.
    public var figure: Figure {
        let epochs = max(lossCurve.count, validationLossCurve.count, validationScores.count)
        let x = Axis(label: step.one.capitalized, scale: .counts(to: epochs))
        let training = SeriesStyle(number: 0)
        let validation = SeriesStyle(number: 1)
        let score = SeriesStyle(number: 2)
        let end = UprightRuleMark(x: Double(lossCurve.count))

        var losses: [any Mark] = [end, line(lossCurve, training)]
        var legend = [LegendEntry(symbol: .line(training), text: "training loss")]
        if !validationLossCurve.isEmpty {
            losses.append(line(validationLossCurve, validation))
            legend.append(LegendEntry(symbol: .line(validation), text: "validation loss"))
        }
        let unit = isTransformed ? " (transformed target)" : ""
        var panels = [
            Panel(x: x, y: Axis(label: "Loss" + unit, scale: lossScale), marks: losses)
        ]
        if !validationScores.isEmpty {
            legend.append(LegendEntry(symbol: .line(score), text: scoreName.lowercasedFirst))
            panels.append(
                Panel(
                    x: x, y: Axis(label: scoreName + unit, scale: .linear(covering: validationScores)),
                    marks: [end, line(validationScores, score)]))
        }
        if let best {
            let style = best.isLoss ? validation : score
            panels[best.isLoss ? 0 : panels.count - 1].marks.append(
                HighlightMark(point: Point(x: Double(best.epoch), y: best.value), style: style))
            legend.append(LegendEntry(symbol: .marker(style), text: best.text))
        }
        legend.append(LegendEntry(symbol: .rule, text: "end of training"))
        return Figure(
            title: "Loss during training", subtitle: subtitle, summary: summary, panels: panels, legend: legend)
    }

    /// A logarithmic scale if a linear one would show the second half of training as a flat line.
    private var lossScale: Scale {
        let losses = (lossCurve + validationLossCurve).filter(\.isFinite)
        let late = lossCurve.dropFirst(lossCurve.count / 2)
        guard let least = losses.min(), let greatest = losses.max(), least > 0, lossCurve.count >= 4,
            let (low, high) = late.min().flatMap({ low in late.max().map { (low, $0) } })
        else { return .linear(covering: losses) }
        let isFlat = high - low < 0.05 * (greatest - least) && greatest > 10 * least
        return isFlat ? .logarithmic(covering: losses) : .linear(covering: losses)
    }

    private func line(_ values: [Double], _ style: SeriesStyle) -> LineMark {
        LineMark(points: zip(1..., values).map { Point(x: Double($0), y: $1.isFinite ? $1 : .nan) }, style: style)
    }

    /// The epoch of the best score or validation loss; nil if there is neither.
    private var best: (epoch: Int, value: Double, isLoss: Bool, text: String)? {
        func place(of value: Double?, in curve: [Double], isLoss: Bool) -> (Int, Double, Bool, String)? {
            guard let value, let index = curve.firstIndex(of: value) else { return nil }
            return (index + 1, value, isLoss, "best: \(general(value, digits: 4)) after \(step.one) \(index + 1)")
        }
        let loss = place(of: validationLossCurve.filter(\.isFinite).min(), in: validationLossCurve, isLoss: true)
        let score = place(of: validationScores.filter(\.isFinite).max(), in: validationScores, isLoss: false)
        return watchesLoss ? loss ?? score : score ?? loss
    }

    private var subtitle: String {
        return words(lossCurve.count, step.one, step.many) + (stopReason.map { ": \($0.explanation)" } ?? "")
    }

    private var summary: String {
        let (first, last) = (lossCurve.first ?? 0, lossCurve.last ?? 0)
        return "The training loss went from \(general(first, digits: 4)) to \(general(last, digits: 4)) in \(subtitle)."
            + (best.map { " The validation is \($0.text)." } ?? "")
    }
}

extension FittedNetwork {
    /// Throws if the network is not fitted.
    func requireFit(_ estimator: String) throws {
        if nIter == nil { throw EstimatorError.notFitted(estimator: estimator) }
    }

    /// Whether there is a loss curve. A network that was trained elsewhere may have none.
    var hasCurve: Bool { !lossCurve.isEmpty || report?.epochs.isEmpty == false }
}

extension StopReason {
    /// The reason as text that can follow a colon.
    var explanation: String {
        switch self {
        case .converged: "training no longer improved"
        case .validationStoppedImproving: "the validation no longer improved"
        case .reachedMaxIter: "maxIter was reached, and training might improve further"
        case .reachedMaxFun: "maxFun was reached, and training might improve further"
        case .lineSearchFailed: "no step decreased the loss any more"
        case .stopped: "onEpoch returned .stop"
        case .cancelled: "training was cancelled"
        case .partialFit: "the last call was partialFit"
        }
    }
}

extension String {
    /// The text with a lowercase first letter.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
