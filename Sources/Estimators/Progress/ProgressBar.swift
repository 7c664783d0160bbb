/// Draws on a terminal how much of a number of pieces of work is done; elsewhere nothing.
package struct ProgressBar: Sendable {
    private static let width = 40

    private let console: Console

    package init(on console: Console) { self.console = console }

    /// Whether anything is drawn.
    package var isVisible: Bool { console.isTerminal }

    /// Redraws the bar, and a text beside it.
    package func show(_ done: Int, of total: Int, _ text: @autoclosure () -> String = "") {
        guard console.isTerminal else { return }
        let share = min(max(Double(done) / Double(max(total, 1)), 0), 1)
        let filled = Int(share * Double(ProgressBar.width))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: ProgressBar.width - filled)
        let text = text()
        console.write("\r\(bar) \(done)/\(total)\(text.isEmpty ? "" : " \(text)")\(Console.clearing)")
    }

    /// Leaves the bar as it is and begins a new line.
    package func finish() {
        if console.isTerminal { console.write("\n") }
    }
}
