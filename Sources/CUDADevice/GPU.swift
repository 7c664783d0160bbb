import Estimators
import LinearAlgebra
import NeuralNetwork
import TabularNetworks

/// Makes the engines of a card, which is opened by the first of them and stays open while an estimator has the device.
final class GPU: EngineFactory {
    private let ordinal: Int
    private let card = Locked<Card?>(nil)

    init(_ ordinal: Int) { self.ordinal = ordinal }

    func engine<Scalar: NetworkScalar>(for task: EngineTask<Scalar>) throws -> any TrainingEngine<Scalar> {
        guard case .dense(let features) = task.data.features else {
            throw EstimatorError.notSupported(
                "sparse x on device .\(Card.name(ordinal)): train with device .cpu, or pass x.dense; it")
        }
        let card = try opened()
        if let fits = task.sideBySide, task.batchSize != nil,
            let network = SmallNetwork(
                task.network.shape, storesSlopes: TaskNumbers(task).storesSlopes, sharedBytes: card.sharedBytes,
                Scalar.self)
        {
            return try GroupEngine(
                task, features: features, network: network, among: fits,
                group: card.fitGroups.group(of: network, on: card), on: card)
        }
        return try CUDAEngine(task, features: features, on: card)
    }

    var reportedName: String? {
        card.withLock { card in card.map { "\($0.name) (\($0.model))" } }
    }

    private func opened() throws -> Card {
        try card.withLock { card in
            if let card, card.isUsable { return card }
            card = nil
            let opened = try Card.shared(ordinal)
            card = opened
            return opened
        }
    }
}

extension GPU: TabularEngineFactory {
    func engine<Scalar: NetworkScalar>(for task: TabularEngineTask<Scalar>) throws -> any TabularEngine<Scalar> {
        try TabularCUDAEngine(task, on: opened())
    }
}
