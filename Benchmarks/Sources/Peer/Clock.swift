import Foundation

/// How long `body` takes, in seconds.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(body) / .seconds(1)
}

/// How long a call of `body` takes, in seconds: the mean of as many as fill a fifth of a second.
func secondsPerCall(_ body: () throws -> Void) rethrows -> Double {
    var calls = 1
    while true {
        let elapsed = try seconds { for _ in 0..<calls { try body() } }
        if elapsed > 0.2 { return elapsed / Double(calls) }
        calls *= 2
    }
}

/// The most memory that this process has had, in megabytes.
func peakMemory() throws -> Double {
    #if os(Linux)
        // The kernel's own mark. That of getrusage begins with what the parent had when it made this process.
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else { throw PeerError("/proc/self/status has no VmHWM") }
        return kilobytes * 1024 / 1e6
    #else
        var usage = rusage()
        guard getrusage(RUSAGE_SELF, &usage) == 0 else { throw PeerError("getrusage does not say the peak of memory") }
        return Double(usage.ru_maxrss) / 1e6
    #endif
}
