#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An output for messages to the user.
package struct Console: Sendable {
    /// Whether a written line can be redrawn.
    package let isTerminal: Bool

    /// Returns the current number of characters in a line. The size of a window can change at any time.
    package let columns: @Sendable () -> Int

    /// Returns the current number of lines.
    package let rows: @Sendable () -> Int

    /// Writes a text unchanged.
    package let write: @Sendable (String) -> Void

    package init(
        isTerminal: Bool, columns: @escaping @Sendable () -> Int = { Console.usualColumns },
        rows: @escaping @Sendable () -> Int = { Console.usualRows }, write: @escaping @Sendable (String) -> Void
    ) {
        self.isTerminal = isTerminal
        self.columns = columns
        self.rows = rows
        self.write = write
    }

    /// Creates a console that writes to a file of the system.
    ///
    /// - Parameters:
    ///   - file: the file descriptor.
    ///   - kind: the kind of terminal. A terminal that is `dumb` or has no kind cannot redraw a line.
    package init(file: Int32, kind: String?) {
        self.init(
            isTerminal: isatty(file) != 0 && !["", "dumb"].contains(kind ?? ""),
            columns: { window(file).flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil } ?? Console.usualColumns },
            rows: { window(file).flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil } ?? Console.usualRows },
            write: { writeAll($0, to: file) })
    }

    package static let standardError = Console(
        file: STDERR_FILENO, kind: getenv("TERM").map { String(cString: $0) })

    /// The maximum number of characters of a line that will be redrawn.
    ///
    /// The last column stays empty, because some terminals continue on the next line once it is written.
    package var room: Int { max(columns() - 1, 0) }

    /// Redraws the line. A longer text is truncated, since a line that wraps cannot be redrawn.
    package func redraw(_ line: String) {
        guard isTerminal else { return }
        write("\r\(line.prefix(room))\(Console.clearing)")
    }

    /// The control sequence that clears the rest of the line.
    static let clearing = "\u{1B}[K"

    /// The numbers of columns and lines if the terminal does not report them.
    private static let (usualColumns, usualRows) = (80, 24)
}

private func window(_ file: Int32) -> winsize? {
    var size = winsize()
    return ioctl(file, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
}

private func writeAll(_ text: String, to file: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        // Messages are dropped if they cannot be written.
        guard written > 0 else { return }
        rest = rest.dropFirst(written)
    }
}
