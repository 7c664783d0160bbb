import Logging
import Synchronization

/// Collects what a test's own task logs, though the logging system is the whole process's.
final class LogRecorder: Sendable {
    private let lines = Mutex<[String]>([])

    @TaskLocal private static var current: LogRecorder?

    /// The logging system can be set up once in a process.
    private static let isSetUp: Bool = {
        LoggingSystem.bootstrap { _ in Handler() }
        return true
    }()

    /// What `body` logs, level and message.
    static func lines<Failure: Error>(during body: () throws(Failure) -> Void) throws(Failure) -> [String] {
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
