import Estimators
public import NeuralNetwork

/// How the loss fell during training, where training stopped and why.
///
/// ```swift
/// try LossCurveDisplay(mlp).write(to: url)
/// ```
///
/// With early stopping, the score on the validation set is drawn below the loss, and the epoch marked whose weights the
/// model has.
public struct LossCurveDisplay: Display {
    /// The training loss of every epoch.
    public let lossCurve: [Double]

    /// The loss on validation data after every epoch; empty where there is none.
    public let validationLossCurve: [Double]

    /// The score on validation data after every epoch; empty where there is none.
    public let validationScores: [Double]

    /// What the scores are called.
    public let scoreName: String

    /// Why training ended; nil where it is not known.
    public let stopReason: StopReason?

    /// Curves from anywhere.
    ///
    /// - Parameters:
    ///   - lossCurve: the training loss of every epoch.
    ///   - validationLossCurve: the loss on validation data after every epoch.
    ///   - validationScores: the score on validation data after every epoch.
    ///   - scoreName: what the scores are called.
    ///   - stopReason: why training ended.
    /// - Throws: `EstimatorError.invalidInput` for an empty `lossCurve`, and for values that are not finite.
    public init(
        lossCurve: [Double], validationLossCurve: [Double] = [], validationScores: [Double] = [],
        scoreName: String = "Validation score", stopReason: StopReason? = nil
    ) throws {
        try Check.notEmpty(lossCurve.count, argument: "lossCurve")
        try Check.finite(lossCurve, argument: "lossCurve")
        try Check.finite(validationLossCurve, argument: "validationLossCurve")
        try Check.finite(validationScores, argument: "validationScores")
        self.lossCurve = lossCurve
        self.validationLossCurve = validationLossCurve
        self.validationScores = validationScores
        self.scoreName = scoreName
        self.stopReason = stopReason
    }

    /// The curves of a classifier, with its accuracy.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and `EstimatorError.invalidInput` for the solver `.lbfgs`, which
    ///   has no epochs.
    public init<Target, Scalar>(_ mlp: MLPClassifier<Target, Scalar>) throws {
        try self.init(mlp.fitted, estimator: "MLPClassifier", scoreName: "Validation accuracy")
    }

    /// The curves of a regressor, with its R².
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and `EstimatorError.invalidInput` for the solver `.lbfgs`, which
    ///   has no epochs.
    public init<Target, Scalar>(_ mlp: MLPRegressor<Target, Scalar>) throws {
        try self.init(mlp.fitted, estimator: "MLPRegressor", scoreName: "Validation R²")
    }

    private init<Scalar>(_ fitted: FittedNetwork<Scalar>, estimator: String, scoreName: String) throws {
        try fitted.requireFit(estimator)
        guard !fitted.lossCurve.isEmpty else {
            throw EstimatorError.invalidInput(
                argument: "lossCurve", problem: "must have an epoch, but the solver lbfgs has none")
        }
        try self.init(
            lossCurve: fitted.lossCurve, validationScores: fitted.validationScores, scoreName: scoreName,
            stopReason: fitted.stopReason)
    }

    // MARK: Picture

    /// The curves over the epochs.
    public var figure: Figure {
        let epochs = max(lossCurve.count, validationLossCurve.count, validationScores.count)
        let x = Axis(label: "Epoch", scale: .counts(to: epochs))
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
        var panels = [
            Panel(
                x: x, y: Axis(label: "Loss", scale: .linear(covering: lossCurve + validationLossCurve)), marks: losses)
        ]
        if !validationScores.isEmpty {
            legend.append(LegendEntry(symbol: .line(score), text: scoreName.lowercasedFirst))
            panels.append(
                Panel(
                    x: x, y: Axis(label: scoreName, scale: .linear(covering: validationScores)),
                    marks: [end, line(validationScores, score)]))
        }
        if let best {
            let style = validationScores.isEmpty ? validation : score
            panels[panels.count - 1].marks.append(
                HighlightMark(point: Point(x: Double(best.epoch), y: best.value), style: style))
            legend.append(LegendEntry(symbol: .marker(style), text: best.text))
        }
        legend.append(LegendEntry(symbol: .rule, text: "end of training"))
        return Figure(
            title: "Loss during training", subtitle: subtitle, summary: summary, panels: panels, legend: legend)
    }

    private func line(_ values: [Double], _ style: SeriesStyle) -> LineMark {
        LineMark(points: zip(1..., values).map { Point(x: Double($0), y: $1) }, style: style)
    }

    /// The epoch of the best score or validation loss; nil where there is neither.
    private var best: (epoch: Int, value: Double, text: String)? {
        if let value = validationScores.max(), let index = validationScores.firstIndex(of: value) {
            return (index + 1, value, "best: \(general(value, digits: 4)) after epoch \(index + 1)")
        }
        if let value = validationLossCurve.min(), let index = validationLossCurve.firstIndex(of: value) {
            return (index + 1, value, "least: \(general(value, digits: 4)) after epoch \(index + 1)")
        }
        return nil
    }

    private var subtitle: String {
        let epochs = words(lossCurve.count, "epoch", "epochs")
        return "\(epochs)" + (stopReason.map { ": \($0.explanation)" } ?? "")
    }

    private var summary: String {
        let (first, last) = (lossCurve.first ?? 0, lossCurve.last ?? 0)
        return "The training loss went from \(general(first, digits: 4)) to \(general(last, digits: 4)) in \(subtitle)."
            + (best.map { " The validation is \($0.text)." } ?? "")
    }
}

extension FittedNetwork {
    /// Throws where nothing was learned yet.
    func requireFit(_ estimator: String) throws {
        if nIter == nil { throw EstimatorError.notFitted(estimator: estimator) }
    }
}

extension StopReason {
    /// The reason in words that go on after a colon; a reason that has none yet says its name.
    var explanation: String {
        switch rawValue {
        case "converged": "training no longer improved"
        case "validationStoppedImproving": "the validation no longer improved"
        case "reachedMaxIter": "maxIter was reached, and training might improve further"
        case "reachedMaxFun": "maxFun was reached, and training might improve further"
        case "lineSearchFailed": "no step decreased the loss any more"
        case "stopped": "onEpoch asked for it"
        case "cancelled": "training was cancelled"
        case "partialFit": "the last call was partialFit"
        default: rawValue
        }
    }
}

extension String {
    /// The words in the middle of a sentence.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
