import Foundation
import Synchronization
import Workflows

/// Lines on standard error about what the server does.
public final class Log: Sendable {
    /// How lines are written.
    public enum Format: String, CaseIterable, Sendable {
        /// `2026-01-31T12:00:00Z listening host=127.0.0.1 port=8080`
        case text
        /// `{"time":"2026-01-31T12:00:00Z","level":"info","message":"listening","port":"8080"}`
        case json
    }

    /// How much a line matters.
    enum Level: String { case info, error }

    private let format: Format
    private let isQuiet: Bool
    private let write: @Sendable (String) -> Void

    /// A log of that format; a quiet one has errors only.
    public convenience init(_ format: Format = .text, isQuiet: Bool = false) {
        self.init(format, isQuiet: isQuiet) { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) }
    }

    init(_ format: Format, isQuiet: Bool, write: @escaping @Sendable (String) -> Void) {
        (self.format, self.isQuiet, self.write) = (format, isQuiet, write)
    }

    func info(_ message: String, _ fields: (String, String)...) { line(.info, message, fields) }

    func error(_ message: String, _ fields: (String, String)...) { line(.error, message, fields) }

    private func line(_ level: Level, _ message: String, _ fields: [(String, String)]) {
        if isQuiet, level == .info { return }
        let time = Date().ISO8601Format()
        switch format {
        case .text:
            let texts = fields.map { name, value in
                let isPlain = value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x7F } && !value.isEmpty
                return " \(name)=" + (isPlain ? value : String(decoding: JSONWriter.piece(value), as: UTF8.self))
            }
            let prefix = level == .error ? "error: " : ""
            write("\(time) \(prefix)\(message.replacingOccurrences(of: "\n", with: " "))\(texts.joined())\n")
        case .json:
            var writer = JSONWriter()
            writer.raw("{\"time\":")
            writer.string(time)
            for (name, value) in [("level", level.rawValue), ("message", message)] + fields {
                writer.raw(",")
                writer.string(name)
                writer.raw(":")
                writer.string(value)
            }
            writer.raw("}\n")
            write(String(decoding: writer.bytes, as: UTF8.self))
        }
    }
}
