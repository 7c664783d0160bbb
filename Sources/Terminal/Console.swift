#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A place for messages to the person who waits.
package struct Console: Sendable {
    /// Whether a line that was written can be drawn again.
    package let isTerminal: Bool

    /// How many characters a line has now; a window can change its size at any time.
    package let columns: @Sendable () -> Int

    /// Writes a text as it is.
    package let write: @Sendable (String) -> Void

    package init(
        isTerminal: Bool, columns: @escaping @Sendable () -> Int = { Console.usualColumns },
        write: @escaping @Sendable (String) -> Void
    ) {
        self.isTerminal = isTerminal
        self.columns = columns
        self.write = write
    }

    /// A file of the system.
    ///
    /// - Parameters:
    ///   - file: its descriptor.
    ///   - kind: the kind of terminal. One that is dumb or has no name cannot redraw a line.
    package init(file: Int32, kind: String?) {
        self.init(
            isTerminal: isatty(file) != 0 && !["", "dumb"].contains(kind ?? ""),
            columns: { columnsOfWindow(file) ?? Console.usualColumns },
            write: { writeAll($0, to: file) })
    }

    package static let standardError = Console(
        file: STDERR_FILENO, kind: getenv("TERM").map { String(cString: $0) })

    /// How many characters a line may have that is to be drawn again.
    ///
    /// The last column stays empty, since some terminals go on to the next line as soon as it is written.
    package var room: Int { max(columns() - 1, 0) }

    /// Redraws the line, cut where it would go on in the next one, from which there is no way back.
    package func redraw(_ line: String) {
        guard isTerminal else { return }
        write("\r\(line.prefix(room))\(Console.clearing)")
    }

    /// Clears what a longer text has left on the rest of the line.
    static let clearing = "\u{1B}[K"

    /// What terminals are taken to have that do not say.
    private static let usualColumns = 80
}

private func columnsOfWindow(_ file: Int32) -> Int? {
    var size = winsize()
    return ioctl(file, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
}

private func writeAll(_ text: String, to file: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        // Where nobody can read it, a message is lost.
        guard written > 0 else { return }
        rest = rest.dropFirst(written)
    }
}
