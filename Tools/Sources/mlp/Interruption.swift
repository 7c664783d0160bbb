import Foundation

/// What is left to do when the user or the system ends the program early, by Ctrl-C for instance.
enum Interruption {
    // C strings, since a handler of signals may do next to nothing.
    nonisolated(unsafe) private static var unfinished: UnsafeMutablePointer<CChar>?
    nonisolated(unsafe) private static var last: UnsafeMutablePointer<CChar>?

    /// Removes the file if the program is ended; nil for none any more.
    static func removes(_ path: String?) {
        let earlier = unfinished
        unfinished = path.flatMap { strdup($0) }
        free(earlier)
        if path != nil { handle() }
    }

    /// Writes a text to standard error if the program is ended.
    static func writes(_ text: String) {
        let earlier = last
        last = strdup(text)
        free(earlier)
        handle()
    }

    private static func handle() {
        // A program that starts this one from a worker thread may hand on that signals are blocked.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            sigaddset(&signals, number)
            let earlier = signal(number) { number in
                if let path = Interruption.unfinished { unlink(path) }
                if let text = Interruption.last { _ = write(STDERR_FILENO, text, strlen(text)) }
                signal(number, SIG_DFL)
                raise(number)
            }
            // A signal that is ignored, as by nohup, stays so.
            if unsafeBitCast(earlier, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(number, SIG_IGN) }
        }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
}
