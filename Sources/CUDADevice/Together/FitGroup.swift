import Dispatch
import LinearAlgebra
import NeuralNetwork

/// Small networks that train at the same time: one launch trains an epoch of each, one block of threads a network.
///
/// Every engine hands in its epoch and waits. The last one to come launches the epochs of all. If another is long in coming,
/// such as one that computes its scores, those that are there go ahead. What a network learns does not depend on the others.
final class FitGroup<Scalar: NetworkScalar>: Sendable {
    private struct State {
        var members = 0
        var waiting: [Epoch<Scalar>] = []

        /// Returns the epochs that wait, and forgets them.
        mutating func take() -> [Epoch<Scalar>] {
            defer { waiting = [] }
            return waiting
        }
    }

    private let state = Locked(State())
    private let launcher: Locked<GroupLauncher<Scalar>>

    init(_ network: SmallNetwork, on card: Card) throws {
        launcher = Locked(try GroupLauncher(network, on: card))
    }

    func join() { state.withLock { $0.members += 1 } }

    /// Ends the membership. If all others wait, one of them goes ahead.
    func leave() {
        state.withLock { state in
            state.members -= 1
            guard !state.waiting.isEmpty, state.waiting.count >= state.members else { return }
            let epochs = state.take()
            epochs[0].lead(epochs)
        }
    }

    /// Computes an epoch together with those of others.
    func compute(_ epoch: Epoch<Scalar>) throws {
        var epochs = state.withLock { state in
            state.waiting.append(epoch)
            return state.waiting.count >= state.members ? state.take() : nil
        }
        while epochs == nil {
            guard epoch.waitUntilReady() else {
                // The wait took too long. If this epoch is still not launched, launch all that wait.
                epochs = state.withLock { state in
                    state.waiting.contains { $0 === epoch } ? state.take() : nil
                }
                continue
            }
            if let outcome = epoch.outcome { return try outcome.get() }
            epochs = epoch.led
        }
        let all = epochs ?? []
        let outcome = Result { try launcher.withLock { try $0.compute(all) } }
        for other in all where other !== epoch { other.end(outcome) }
        try outcome.get()
    }
}

/// An epoch of one network: what goes to the card, and what comes back.
final class Epoch<Scalar: NetworkScalar>: @unchecked Sendable {
    /// Where the data, the parameters and the moments are; the rest is set at the launch.
    let run: NetworkRun
    let order: [Int32]
    let steps: [StepInput]
    let sharedBytes: Int
    var results: [StepOutput]
    /// The parameters and both moments after the epoch.
    var state: [Scalar]

    private(set) var outcome: Result<Void, any Error>?
    private(set) var led: [Epoch]?
    private let ready = DispatchSemaphore(value: 0)

    init(_ run: NetworkRun, order: [Int32], steps: [StepInput], parameterCount: Int, sharedBytes: Int) {
        (self.run, self.order, self.steps, self.sharedBytes) = (run, order, steps, sharedBytes)
        results = Array(repeating: StepOutput(), count: steps.count)
        state = Array(repeating: 0, count: 3 * parameterCount)
    }

    /// Waits until the epoch has an outcome, or has to launch others.
    ///
    /// - Returns: false after two milliseconds.
    fileprivate func waitUntilReady() -> Bool { ready.wait(timeout: .now() + .milliseconds(2)) == .success }

    fileprivate func end(_ outcome: Result<Void, any Error>) {
        self.outcome = outcome
        ready.signal()
    }

    fileprivate func lead(_ epochs: [Epoch]) {
        led = epochs
        ready.signal()
    }
}
