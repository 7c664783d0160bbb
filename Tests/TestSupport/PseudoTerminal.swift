#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A pseudo-terminal: tests can read what is written to `file`.
public final class PseudoTerminal {
    /// The descriptor of the side on which programs write.
    public let file: Int32
    private let screen: Int32

    /// - Parameter columns: the width of its window; 0 if it is unknown.
    /// - Returns: nil if the system has none.
    public init?(columns: Int) {
        var (screen, file): (Int32, Int32) = (-1, -1)
        var size = PseudoTerminal.window(columns: columns)
        guard openpty(&screen, &file, nil, nil, &size) == 0 else { return nil }
        (self.screen, self.file) = (screen, file)
        _ = fcntl(screen, F_SETFL, fcntl(screen, F_GETFL) | O_NONBLOCK)
    }

    deinit {
        close(file)
        close(screen)
    }

    /// Resizes the window.
    public func resize(columns: Int, rows: Int = 24) {
        var size = PseudoTerminal.window(columns: columns, rows: rows)
        _ = ioctl(screen, UInt(TIOCSWINSZ), &size)
    }

    /// The text written since the last call. A terminal puts a carriage return before every line break.
    public func contents() -> String {
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(screen, &part, part.count)
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += part[..<count]
        }
    }

    private static func window(columns: Int, rows: Int = 24) -> winsize {
        winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    }
}
