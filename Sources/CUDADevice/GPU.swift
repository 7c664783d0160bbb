import Estimators
import LinearAlgebra
import NeuralNetwork

/// Makes the engines of a card, which is opened by the first of them and stays open while an estimator has the device.
final class GPU: EngineFactory {
    private let ordinal: Int
    private let state = Locked(State())

    private struct State {
        var card: Card?
        var groups: [SmallNetwork: Weak] = [:]
    }

    private struct Weak {
        weak var group: (AnyObject & Sendable)?
    }

    init(_ ordinal: Int) { self.ordinal = ordinal }

    func engine<Scalar: NetworkScalar>(for task: EngineTask<Scalar>) throws -> any TrainingEngine<Scalar> {
        guard case .dense(let features) = task.data.features else {
            throw EstimatorError.notSupported(
                "sparse x on device .\(Card.name(ordinal)): train with device .cpu, or pass x.dense; it")
        }
        let card = try opened()
        if task.isOneOfMany, task.batchSize != nil,
            let network = SmallNetwork(
                task.network.shape, storesSlopes: TaskNumbers(task).storesSlopes, sharedBytes: card.sharedBytes,
                Scalar.self)
        {
            return try GroupEngine(
                task, features: features, network: network, group: group(of: network, on: card), on: card)
        }
        return try CUDAEngine(task, features: features, on: card)
    }

    var reportedName: String? {
        state.withLock { state in state.card.map { "\($0.name) (\($0.model))" } }
    }

    private func opened() throws -> Card {
        try state.withLock { state in
            if let card = state.card, card.isUsable { return card }
            state = State()
            let card = try Card.shared(ordinal)
            state.card = card
            return card
        }
    }

    /// Returns the networks that train together with one, as long as any of them trains.
    private func group<Scalar>(of network: SmallNetwork, on card: Card) throws -> FitGroup<Scalar> {
        try state.withLock { state in
            if let group = state.groups[network]?.group as? FitGroup<Scalar> { return group }
            let group = try FitGroup<Scalar>(network, on: card)
            state.groups[network] = Weak(group: group)
            return group
        }
    }
}
