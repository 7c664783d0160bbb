/// The loss that a regressor minimizes.
///
/// scikit-learn has the first two. A loss is the mean over the samples. For several outputs, it is also the mean over
/// the outputs, with one exception: ``poisson`` is summed over the outputs, as in scikit-learn. The name of a loss with
/// a parameter has the parameter in parentheses: `huber(1.35)`.
public enum RegressionLoss: Sendable, Hashable, Codable {
    /// Half the squared error, ½ (y − ŷ)².
    case squaredError

    /// Half the Poisson deviance, y·log(y/ŷ) − y + ŷ, for counts and rates y ≥ 0; the prediction ŷ = exp(z) is
    /// positive.
    case poisson

    /// The absolute error |y − ŷ|. Outliers count less than with the squared error: the best constant prediction is the
    /// median, not the mean.
    case absoluteError

    /// The Huber loss with the threshold δ > 0: ½ (y − ŷ)² if |y − ŷ| is at most δ, otherwise δ·(|y − ŷ| − ½ δ).
    case huber(Double)

    /// The pinball loss of a quantile q in (0, 1): q·(y − ŷ) where ŷ is too low, (1 − q)·(ŷ − y) where it is too high.
    /// The prediction is the quantile of y given x.
    case quantile(Double)

    /// The mean pinball loss of several quantiles in (0, 1), with one output each.
    ///
    /// The target type is an array: `MLPRegressor<[Double], Double>`. For `fit`, each target is an array of one number.
    /// `predict` returns an array for each sample, with one number per quantile in the given order. Predicted quantiles
    /// may cross.
    case quantiles([Double])

    /// Half the gamma deviance, log(ŷ/y) + y/ŷ − 1, for amounts y > 0 whose spread grows with their mean; the
    /// prediction ŷ = exp(z) is positive.
    case gamma
}

extension RegressionLoss: CaseIterable {
    /// The losses without a parameter.
    public static let allCases: [RegressionLoss] = [.squaredError, .poisson, .absoluteError, .gamma]
}

extension RegressionLoss: RawRepresentable {
    /// The name, with the parameter if there is one: `poisson`, `huber(1.35)`, `quantiles([0.05, 0.95])`.
    public var rawValue: String { "\(self)" }

    /// Creates a loss from its name, or returns nil if there is none of that name.
    public init?(rawValue: String) {
        if let loss = RegressionLoss.allCases.first(where: { $0.rawValue == rawValue }) {
            self = loss
            return
        }
        guard rawValue.last == ")", let start = rawValue.firstIndex(of: "(") else { return nil }
        let text = rawValue[start...].filter { !"()[] ".contains($0) }.split(separator: ",")
        let numbers = text.compactMap { Double($0) }
        guard numbers.count == text.count, let first = numbers.first else { return nil }
        switch rawValue[..<start] {
        case "huber": self = .huber(first)
        case "quantile": self = .quantile(first)
        case "quantiles": self = .quantiles(numbers)
        default: return nil
        }
        guard self.rawValue == rawValue else { return nil }
    }
}

extension RegressionLoss {
    /// The quantiles, one for each output; nil for another loss.
    var quantiles: [Double]? { if case .quantiles(let quantiles) = self { quantiles } else { nil } }

    /// What the parameter must be, in words that fit after "must be"; nil if it is.
    var violation: String? {
        switch self {
        case .huber(let distance):
            distance > 0 && distance.isFinite ? nil : "huber with a distance in (0, ∞)"
        case .quantile(let quantile):
            (0..<1).contains(quantile) && quantile > 0 ? nil : "quantile of a number in (0, 1)"
        case .quantiles(let quantiles):
            !quantiles.isEmpty && quantiles.allSatisfy { $0 > 0 && $0 < 1 }
                ? nil : "quantiles of at least one number, each in (0, 1)"
        default: nil
        }
    }
}
