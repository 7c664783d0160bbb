/// Measures the duration of a run: its total, without the pauses before it was resumed, and its laps.
struct Stopwatch {
    private let start = ContinuousClock.now
    private let before: Double
    private(set) var elapsed: Double

    /// Creates a running stopwatch that shows `elapsed` seconds.
    init(elapsed: Double = 0) {
        before = elapsed
        self.elapsed = elapsed
    }

    /// Ends a lap.
    ///
    /// - Returns: the duration of the lap in seconds.
    mutating func lap() -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        let now = before + Double(seconds) + Double(attoseconds) * 1e-18
        defer { elapsed = now }
        return now - elapsed
    }
}
