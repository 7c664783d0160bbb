import Foundation

/// Returns the duration of `body` in seconds.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(body) / .seconds(1)
}

/// Returns the mean duration of a call of `body` in seconds, over as many calls as take a fifth of a second.
func secondsPerCall(_ body: () throws -> Void) rethrows -> Double {
    var calls = 1
    while true {
        let elapsed = try seconds { for _ in 0..<calls { try body() } }
        if elapsed > 0.2 { return elapsed / Double(calls) }
        calls *= 2
    }
}

/// Returns the peak memory of this process, in megabytes.
func peakMemory() throws -> Double {
    #if os(Linux)
        // The kernel's own mark. That of getrusage starts with the parent's memory when it created this process.
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
