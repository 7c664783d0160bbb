#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A thread of the system's, for work that mostly waits. Dispatch starts no more threads than there are cores.
struct StartedThread: @unchecked Sendable {
    private let thread: pthread_t

    /// The stack of a thread, in bytes. The system gives it memory as far as it is used.
    private static let stackSize = 2 << 20

    /// Starts a thread that calls `body`.
    ///
    /// - Returns: nil if the system has no more threads.
    init?(_ body: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, StartedThread.stackSize)
        let argument = Unmanaged.passRetained(Body(body))
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                StartedThread.run(argument)
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            argument.release()
            return nil
        }
        #if !canImport(Glibc)
            guard let thread else { return nil }
        #endif
        self.thread = thread
    }

    /// Waits until the thread has ended. To be called once.
    func join() { pthread_join(thread, nil) }

    private final class Body: Sendable {
        let call: @Sendable () -> Void
        init(_ call: @escaping @Sendable () -> Void) { self.call = call }
    }

    private static func run(_ argument: UnsafeMutableRawPointer?) {
        guard let argument else { return }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().call()
    }
}
