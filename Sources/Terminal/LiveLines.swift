/// Some lines on a terminal that are redrawn together; nothing elsewhere.
package struct LiveLines: Sendable {
    private let console: Console
    /// How many lines are on the terminal, and how wide it was when they were drawn.
    private var (count, columns) = (0, 0)

    package init(on console: Console) { self.console = console }

    /// Redraws the lines, the first of them if there are more than the terminal has. A longer line is truncated, since one that
    /// wraps cannot be redrawn.
    ///
    /// - Parameter lines: at least as many as before.
    package mutating func show(_ lines: [String]) {
        guard console.isTerminal else { return }
        let (room, lines) = (console.room, lines.prefix(max(1, console.rows() - 1)))
        // In a window that has become smaller, lines may wrap or be out of reach: they stay, and new ones follow.
        if room < columns || lines.count < count { finish() }
        let start = count > 1 ? "\r\u{1B}[\(count - 1)A" : "\r"
        console.write(start + lines.map { "\($0.prefix(room))\(Console.clearing)" }.joined(separator: "\n"))
        (count, columns) = (lines.count, room)
    }

    /// Ends the last line.
    package mutating func finish() {
        if count > 0 { console.write("\n") }
        count = 0
    }
}
