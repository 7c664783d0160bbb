/// An optimizer whose learning rate follows a schedule over the planned steps of a run.
package struct ScheduledOptimizer<Base: StochasticOptimizer>: StochasticOptimizer {
    var base: Base
    let schedule: Schedule
    /// The number of steps that are planned.
    let steps: Int
    /// The number of steps that were taken.
    private(set) var step: Int

    /// The rate of the last step; before the first step, that of the next.
    package var learningRate: Double { base.learningRate * schedule.factor(max(0, step - 1), of: steps) }

    package var moments: [[Base.Scalar]] {
        get { base.moments }
        set { base.moments = newValue }
    }

    package static var momentCount: Int { Base.momentCount }

    package mutating func nextStep() -> UpdateRule<Base.Scalar> {
        defer { step += 1 }
        return base.nextStep().scaled(by: schedule.factor(step, of: steps))
    }

    package mutating func epochEnded(samples: Int) { base.epochEnded(samples: samples) }

    package mutating func plateauReached() -> PlateauReaction { base.plateauReached() }

    /// The optimizer without its schedule: the step follows from the number of epochs.
    package var stored: Optimizer<Base.Scalar> { base.stored }
}
