/// Measures how long a run takes: in all, pauses between its parts left out, and from lap to lap.
struct Stopwatch {
    private let start = ContinuousClock.now
    private let before: Double
    private(set) var elapsed: Double

    /// A watch that shows `elapsed` seconds and begins to run.
    init(elapsed: Double = 0) {
        before = elapsed
        self.elapsed = elapsed
    }

    /// Ends a lap.
    ///
    /// - Returns: the seconds that it took.
    mutating func lap() -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        let now = before + Double(seconds) + Double(attoseconds) * 1e-18
        defer { elapsed = now }
        return now - elapsed
    }
}
