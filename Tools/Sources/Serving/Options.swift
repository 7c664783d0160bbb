import Foundation

/// How a server listens, and what it accepts.
public struct ServerOptions: Sendable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 for any that is free.
    public var port = 8080
    /// The number of threads that answer requests.
    public var workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
    /// The most bytes of a body.
    public var maxBody = ByteCount(10 << 20)
    /// The maximum number of rows in a request.
    public var maxRows = 100_000
    /// The most connections at a time.
    public var maxConnections = 10_000
    /// The most bytes of bodies that are held at a time, of all connections together.
    public var maxHeld = ByteCount(1 << 30)
    /// The longest time in which a request must have arrived, an answer be taken, and, at the end, all be finished.
    public var timeout = TimeLimit(seconds: 30)
    /// The name of the model in the paths of the Open Inference Protocol; nil for the name of its file.
    public var name: String?

    /// The default options.
    public init() {}
}

/// A number of bytes, written as `10MB`, `512KB`, `1GB` or `1048576`.
public struct ByteCount: Sendable, Equatable, CustomStringConvertible {
    /// The number.
    public var bytes: Int

    /// That many bytes.
    public init(_ bytes: Int) { self.bytes = bytes }

    /// - Returns: nil for another text, or for less than one byte.
    public init?(_ text: String) {
        let text = text.uppercased()
        let units = [("KB", 10), ("MB", 20), ("GB", 30), ("K", 10), ("M", 20), ("G", 30), ("B", 0), ("", 0)]
        guard let (unit, power) = units.first(where: { text.hasSuffix($0.0) }),
            let count = Int(text.dropLast(unit.count).trimmingCharacters(in: .whitespaces)), count > 0,
            case let (bytes, overflows) = count.multipliedReportingOverflow(by: 1 << power), !overflows
        else { return nil }
        self.bytes = bytes
    }

    /// The number with the largest unit that divides it.
    public var description: String {
        for (unit, power) in [("GB", 30), ("MB", 20), ("KB", 10)] where bytes > 0 && bytes % (1 << power) == 0 {
            return "\(bytes >> power)\(unit)"
        }
        return "\(bytes) bytes"
    }
}

/// A length of time, written as `30s`, `500ms`, `2m` or `30`.
public struct TimeLimit: Sendable, Equatable, CustomStringConvertible {
    /// Its length.
    public var seconds: Double

    /// That many seconds.
    public init(seconds: Double) { self.seconds = seconds }

    /// - Returns: nil for another text, or for a time that is not from 10 ms to a day.
    public init?(_ text: String) {
        let units = [("ms", 0.001), ("s", 1.0), ("m", 60), ("h", 3600), ("", 1)]
        guard let (unit, length) = units.first(where: { text.lowercased().hasSuffix($0.0) }),
            let count = Double(text.dropLast(unit.count).trimmingCharacters(in: .whitespaces)),
            (0.01...86_400).contains(count * length)
        else { return nil }
        seconds = count * length
    }

    /// The number of seconds.
    public var description: String { "\(seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)")s" }
}
