import Foundation

/// A place for messages to the person who waits.
struct Console: Sendable {
    /// Whether a line that was written can be drawn again.
    var isTerminal: Bool

    /// Writes a text as it is.
    var write: @Sendable (String) -> Void

    static let standardError = Console(isTerminal: isatty(STDERR_FILENO) != 0) { text in
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

/// Tells on a console how a download goes.
///
/// On a terminal one line is redrawn; in a log that would leave a mess, so there is one line before and one after.
struct ProgressLine {
    private let title: String
    private let console: Console

    init(title: String, on console: Console) {
        self.title = title
        self.console = console
        console.write(console.isTerminal ? title : "\(title)\n")
    }

    /// Redraws the line; `total` is `nil` where the server does not say.
    func show(received: Int, of total: Int?) {
        guard console.isTerminal else { return }
        let goal = total.map { " of \(kilobytes($0))" } ?? ""
        console.write("\r\(title): \(kilobytes(received))\(goal) kB")
    }

    /// Ends the line.
    func finish(_ outcome: String) {
        // "ESC [ K" clears what a longer text has left on the line.
        console.write(console.isTerminal ? "\r\(title): \(outcome)\u{1B}[K\n" : "\(title): \(outcome)\n")
    }

    private func kilobytes(_ bytes: Int) -> Int { (bytes + 999) / 1000 }
}
