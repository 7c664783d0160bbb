import LinearAlgebra
import Logging

/// A warning: one line in the log, or, in a search or cross-validation, counted in one line for each kind.
package struct FitWarning: Sendable {
    let line: String
    let kind: String
    fileprivate let isOfFit: Bool

    /// A warning of a fit.
    ///
    /// - Parameters:
    ///   - line: the sentences in the log, with the values of this fit.
    ///   - kind: the same text without values, by which equal warnings are counted. It follows "3 of 15 fits: ".
    package init(_ line: String, kind: String) {
        (self.line, self.kind, isOfFit) = (line, kind, true)
    }

    /// A warning of anything but a fit: of a score, a split or a search.
    ///
    /// - Parameters:
    ///   - line: the sentences in the log.
    ///   - kind: a text by which equal warnings are counted; the log has the line of one of them.
    fileprivate init(_ line: String, countedAs kind: String) {
        (self.line, self.kind, isOfFit) = (line, kind, false)
    }
}

/// Counts the warnings of a search or a cross-validation, so that each kind is logged once.
package final class FitWarnings: Sendable {
    fileprivate struct State {
        var fits = 0
        var warnings: [String: (count: Int, example: FitWarning)] = [:]
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
            summary.state.withLock { state in
                let (count, example) = state.warnings[warning.kind] ?? (0, warning)
                // The least line, so that threads do not decide.
                state.warnings[warning.kind] = (count + 1, warning.line < example.line ? warning : example)
            }
        } else {
            logger.warning("\(warning.line)")
        }
    }

    /// Logs a warning of anything but a fit, or counts it: of a score, a split or a search.
    ///
    /// - Parameters:
    ///   - line: the sentences in the log.
    ///   - kind: a text by which equal warnings are counted; nil for the line itself.
    package static func warn(_ line: String, kind: String? = nil) {
        report(FitWarning(line, countedAs: kind ?? line))
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

    /// Runs `body` and returns its warnings, one of each kind, instead of logging them.
    package static func collected<Result>(
        _ body: () throws -> Result
    ) rethrows -> (result: Result, warnings: [FitWarning]) {
        let collector = FitWarnings()
        let result = try $summary.withValue(collector, operation: body)
        return (result, collector.state.withLock { $0.ordered.map(\.example) })
    }

    private func log() {
        let (fits, warnings) = state.withLock { ($0.fits, $0.ordered) }
        for (count, example) in warnings {
            let text =
                if example.isOfFit {
                    "\(count) of \(fits) fits: \(example.kind)"
                } else {
                    count == 1 ? example.line : "\(example.line) (\(count) times)"
                }
            FitWarnings.logger.warning("\(text)")
        }
    }
}

extension FitWarnings.State {
    fileprivate var ordered: [(count: Int, example: FitWarning)] {
        warnings.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension FitWarning: CustomStringConvertible {
    /// The line.
    package var description: String { line }
}
