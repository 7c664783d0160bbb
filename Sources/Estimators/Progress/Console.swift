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
    package var isTerminal: Bool

    /// Writes a text as it is.
    package var write: @Sendable (String) -> Void

    package init(isTerminal: Bool, write: @escaping @Sendable (String) -> Void) {
        self.isTerminal = isTerminal
        self.write = write
    }

    package static let standardError = Console(isTerminal: isatty(STDERR_FILENO) != 0) { text in
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { systemWrite(STDERR_FILENO, $0.baseAddress, $0.count) }
            // Where nobody can read it, a message is lost.
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    /// Clears what a longer text has left on the rest of the line.
    static let clearing = "\u{1B}[K"
}

/// The system's `write`, which inside of ``Console`` would be its own.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
