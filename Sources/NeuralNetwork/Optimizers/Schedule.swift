/// A schedule of the learning rate. The rate of each step is the solver's rate times a factor.
///
/// The factor depends on the step t, counted from 0, and on the number T of planned steps. T is `maxIter` times the
/// number of batches in an epoch. A run that stops early does not complete its schedule.
///
/// With any schedule except `.constant`, `resume` throws if `maxIter` has changed, and `partialFit` always throws,
/// because it does not know how many steps are planned.
///
/// ```swift
/// MLPClassifier(maxIter: 50, schedule: .cosine)
/// MLPClassifier(maxIter: 50, schedule: .warmUp(0.1, then: .cosine))
/// MLPClassifier(maxIter: 50, schedule: .function("square") { progress in (1 - progress) * (1 - progress) })
/// ```
public struct Schedule: Sendable {
    indirect enum Rule: Equatable, Sendable, Codable {
        case constant
        case cosine(final: Double)
        case flatCosine(flat: Double)
        case cosineLog(cycles: Int)
        case oneCycle(peak: Double)
        case warmUp(fraction: Double, then: Rule)
        case exponential(final: Double)
        case step(every: Double, factor: Double)
        case function(name: String)
    }

    let rule: Rule
    /// The function of `.function`; nil for other rules and after a model file is read.
    let function: (@Sendable (_ progress: Double) -> Double)?

    private init(_ rule: Rule, _ function: (@Sendable (Double) -> Double)? = nil) {
        (self.rule, self.function) = (rule, function)
    }

    /// The factor is always 1.
    public static let constant = Schedule(.constant)

    /// The factor falls from 1 to 0 along half a cosine: ½ (1 + cos(π·t/T)).
    ///
    /// Source: I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, without
    /// restarts.
    public static let cosine = cosine(to: 0)

    /// The factor falls from 1 to `final`, a number of at least 0, along half a cosine.
    public static func cosine(to final: Double) -> Schedule { Schedule(.cosine(final: final)) }

    /// The factor is 1 in the first fraction `flat` of the steps, and then falls to 0 along half a cosine. `flat` is in
    /// [0, 1); default 0.5.
    public static func flatCosine(_ flat: Double = 0.5) -> Schedule { Schedule(.flatCosine(flat: flat)) }

    /// The factor rises from 0 to 1 and falls to 0 in `cycles` cycles, each twice as long as the one before:
    /// ½ (1 − cos(2π·log₂(1 + (2ᶜ − 1)·t/T))) for c cycles. `cycles` is in 1...30; default 4.
    ///
    /// Source: D. Holzmüller, L. Grinsztajn, I. Steinwart, "Better by default: strong pre-tuned MLPs and boosted trees
    /// on tabular data", 2024.
    public static func cosineLog(cycles: Int = 4) -> Schedule { Schedule(.cosineLog(cycles: cycles)) }

    /// The progress at which each cycle of `.cosineLog` ends; empty for other schedules.
    package var cycleEnds: [Double] {
        guard case .cosineLog(let cycles) = rule else { return [] }
        return (1...cycles).map { (Double.pow(2, Double($0)) - 1) / (Double.pow(2, Double(cycles)) - 1) }
    }

    /// The factor rises from 1/25 to 1 in the first three tenths of the steps and then falls to 1/250,000, both along
    /// half a cosine. `learningRateInit` is the highest rate.
    ///
    /// Source: L. N. Smith, N. Topin, "Super-convergence: very fast training of neural networks using large learning
    /// rates", 2018, in the form of PyTorch's `OneCycleLR`. The momentum does not change.
    public static let oneCycle = oneCycle(peak: 0.3)

    /// The factor rises from 1/25 to 1 in the first fraction `peak` of the steps, and then falls to 1/250,000. `peak`
    /// is in (0, 1).
    public static func oneCycle(peak: Double) -> Schedule { Schedule(.oneCycle(peak: peak)) }

    /// The factor rises linearly in the first `fraction` of the steps: (t + 1) / (W + 1) in the W steps of the warm-up.
    /// Then `next` begins, with the remaining steps. `fraction` is in (0, 1); default 0.1.
    public static func warmUp(_ fraction: Double = 0.1, then next: Schedule = .constant) -> Schedule {
        Schedule(.warmUp(fraction: fraction, then: next.rule), next.function)
    }

    /// The factor falls from 1 toward `final` by the same ratio in each step: final^(t/T). `final` is above 0; default
    /// 0.01.
    public static func exponential(to final: Double = 0.01) -> Schedule { Schedule(.exponential(final: final)) }

    /// The factor starts at 1 and is multiplied by `factor` whenever a fraction `every` of the steps has passed.
    /// `every` is in (0, 1], default 0.3; `factor` is above 0, default 0.1.
    public static func step(every: Double = 0.3, factor: Double = 0.1) -> Schedule {
        Schedule(.step(every: every, factor: factor))
    }

    /// The factor is a function of the progress t/T, from 0 to 1; its values are finite and at least 0.
    ///
    /// Schedules with the same name count as equal. A model file stores only the name: set the schedule again before
    /// training continues from a file.
    public static func function(
        _ name: String, _ factor: @escaping @Sendable (_ progress: Double) -> Double
    ) -> Schedule {
        Schedule(.function(name: name), factor)
    }

    /// Returns the factor of step `step`, counted from 0, of `steps`.
    package func factor(_ step: Int, of steps: Int) -> Double { factor(rule, step, of: steps) }

    private func factor(_ rule: Rule, _ step: Int, of steps: Int) -> Double {
        let progress = Double(step) / Double(steps)
        switch rule {
        case .constant: return 1
        case .cosine(let final): return Schedule.cosine(from: 1, to: final, progress)
        case .flatCosine(let flat):
            return progress <= flat ? 1 : Schedule.cosine(from: 1, to: 0, (progress - flat) / (1 - flat))
        case .cosineLog(let cycles):
            let span = Double.pow(2, cycles) - 1
            return 0.5 * (1 - .cos(2 * .pi * .log2(1 + span * progress)))
        case .oneCycle(let peak):
            let (first, last) = (1.0 / 25, 1.0 / 250_000)
            let (top, end) = (peak * Double(steps) - 1, Double(steps) - 1)
            if Double(step) <= top { return Schedule.cosine(from: first, to: 1, top > 0 ? Double(step) / top : 1) }
            return Schedule.cosine(from: 1, to: last, end > top ? (Double(step) - top) / (end - top) : 1)
        case .warmUp(let fraction, let next):
            let warmUp = Int((fraction * Double(steps)).rounded())
            return step < warmUp
                ? Double(step + 1) / Double(warmUp + 1) : factor(next, step - warmUp, of: max(1, steps - warmUp))
        case .exponential(let final): return Double.pow(final, progress)
        case .step(let every, let factor):
            return Double.pow(factor, step / max(1, Int((every * Double(steps)).rounded())))
        case .function: return function?(progress) ?? .nan
        }
    }

    private static func cosine(from start: Double, to end: Double, _ progress: Double) -> Double {
        end + (start - end) * 0.5 * (1 + .cos(.pi * progress))
    }

    /// Whether all numbers are in their range, and the function is known.
    package var isAllowed: Bool { isAllowed(rule) }

    private func isAllowed(_ rule: Rule) -> Bool {
        func isPositive(_ number: Double) -> Bool { number > 0 && number.isFinite }
        switch rule {
        case .constant: return true
        case .cosine(let final): return final >= 0 && final.isFinite
        case .flatCosine(let flat): return flat >= 0 && flat < 1
        case .cosineLog(let cycles): return (1...30).contains(cycles)
        case .oneCycle(let peak): return peak > 0 && peak < 1
        case .warmUp(let fraction, let next): return fraction > 0 && fraction < 1 && isAllowed(next)
        case .exponential(let final): return isPositive(final)
        case .step(let every, let factor): return every > 0 && every <= 1 && isPositive(factor)
        case .function:
            guard let function else { return false }
            return (0...100).map { function(Double($0) / 100) }.allSatisfy { $0 >= 0 && $0.isFinite }
        }
    }
}

extension Schedule: Equatable {
    /// Whether both schedules have the same rule and the same numbers. Functions are equal if their names are equal.
    public static func == (first: Schedule, second: Schedule) -> Bool { first.rule == second.rule }
}

extension Schedule: Codable {
    /// Reads a schedule. A function must be set again.
    public init(from decoder: any Decoder) throws { self.init(try Rule(from: decoder)) }

    /// Writes the rule. For a function, it writes only the name.
    public func encode(to encoder: any Encoder) throws { try rule.encode(to: encoder) }
}

extension Schedule: CustomStringConvertible {
    /// The schedule without its dot: `cosine`, `warmUp(0.1, then: cosine)`, `function("square")`.
    public var description: String { text(rule) }

    private func text(_ rule: Rule) -> String {
        switch rule {
        case .constant: "constant"
        case .cosine(let final): final == 0 ? "cosine" : "cosine(to: \(final))"
        case .flatCosine(let flat): flat == 0.5 ? "flatCosine" : "flatCosine(\(flat))"
        case .cosineLog(let cycles): cycles == 4 ? "cosineLog" : "cosineLog(cycles: \(cycles))"
        case .oneCycle(let peak): peak == 0.3 ? "oneCycle" : "oneCycle(peak: \(peak))"
        case .warmUp(let fraction, let next):
            "warmUp(\(fraction)\(next == .constant ? "" : ", then: \(text(next))"))"
        case .exponential(let final): "exponential(to: \(final))"
        case .step(let every, let factor): "step(every: \(every), factor: \(factor))"
        case .function(let name): "function(\(name.debugDescription))"
        }
    }
}
