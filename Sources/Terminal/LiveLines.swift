/// Some lines on a terminal that are redrawn together; nothing elsewhere.
package struct LiveLines: Sendable {
    private let console: Console
    private var count = 0

    package init(on console: Console) { self.console = console }

    /// Redraws the lines. A longer line is truncated, since one that wraps cannot be redrawn.
    ///
    /// - Parameter lines: at least as many as before.
    package mutating func show(_ lines: [String]) {
        guard console.isTerminal else { return }
        let room = console.room
        let start = count > 1 ? "\r\u{1B}[\(count - 1)A" : "\r"
        console.write(start + lines.map { "\($0.prefix(room))\(Console.clearing)" }.joined(separator: "\n"))
        count = lines.count
    }

    /// Ends the last line.
    package mutating func finish() {
        if count > 0 { console.write("\n") }
        count = 0
    }
}
