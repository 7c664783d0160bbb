/// An optimizer whose learning rate follows a schedule over the planned steps of a run.
struct ScheduledOptimizer<Base: StochasticOptimizer>: StochasticOptimizer {
    var base: Base
    let schedule: Schedule
    /// The number of steps that are planned.
    let steps: Int
    /// The number of steps that were taken.
    private(set) var step: Int

    /// The rate of the last step; before the first step, that of the next.
    var learningRate: Double { base.learningRate * schedule.factor(max(0, step - 1), of: steps) }

    var moments: [[Base.Scalar]] {
        get { base.moments }
        set { base.moments = newValue }
    }

    static var momentCount: Int { Base.momentCount }

    mutating func nextStep() -> UpdateRule<Base.Scalar> {
        defer { step += 1 }
        return base.nextStep().scaled(by: schedule.factor(step, of: steps))
    }

    mutating func epochEnded(samples: Int) { base.epochEnded(samples: samples) }

    mutating func plateauReached() -> PlateauReaction { base.plateauReached() }

    /// The optimizer without its schedule: the step follows from the number of epochs.
    var stored: Optimizer<Base.Scalar> { base.stored }
}
