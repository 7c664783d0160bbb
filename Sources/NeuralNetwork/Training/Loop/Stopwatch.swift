/// Measures the duration of a run: its total, without the pauses before it was resumed, and its laps.
package struct Stopwatch {
    private let start = ContinuousClock.now
    private let before: Double
    package private(set) var elapsed: Double

    /// Creates a running stopwatch that shows `elapsed` seconds.
    package init(elapsed: Double = 0) {
        before = elapsed
        self.elapsed = elapsed
    }

    /// Ends a lap.
    ///
    /// - Returns: the duration of the lap in seconds.
    package mutating func lap() -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        let now = before + Double(seconds) + Double(attoseconds) * 1e-18
        defer { elapsed = now }
        return now - elapsed
    }
}
