import LinearAlgebra

/// The gradient of a first layer whose features are sparse.
///
/// Few features occur in a batch, and only their rows of the gradient are not 0. Between steps the whole gradient is 0,
/// and a step reads and clears only the rows of features that occur. For the others, the optimizer reads zeros that stay
/// in the cache.
///
/// Each worker computes the gradient of those features whose coefficients it updates. The gradient therefore never moves
/// from one core to another.
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
    /// For each worker, the groups of coefficient rows that it updates.
    private let shares: [Range<Int>]

    /// - Parameter gradient: memory for the layer's gradient, which lives as long as this object.
    init(
        of features: SparseMatrix<Scalar>, layer: DenseLayer, gradient: UnsafeMutablePointer<Scalar>, batchSize: Int,
        workers: Int
    ) {
        self.features = features.canonical
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
        shares = layer.groupShares(features, batchSize: batchSize, workers: workers)
    }

    deinit {
        occurring.deallocate()
        groups.deallocate()
    }

    /// The groups of coefficient rows of a worker.
    func groups(_ chunk: Chunk) -> Range<Int> { shares[chunk.index] }

    /// Computes the gradient of a worker's groups for a batch.
    ///
    /// - Parameters:
    ///   - samples: the indices of the batch's samples, whose errors are the rows of `delta`.
    ///   - isKept: whether the gradient of an earlier batch is still there, because it was not consumed.
    func compute(
        _ samples: UnsafePointer<Int>, count: Int, delta: UnsafePointer<Scalar>, scale: Scalar, isKept: Bool,
        _ chunk: Chunk
    ) {
        let rows = layer.rows(of: groups(chunk))
        if isKept {
            gradient(of: rows.lowerBound).update(repeating: 0, count: rows.count * layer.fanOut)
        } else {
            features.markColumns(rows, ofRowsAt: samples, count: count, in: occurring)
        }
        features.addTransposedProduct(
            rowsAt: samples, count: count, by: delta, width: layer.fanOut, columns: rows, scale: scale, to: gradient)
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

extension DenseLayer {
    /// Divides the groups of coefficient rows among workers, so that each has about the same work.
    ///
    /// The update of a row takes about as long as the products of ten elements.
    ///
    /// - Complexity: O(stored elements).
    fileprivate func groupShares<Scalar>(
        _ features: SparseMatrix<Scalar>, batchSize: Int, workers: Int
    ) -> [Range<Int>] {
        let occurrences = features.occurrences
        let products = Double(batchSize) / Double(max(1, features.rows)) / 10
        // The work before each group.
        var before = [0.0]
        for group in 0..<groupCount {
            let rows = rows(of: group..<group + 1)
            before.append(before[group] + Double(rows.count) + products * Double(occurrences[rows].reduce(0, +)))
        }
        let starts = (0...workers).map { worker in
            let work = before[groupCount] * Double(worker) / Double(workers)
            return before.firstIndex { $0 >= work } ?? groupCount
        }
        return zip(starts, starts.dropFirst()).map { $0..<$1 }
    }
}
