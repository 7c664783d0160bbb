import CMPI
import Foundation
import LinearAlgebra

/// Finds out whether the other processes of a group are alive, and tells them if this one stops.
///
/// A thread sends a beat to the next process once a second and expects those of the previous one, so that the work does not
/// grow with the group. The process that misses them tells all others. MPI itself would wait for hours.
final class Watch: @unchecked Sendable {
    private struct State {
        /// Why the group has ended, for this process.
        var failure: MPIError?
        /// Whether the group ends as it should, or this process is leaving it.
        var isEnding = false
    }

    /// What a message is.
    enum Tag {
        static let beat: CInt = 1
        static let notice: CInt = 2
        static let numbers: CInt = 3
    }

    private let rank: Int
    private let count: Int
    private let patience: Duration
    private let state = Locked(State())
    private let ended = DispatchSemaphore(value: 0)

    /// The time that a process has to end by itself and to write why.
    private static let grace = Duration.milliseconds(600)
    /// The time for which a process that knows why it ends stays, so that the launcher does not end the others before they know.
    private static let farewell = Duration.milliseconds(1200)

    init(rank: Int, count: Int, patience: Duration) {
        (self.rank, self.count, self.patience) = (rank, count, patience)
        guard count > 1 else { return }
        // The text is needed until the process ends.
        cmpi_say_when_terminated(
            strdup("\(name): the launcher ends this process, because another one has ended or the job was cancelled.\n")
        )
        let thread = Thread { self.run() }
        thread.name = "MPI watch"
        thread.start()
    }

    private var name: String { "rank \(rank) of \(count)" }

    /// Throws if the group has ended.
    func check() throws {
        guard count > 1 else { return }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Ends the watch of a group that ends as it should.
    func end() {
        guard count > 1 else { return }
        state.withLock { $0.isEnding = true }
        ended.wait()
    }

    /// Writes why this process leaves, and tells the others unless they know.
    func leave(because error: any Error) {
        guard count > 1 else { return }
        say("\(error)")
        cmpi_say_when_terminated(nil)
        let knows = state.withLock { state in
            state.isEnding = true
            return state.failure != nil
        }
        if !knows {
            ended.wait()
            tell("\(name) has stopped: \(error)")
        }
        sleep(Self.farewell)
    }

    private func say(_ sentence: String) {
        FileHandle.standardError.write(Data("\(name): \(sentence)\n".utf8))
    }

    private func sleep(_ duration: Duration) { usleep(UInt32(duration / .microseconds(1))) }

    // MARK: Thread

    private func run() {
        defer { ended.signal() }
        var (now, heard, sent) = (ContinuousClock.now, ContinuousClock.now, ContinuousClock.now - .seconds(1))
        var (beat, sends) = (cmpi_request(), false)
        while !state.withLock({ $0.isEnding }) {
            // A process that was suspended must not blame the others.
            let gap = ContinuousClock.now - now
            now = .now
            if gap > .seconds(1) { heard = now }
            if message(Tag.beat) != nil { heard = now }
            if let notice = message(Tag.notice) { return end(because: MPIError(notice)) }
            if now - heard > patience {
                let sentence =
                    "rank \((rank + count - 1) % count) has been silent for \(patience.components.seconds) seconds: "
                    + "it hangs, or its machine or the network is gone"
                tell(sentence)
                return end(because: MPIError(sentence))
            }
            if now - sent >= .seconds(1) {
                // A beat that the network has not taken yet is enough.
                var isDone = true
                if sends { _ = cmpi_test(&beat, &isDone) }
                if isDone {
                    sends = cmpi_start_send(nil, 0, CInt((rank + 1) % count), Tag.beat, &beat) == 0
                    sent = now
                }
            }
            sleep(.milliseconds(20))
        }
    }

    /// Notes why the group has ended. If the process does not end by itself, because it computes or waits for something else,
    /// ends it.
    private func end(because failure: MPIError) {
        state.withLock { $0.failure = failure }
        sleep(Self.grace)
        if state.withLock({ $0.isEnding }) { return }
        say(failure.description)
        _exit(1)
    }

    /// Receives a message, if one is there.
    private func message(_ tag: CInt) -> String? {
        withUnsafeTemporaryAllocation(byteCount: 2048, alignment: 16) { bytes in
            var (source, length) = (CInt(-1), CInt(0))
            guard cmpi_receive(tag, bytes.baseAddress, CInt(bytes.count), &source, &length) == 0, source >= 0 else {
                return nil
            }
            return String(decoding: bytes.prefix(Int(length)), as: UTF8.self)
        }
    }

    /// Tells all other processes why the group ends, as far as they can be reached.
    private func tell(_ sentence: String) {
        // Messages must stay until they are sent: the process ends soon.
        let bytes = Array(sentence.utf8.prefix(2000))
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        copy.copyBytes(from: bytes)
        var requests = (0..<count).filter { $0 != rank }.map { other in
            var request = cmpi_request()
            _ = cmpi_start_send(copy.baseAddress, CInt(bytes.count), CInt(other), Tag.notice, &request)
            return request
        }
        for _ in 0..<20 {
            var isDone = true
            for index in requests.indices where requests[index].handle != 0 { _ = cmpi_test(&requests[index], &isDone) }
            sleep(.milliseconds(5))
        }
    }
}
