import LinearAlgebra

/// The gradient of a first layer whose features are sparse.
///
/// Few features occur in a batch, and only their rows of the gradient are not 0. Between steps the whole gradient is 0,
/// and a step reads and clears only the rows of features that occur. For the others, the optimizer reads zeros that stay
/// in the cache.
final class SparseGradient<Scalar: NetworkScalar> {
    private let features: SparseMatrix<Scalar>
    private let layer: DenseLayer
    /// The gradient of the layer's coefficients.
    private let gradient: UnsafeMutablePointer<Scalar>
    /// Whether each feature occurs in the batch.
    private let occurring: UnsafeMutableBufferPointer<Bool>
    /// For each worker, the gradient of one group of rows; 0 unless the worker updates the group.
    private let groups: UnsafeMutableBufferPointer<Scalar>
    private let groupSize: Int

    /// - Parameter gradient: memory for the layer's gradient, which lives as long as this object.
    init(
        of features: SparseMatrix<Scalar>, layer: DenseLayer, gradient: UnsafeMutablePointer<Scalar>, workers: Int
    ) {
        self.features = features
        self.layer = layer
        self.gradient = gradient
        gradient.update(repeating: 0, count: layer.fanIn * layer.fanOut)
        occurring = .allocate(capacity: layer.fanIn)
        occurring.initialize(repeating: false)
        let rowsInGroup = (0..<layer.groupCount).map { layer.rows(of: $0..<$0 + 1).count }.max() ?? 0
        // Each worker's part starts on its own cache line.
        let line = 64 / MemoryLayout<Scalar>.stride
        groupSize = (rowsInGroup * layer.fanOut + line - 1) / line * line
        groups = .allocate(capacity: workers * groupSize)
        groups.initialize(repeating: 0)
    }

    deinit {
        occurring.deallocate()
        groups.deallocate()
    }

    /// Sets the rows of a range of features to 0.
    func clear(_ chunk: Chunk) {
        let rows = chunk.range(of: layer.fanIn)
        gradient(of: rows.lowerBound).update(repeating: 0, count: rows.count * layer.fanOut)
    }

    /// Adds the gradient of a range of units. Samples contribute to arbitrary rows, so units are divided.
    ///
    /// - Parameter samples: the indices of the batch's samples, whose errors are the rows of `delta`.
    func add(
        _ samples: UnsafePointer<Int>, count: Int, delta: UnsafePointer<Scalar>, scale: Scalar, _ chunk: Chunk
    ) {
        if chunk.index == 0 { features.markColumns(ofRowsAt: samples, count: count, in: occurring) }
        let units = chunk.range(of: layer.fanOut, unit: 8)
        guard !units.isEmpty else { return }
        features.addTransposedProduct(
            rowsAt: samples, count: count, by: delta, width: layer.fanOut, units: units, scale: scale, to: gradient)
    }

    /// Calls `body` with the gradient of a group of rows, and then sets it to 0.
    func consume(_ rows: Range<Int>, _ chunk: Chunk, _ body: (UnsafeMutablePointer<Scalar>) -> Void) {
        guard let group = groups.baseAddress.map({ $0 + chunk.index * groupSize }) else { return }
        for feature in rows where occurring[feature] {
            let source = gradient(of: feature)
            (group + (feature - rows.lowerBound) * layer.fanOut).update(from: source, count: layer.fanOut)
            source.update(repeating: 0, count: layer.fanOut)
        }
        body(group)
        for feature in rows where occurring[feature] {
            occurring[feature] = false
            (group + (feature - rows.lowerBound) * layer.fanOut).update(repeating: 0, count: layer.fanOut)
        }
    }

    /// The row of a feature.
    func gradient(of feature: Int) -> UnsafeMutablePointer<Scalar> { gradient + feature * layer.fanOut }
}
