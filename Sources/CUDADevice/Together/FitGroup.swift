import LinearAlgebra
import NeuralNetwork

/// Small networks that train at the same time: one launch trains an epoch of each, one block of threads a network.
///
/// Every engine hands in its epoch, gives up its place on the processor, and waits for the other fits of its search. When all
/// wait, the first to go on launches the epochs of all. What a network learns does not depend on the others.
final class FitGroup<Scalar: NetworkScalar>: Sendable {
    /// The most fits of a search at a time.
    private let maximumFits = 256
    /// The most memory that fits at a time have together, in bytes: a gigabyte, or half of what is free. The host has a
    /// copy of each table as well.
    private let maximumBytes: Int
    private let waiting = Locked<[Epoch<Scalar>]>([])
    private let launcher: Locked<GroupLauncher<Scalar>>

    init(_ network: SmallNetwork, on card: Card) throws {
        maximumBytes = min(1 << 30, try card.use { try card.memory().free } / 2)
        launcher = Locked(try GroupLauncher(network, on: card))
    }

    /// Computes an epoch together with those of others.
    ///
    /// - Parameters:
    ///   - epoch: the epoch of one fit.
    ///   - fits: those of the search.
    ///   - fitBytes: the memory of the fit on the card, apart from this epoch's.
    func compute(_ epoch: Epoch<Scalar>, among fits: SideBySide, fitBytes: Int) throws {
        waiting.withLock { $0.append(epoch) }
        fits.waitForOthers(upTo: min(maximumFits, maximumBytes / max(1, fitBytes)))
        let outcome = launcher.withLock { launcher in
            epoch.outcome ?? launch(by: launcher)
        }
        try outcome.get()
    }

    /// Launches all epochs that wait, of which one is the caller's.
    private func launch(by launcher: GroupLauncher<Scalar>) -> Result<Void, any Error> {
        let epochs = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        let outcome = Result { try launcher.compute(epochs) }
        for epoch in epochs { epoch.outcome = outcome }
        return outcome
    }
}

/// The groups of a card, as long as any of their networks trains.
final class FitGroups: Sendable {
    private struct Weak {
        weak var group: (AnyObject & Sendable)?
    }

    private let groups = Locked<[SmallNetwork: Weak]>([:])

    /// Returns the networks that train together with one.
    func group<Scalar: NetworkScalar>(of network: SmallNetwork, on card: Card) throws -> FitGroup<Scalar> {
        try groups.withLock { groups in
            if let group = groups[network]?.group as? FitGroup<Scalar> { return group }
            let group = try FitGroup<Scalar>(network, on: card)
            groups[network] = Weak(group: group)
            return group
        }
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
    /// Nil before the launch.
    fileprivate(set) var outcome: Result<Void, any Error>?

    init(_ run: NetworkRun, order: [Int32], steps: [StepInput], parameterCount: Int, sharedBytes: Int) {
        (self.run, self.order, self.steps, self.sharedBytes) = (run, order, steps, sharedBytes)
        results = Array(repeating: StepOutput(), count: steps.count)
        state = Array(repeating: 0, count: 3 * parameterCount)
    }
}
