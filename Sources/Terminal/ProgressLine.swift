/// Shows the progress of one task on a console.
///
/// On a terminal, one line is redrawn. Elsewhere, such as in a log, there is one line at the start and one at the end.
package struct ProgressLine {
    private let title: String
    private let console: Console

    package init(title: String, on console: Console) {
        self.title = title
        self.console = console
        console.write(console.isTerminal ? title : "\(title)\n")
    }

    /// Redraws the line.
    package func show(_ state: @autoclosure () -> String) {
        guard console.isTerminal else { return }
        console.write("\r\(title): \(state())\(Console.clearing)")
    }

    /// Ends the line.
    package func finish(_ outcome: String) {
        console.write(console.isTerminal ? "\r\(title): \(outcome)\(Console.clearing)\n" : "\(title): \(outcome)\n")
    }
}
