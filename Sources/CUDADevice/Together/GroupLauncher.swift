import LinearAlgebra
import NeuralNetwork

/// Launches epochs of many networks: one copy to the card, one launch, one copy back.
final class GroupLauncher<Scalar: NetworkScalar>: @unchecked Sendable {
    /// The threads of a block, one block a network: the maximum of the kernel. With about one network a multiprocessor, more
    /// threads hide more of the time that a step waits for its memory.
    private static var threads: Int { 512 }

    private let network: SmallNetwork
    private let card: Card
    private let stream: Stream
    private let kernel: Kernel
    private var block: DeviceMemory?
    private var capacity = 0
    /// The shared memory that the kernel may ask for so far.
    private var sharedBytes = 48 << 10

    init(_ network: SmallNetwork, on card: Card) throws {
        (self.network, self.card) = (network, card)
        (stream, kernel) = try card.use {
            (try Stream(on: card), try card.kernel("train_networks_\(network.image.rawValue)", of: network.image))
        }
    }

    /// The places of an epoch in the launcher's memory.
    fileprivate struct Places {
        let order: DeviceArray<Int32>
        let steps: DeviceArray<StepInput>
        let results: DeviceArray<StepOutput>
        let state: DeviceArray<Scalar>
    }

    func compute(_ epochs: [Epoch<Scalar>]) throws {
        try card.use {
            var memory = DeviceMemoryDivider()
            let runs = memory.array(epochs.count, of: NetworkRun.self)
            let orders = epochs.map { memory.array($0.order.count, of: Int32.self) }
            let steps = epochs.map { memory.array($0.steps.count, of: StepInput.self) }
            let uploaded = memory.byteCount
            let results = epochs.map { memory.array($0.results.count, of: StepOutput.self) }
            let states = epochs.map { memory.array($0.state.count, of: Scalar.self) }
            try reserve(memory.byteCount, sharedBytes: epochs.map(\.sharedBytes).max() ?? 0)
            guard let start = block?.address else { return }
            let places = epochs.indices.map {
                Places(order: orders[$0], steps: steps[$0], results: results[$0], state: states[$0])
            }

            var upload = [UInt8](repeating: 0, count: uploaded)
            var download = [UInt8](repeating: 0, count: memory.byteCount - uploaded)
            upload.withUnsafeMutableBytes { bytes in
                for (index, (epoch, places)) in zip(epochs, places).enumerated() {
                    bytes.write([epoch.run(at: start, places)], at: runs.advanced(by: index).address)
                    bytes.write(epoch.order, at: places.order.address)
                    bytes.write(epoch.steps, at: places.steps.address)
                }
            }
            let shared = epochs.map(\.sharedBytes).max() ?? 0
            try upload.withUnsafeBufferPointer { upload in
                try download.withUnsafeMutableBufferPointer { download in
                    try stream.complete {
                        try stream.upload(upload, to: DeviceArray(address: start, count: uploaded))
                        try stream.launch(
                            kernel, blocks: (epochs.count, 1, 1), threads: GroupLauncher.threads, sharedBytes: shared,
                            [.address(start + runs.address), .int(network.rowsTogether)])
                        try stream.download(
                            DeviceArray(address: start + UInt64(uploaded), count: download.count), to: download)
                    }
                }
            }
            download.withUnsafeBytes { bytes in
                for (epoch, places) in zip(epochs, places) {
                    bytes.read(&epoch.results, at: places.results.address - UInt64(uploaded))
                    bytes.read(&epoch.state, at: places.state.address - UInt64(uploaded))
                }
            }
        }
    }

    /// Makes the block large enough, and allows the kernel some shared memory.
    private func reserve(_ bytes: Int, sharedBytes wanted: Int) throws {
        if wanted > sharedBytes {
            try card.allow(kernel, sharedBytes: wanted)
            sharedBytes = wanted
        }
        guard bytes > capacity else { return }
        block = nil
        capacity = 0
        block = try DeviceMemory(byteCount: 2 * bytes, on: card)
        capacity = 2 * bytes
    }
}

extension Epoch {
    /// The run with its places in a block.
    fileprivate func run(at start: Driver.Address, _ places: GroupLauncher<Scalar>.Places) -> NetworkRun {
        var run = run
        run.order = start + places.order.address
        run.steps = start + places.steps.address
        run.results = start + places.results.address
        run.snapshots = start + places.state.address
        return run
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Copies elements to an offset.
    fileprivate func write<Element>(_ elements: [Element], at offset: UInt64) {
        elements.withUnsafeBytes { source in
            guard let base = baseAddress, let start = source.baseAddress else { return }
            (base + Int(offset)).copyMemory(from: start, byteCount: source.count)
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Copies elements from an offset.
    fileprivate func read<Element>(_ elements: inout [Element], at offset: UInt64) {
        elements.withUnsafeMutableBytes { target in
            guard let base = baseAddress, let start = target.baseAddress else { return }
            start.copyMemory(from: base + Int(offset), byteCount: target.count)
        }
    }
}
