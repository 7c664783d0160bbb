import LinearAlgebra

/// The sum of the gradients of a group of processes.
///
/// A small network, or a large group, adds up whole gradients, and each process updates all parameters. A few processes share
/// the coefficients of a larger network: each adds up the gradients of its share, in the order of the processes, updates
/// it, and sends the new coefficients to the others. As many numbers travel, but each is updated only once.
final class GradientSum<Scalar: NetworkScalar> {
    /// The sum, in the layout of ``NetworkShape``. With shares, only this process's coefficients and all intercepts.
    let total: UnsafeMutablePointer<Scalar>

    /// Which of the coefficients this process updates; nil if it updates all.
    let ownership: Chunk?

    private let shape: NetworkShape
    private let group: any ProcessGroup
    private let gradient: UnsafeMutablePointer<Scalar>
    private let parameters: UnsafeMutablePointer<Scalar>
    /// Whether all gradients travel in one message: for small networks a message costs more than its content.
    private let isSmall: Bool
    /// The operations in progress for the coefficients of each layer and, last, for the intercepts.
    private var operations: [GroupOperation?]
    /// The operations in progress that bring the coefficients of other processes.
    private var sharing: [GroupOperation] = []
    /// For each process, the gradient of this process's share that it has sent.
    private let inbox: UnsafeMutablePointer<Scalar>
    private let inboxSize: Int

    /// From this number of processes on, sending each of them a message takes longer than a sum by a tree.
    private static var greatestSharing: Int { 16 }

    /// - Parameters:
    ///   - gradient: the gradient of this process, which lives as long as this object.
    ///   - parameters: the parameters of this process, which live as long as this object.
    ///   - needsWhole: whether each process needs the whole sum.
    init(
        of shape: NetworkShape, _ group: any ProcessGroup, gradient: UnsafeMutablePointer<Scalar>,
        parameters: UnsafeMutablePointer<Scalar>, needsWhole: Bool
    ) {
        (self.shape, self.group, self.gradient, self.parameters) = (shape, group, gradient, parameters)
        isSmall = shape.parameterCount * MemoryLayout<Scalar>.stride <= 1 << 17
        let shares = !isSmall && !needsWhole && group.count > 1 && group.count <= Self.greatestSharing
        ownership = shares ? Chunk(index: group.rank, of: group.count) : nil
        operations = Array(repeating: nil, count: shape.layers.count + 1)
        total = .allocate(capacity: shape.parameterCount)
        total.initialize(repeating: 0, count: shape.parameterCount)
        let own = ownership.map { own in shape.layers.reduce(0) { $0 + $1.coefficients(of: own).count } } ?? 0
        inboxSize = own
        inbox = .allocate(capacity: max(1, own * group.count))
        inbox.initialize(repeating: 0, count: max(1, own * group.count))
    }

    deinit {
        total.deallocate()
        inbox.deallocate()
    }

    // MARK: Gradients

    /// Starts to add up what is known once the gradient of a layer's coefficients is.
    func start(for layer: Int) throws {
        try group.advance()
        if isSmall {
            if layer == 0 { operations[0] = try startSum(0..<shape.parameterCount) }
            return
        }
        let coefficients = shape.layers[layer].coefficients(of: .whole)
        operations[layer] = try ownership.map { try startExchange(layer, own: $0) } ?? startSum(coefficients)
        // The intercepts of the first layer have their gradient before its coefficients.
        if layer == min(1, shape.layers.count - 1) {
            operations[shape.layers.count] = try startSum(shape.coefficientCount..<shape.parameterCount)
        }
    }

    private func startSum(_ range: Range<Int>) throws -> GroupOperation {
        try group.startSum(of: gradient + range.lowerBound, count: range.count, to: total + range.lowerBound)
    }

    /// Sends each process the gradient of its share, and receives that of the own share.
    private func startExchange(_ layer: Int, own: Chunk) throws -> GroupOperation {
        let layers = shape.layers
        let room = layers[layer].coefficients(of: own).count
        return try group.startExchange(
            (0..<group.count).filter { $0 != own.index }.map { peer in
                let range = layers[layer].coefficients(of: Chunk(index: peer, of: own.count))
                return GroupMessage(
                    peer: peer,
                    numbers: UnsafeBufferPointer(start: gradient + range.lowerBound, count: range.count),
                    received: UnsafeMutableBufferPointer(start: inbox(of: peer, layer), count: room))
            })
    }

    /// Where the gradient of a layer that another process has sent is.
    private func inbox(of peer: Int, _ layer: Int) -> UnsafeMutablePointer<Scalar> {
        guard let ownership else { return inbox }
        let before = shape.layers[..<layer].reduce(0) { $0 + $1.coefficients(of: ownership).count }
        return inbox + peer * inboxSize + before
    }

    /// Waits for the sum that the update of a layer needs.
    func wait(for layer: Int) throws {
        // The only message of a small network; the intercepts of all layers.
        for index in [isSmall ? 0 : layer, shape.layers.count] {
            if let operation = operations[index].take() {
                try group.wait(for: operation)
                if let ownership, index == layer { addShares(layer, ownership) }
            }
        }
    }

    /// Adds up the gradients of the own share, in the order of the processes.
    private func addShares(_ layer: Int, _ own: Chunk) {
        let range = shape.layers[layer].coefficients(of: own)
        let target = total + range.lowerBound
        for process in 0..<own.count {
            let source = process == own.index ? gradient + range.lowerBound : inbox(of: process, layer)
            if process == 0 {
                target.update(from: source, count: range.count)
            } else {
                add(range.count, from: source, to: target)
            }
        }
    }

    private func add(_ count: Int, from source: UnsafeMutablePointer<Scalar>, to target: UnsafeMutablePointer<Scalar>) {
        // A loop over a known type is vectorized.
        func add<Known: FloatingPoint>(_: Known.Type) where Known: BitwiseCopyable {
            let source = UnsafeRawPointer(source).assumingMemoryBound(to: Known.self)
            let target = UnsafeMutableRawPointer(target).assumingMemoryBound(to: Known.self)
            for index in 0..<count { target[index] += source[index] }
        }
        switch Scalar._precision {
        case .double: add(Double.self)
        case .single: add(Float.self)
        }
    }

    // MARK: Parameters

    /// Starts to send the own coefficients of a layer to the other processes, and to receive theirs.
    func startSharingParameters(of layer: Int) throws {
        guard let ownership else { return }
        func numbers(_ process: Int) -> UnsafeMutableBufferPointer<Scalar> {
            let range = shape.layers[layer].coefficients(of: Chunk(index: process, of: ownership.count))
            return UnsafeMutableBufferPointer(start: parameters + range.lowerBound, count: range.count)
        }
        sharing.append(
            try group.startExchange(
                (0..<group.count).filter { $0 != ownership.index }.map {
                    GroupMessage(
                        peer: $0, numbers: UnsafeBufferPointer(numbers(ownership.index)), received: numbers($0))
                }))
    }

    /// Waits for the coefficients of the other processes.
    func waitForParameters() throws {
        for operation in sharing { try group.wait(for: operation) }
        sharing.removeAll(keepingCapacity: true)
    }

    /// Returns numbers, one per parameter, of which each process has those of its share.
    func whole(_ numbers: [Scalar]) throws -> [Scalar] {
        guard let ownership else { return numbers }
        var own = [Scalar](repeating: 0, count: numbers.count)
        for layer in shape.layers {
            let range = layer.coefficients(of: ownership)
            own.replaceSubrange(range, with: numbers[range])
        }
        // All processes have the same intercepts.
        let intercepts = shape.coefficientCount..<shape.parameterCount
        if group.rank == 0 { own.replaceSubrange(intercepts, with: numbers[intercepts]) }
        return try group.sum(own)
    }
}

extension DenseLayer {
    /// The coefficients of a share of the layer, in the layout of ``NetworkShape``: those of whole groups of rows.
    func coefficients(of share: Chunk) -> Range<Int> {
        let rows = self.rows(of: share.range(of: groupCount))
        return (coefficients + rows.lowerBound * fanOut)..<(coefficients + rows.upperBound * fanOut)
    }
}
