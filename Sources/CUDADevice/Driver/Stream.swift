/// A queue of copies and launches on a card, which executes them in order.
///
/// A host array that a copy names must live until ``complete(_:)`` returns. All methods need the card's context.
final class Stream {
    let card: Card
    private let handle: Driver.Handle

    init(on card: Card) throws {
        self.card = card
        var handle: Driver.Handle?
        // Flag 1: not ordered with the default stream, on which other libraries may work.
        try card.driver.check(card.driver.createStream(&handle, 1), "device .\(card.name) has no stream")
        guard let handle else { throw DeviceError("device .\(card.name) has no stream.") }
        self.handle = handle
    }

    deinit {
        card.release {
            // Nothing may be freed that a launch still uses.
            _ = card.driver.synchronize(handle)
            _ = card.driver.destroyStream(handle)
        }
    }

    /// Throws the driver's reason if a call has failed.
    private func check(_ status: Driver.Status) throws {
        guard status != 0 else { return }
        card.fail()
        try card.driver.check(status, "training on device .\(card.name) failed")
    }

    // MARK: Copies

    func upload<Element>(_ source: UnsafeBufferPointer<Element>, to target: DeviceArray<Element>) throws {
        precondition(source.count <= target.count)
        guard let start = source.baseAddress, !source.isEmpty else { return }
        try check(card.driver.upload(target.address, start, source.count * MemoryLayout<Element>.stride, handle))
    }

    func download<Element>(_ source: DeviceArray<Element>, to target: UnsafeMutableBufferPointer<Element>) throws {
        precondition(target.count <= source.count)
        guard let start = target.baseAddress, !target.isEmpty else { return }
        try check(card.driver.download(start, source.address, target.count * MemoryLayout<Element>.stride, handle))
    }

    /// Sets the first bytes of an array to 0.
    func clear<Element>(_ target: DeviceArray<Element>, byteCount: Int) throws {
        precondition(byteCount <= target.count * MemoryLayout<Element>.stride)
        try check(card.driver.fill(target.address, 0, byteCount, handle))
    }

    /// Waits until everything is done that `body` puts into the queue, also if it throws.
    func complete(_ body: () throws -> Void) throws {
        let result = Result { try body() }
        let status = card.driver.synchronize(handle)
        try result.get()
        try check(status)
    }

    // MARK: Launches

    /// Launches a kernel, whose arguments are copied before the call returns.
    func launch(
        _ kernel: Kernel, blocks: (Int, Int, Int), threads: Int, sharedBytes: Int = 0, _ arguments: [KernelArgument]
    ) throws {
        var values = arguments.map(\.bits)
        let status = values.withUnsafeMutableBufferPointer { values in
            var pointers = values.indices.map { index in values.baseAddress.map { UnsafeMutableRawPointer($0 + index) }
            }
            return card.driver.launch(
                kernel.handle.pointer, CUnsignedInt(blocks.0), CUnsignedInt(blocks.1), CUnsignedInt(blocks.2),
                CUnsignedInt(threads), 1, 1, CUnsignedInt(sharedBytes), handle, &pointers, nil)
        }
        try check(status)
    }

    /// Records what `body` launches, without executing it; nil for a driver without graphs.
    func record(_ body: () throws -> Void) throws -> Graph? {
        guard let graphs = card.driver.graphs else { return nil }
        // Mode 1: other threads may call the driver meanwhile.
        try check(graphs.beginCapture(handle, 1))
        let result = Result { try body() }
        var graph: Driver.Handle?
        let status = graphs.endCapture(handle, &graph)
        defer { if let graph { _ = graphs.destroy(graph) } }
        try result.get()
        try check(status)
        var executable: Driver.Handle?
        try check(graphs.instantiate(&executable, graph, 0))
        guard let executable else { throw DeviceError("training on device .\(card.name) failed: there is no graph.") }
        return Graph(executable, graphs, card)
    }

    func launch(_ graph: Graph) throws { try check(graph.launch(on: handle)) }
}

/// An argument of a kernel. All have eight bytes here; a shorter one is read from their beginning.
enum KernelArgument {
    case address(Driver.Address)
    case int(Int)
    case long(Int)
    case double(Double)

    static let none = KernelArgument.address(0)

    /// The address of an array; 0 for none.
    static func array<Element>(_ array: DeviceArray<Element>?) -> KernelArgument { .address(array?.address ?? 0) }

    fileprivate var bits: UInt64 {
        switch self {
        case .address(let address): address
        case .int(let number): UInt64(UInt32(bitPattern: Int32(number)))
        case .long(let number): UInt64(bitPattern: Int64(number))
        case .double(let number): number.bitPattern
        }
    }
}

/// Launches that are replayed as a whole.
final class Graph {
    private let executable: Driver.Handle
    private let graphs: Driver.Graphs
    private let card: Card

    fileprivate init(_ executable: Driver.Handle, _ graphs: Driver.Graphs, _ card: Card) {
        (self.executable, self.graphs, self.card) = (executable, graphs, card)
    }

    deinit { card.release { _ = graphs.destroyExecutable(executable) } }

    fileprivate func launch(on stream: Driver.Handle) -> Driver.Status { graphs.launch(executable, stream) }
}
