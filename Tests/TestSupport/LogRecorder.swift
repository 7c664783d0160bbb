import Logging
import Synchronization

/// Collects the log messages of a test's own task, although the logging system belongs to the process.
public final class LogRecorder: Sendable {
    private let lines = Mutex<[String]>([])

    @TaskLocal private static var current: LogRecorder?

    /// The logging system can only be set up once per process.
    private static let isSetUp: Bool = {
        LoggingSystem.bootstrap { _ in Handler() }
        return true
    }()

    /// Returns the level and text of each message that `body` logs.
    public static func lines<Failure: Error>(during body: () throws(Failure) -> Void) throws(Failure) -> [String] {
        _ = isSetUp
        let recorder = LogRecorder()
        var failure: Failure?
        $current.withValue(recorder) {
            do throws(Failure) { try body() } catch { failure = error }
        }
        if let failure { throw failure }
        return recorder.lines.withLock { $0 }
    }

    private struct Handler: LogHandler {
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            LogRecorder.current?.lines.withLock { $0.append("\(event.level): \(event.message)") }
        }
    }
}
