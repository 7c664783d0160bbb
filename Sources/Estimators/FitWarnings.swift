import LinearAlgebra
import Logging

/// A warning of a fit: one line in the log, or, in a search or cross-validation, counted in one line for all fits.
package struct FitWarning: Sendable {
    let line: String
    let kind: String

    /// A warning.
    ///
    /// - Parameters:
    ///   - line: the sentences in the log, with the values of this fit.
    ///   - kind: the same text without values, by which equal warnings are counted. It follows "3 of 15 fits: ".
    package init(_ line: String, kind: String) {
        self.line = line
        self.kind = kind
    }
}

/// Counts the warnings of the fits of a search or a cross-validation, so that each kind is logged once.
package final class FitWarnings: Sendable {
    private struct State {
        var fits = 0
        var counts: [String: Int] = [:]
    }

    private let state = Locked(State())

    /// The counter of the current search or cross-validation; nil if each warning is logged at once.
    ///
    /// Worker threads do not inherit task-local values: ``parallelFits(count:jobs:_:)`` passes the counter on.
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

    /// Counts a fit that has ended.
    package static func fitEnded() { summary?.state.withLock { $0.fits += 1 } }

    /// Runs `body`, then logs one line per kind of warning, unless an enclosing call does so.
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
