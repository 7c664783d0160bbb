/// The longest time that a run may take.
struct TimeLimit: Sendable {
    private let seconds: Double
    private let before: Double
    private let start = ContinuousClock.now

    /// - Parameter elapsed: how many seconds the run has taken before.
    init(seconds: Double, elapsed: Double) { (self.seconds, before) = (seconds, elapsed) }

    /// The part of the time that is over, from 0 to 1.
    var progress: Double {
        let (whole, attoseconds) = (ContinuousClock.now - start).components
        return min(1, (before + Double(whole) + Double(attoseconds) * 1e-18) / seconds)
    }
}

/// The time that one epoch of one network may take.
struct EpochLimit: Sendable {
    let run: TimeLimit
    /// The progress of the run at which the epoch ends, so that the networks after this one have as much of the rest.
    let end: Double

    /// - Parameter turns: how many networks train on this thread until the epoch ends, with this one.
    init(_ run: TimeLimit, turns: Int) {
        self.run = run
        let progress = run.progress
        end = progress + (1 - progress) / Double(turns)
    }
}
