import LinearAlgebra
import Logging

/// What a fit warns of: a line in the log, or, where many fits are one work, a share in a line for all of them.
package struct FitWarning: Sendable {
    let line: String
    let kind: String

    /// A warning.
    ///
    /// - Parameters:
    ///   - line: the sentences in the log, with the values of this fit.
    ///   - kind: the same without them, by which the fits with this warning are counted: it follows "3 of 15 fits: ".
    package init(_ line: String, kind: String) {
        self.line = line
        self.kind = kind
    }
}

/// How many fits of a search or a cross-validation gave which warnings: hundreds of equal lines tell less than one.
package final class FitWarnings: Sendable {
    private struct State {
        var fits = 0
        var counts: [String: Int] = [:]
    }

    private let state = Locked(State())

    /// What the fits of this thread's work are counted in; nil where each speaks for itself.
    ///
    /// Work that is spread over threads belongs to no task there; the spreading function passes this on.
    @TaskLocal package static var summary: FitWarnings?

    private static var logger: Logger { Logger(label: "swift-mlp") }

    /// Logs a warning or counts it.
    package static func report(_ warning: FitWarning) {
        if let summary {
            summary.state.withLock { $0.counts[warning.kind, default: 0] += 1 }
        } else {
            logger.warning("\(warning.line)")
        }
    }

    /// Takes note of the end of a fit.
    package static func fitEnded() { summary?.state.withLock { $0.fits += 1 } }

    /// Runs `body` and then logs one line for each kind of warning of its fits, unless a work around it does so.
    package static func summarized<Result>(_ body: () throws -> Result) rethrows -> Result {
        if summary != nil { return try body() }
        let summary = FitWarnings()
        defer { summary.log() }
        return try $summary.withValue(summary, operation: body)
    }

    /// Runs `body`, whose fits are counted in `summary`.
    package static func counted<Result>(in summary: FitWarnings?, _ body: () throws -> Result) rethrows -> Result {
        try $summary.withValue(summary, operation: body)
    }

    private func log() {
        let (fits, counts) = state.withLock { ($0.fits, $0.counts) }
        for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
            FitWarnings.logger.warning("\(count) of \(fits) fits: \(kind)")
        }
    }
}
