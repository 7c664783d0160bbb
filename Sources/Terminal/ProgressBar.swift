/// Shows on a terminal how many of the tasks are done; shows nothing elsewhere.
package struct ProgressBar: Sendable {
    /// The maximum number of cells in a bar.
    package static let greatestWidth = 40

    private let console: Console

    package init(on console: Console) { self.console = console }

    /// Redraws the bar.
    package func show(_ done: Int, of total: Int) { console.redraw(ProgressBar.line(done, of: total, on: console)) }

    /// Ends the line of the bar.
    package func finish() {
        if console.isTerminal { console.write("\n") }
    }

    /// Returns the bar and how many of the tasks are done.
    package static func line(_ done: Int, of total: Int, on console: Console) -> String {
        let count = "\(done)/\(total)"
        let width = min(console.room - count.count - 1, ProgressBar.greatestWidth)
        return "\(ProgressBar.text(done, of: total, width: width)) \(count)"
    }

    /// Returns the bar alone, with `width` cells.
    package static func text(_ done: Int, of total: Int, width: Int) -> String {
        let width = max(width, 0)
        let share = min(max(Double(done) / Double(max(total, 1)), 0), 1)
        let filled = Int(share * Double(width))
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }
}
