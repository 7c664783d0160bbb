import CKernels
import LinearAlgebra
import NeuralNetwork

/// The memory of a batch: copies of some samples, one after the other.
final class EncodedBatch<Scalar: MatrixScalar> {
    private let shape: EncodedShape
    private let outputs: Int
    private let numbers: UnsafeMutablePointer<Scalar>
    private let positions: UnsafeMutablePointer<Scalar>
    private let indicators: UnsafeMutablePointer<Scalar>
    private let codes: UnsafeMutablePointer<Int32>
    let targets: UnsafeMutablePointer<Scalar>
    let weights: UnsafeMutablePointer<Scalar>
    private(set) var count = 0
    /// The sum of the weights.
    private(set) var weightSum = 0.0

    init(shape: EncodedShape, capacity: Int, outputs: Int) {
        (self.shape, self.outputs) = (shape, outputs)
        numbers = .allocate(capacity: max(1, capacity * shape.numbers))
        positions = .allocate(capacity: max(1, capacity * shape.numbers))
        indicators = .allocate(capacity: max(1, capacity * shape.indicators))
        codes = .allocate(capacity: max(1, capacity * shape.categories.count))
        targets = .allocate(capacity: max(1, capacity * outputs))
        weights = .allocate(capacity: max(1, capacity))
    }

    deinit {
        for memory in [numbers, positions, indicators, targets, weights] { memory.deallocate() }
        codes.deallocate()
    }

    var rows: EncodedRows<Scalar> {
        EncodedRows(
            numbers: numbers, positions: shape.bins > 0 ? positions : numbers, indicators: indicators, codes: codes)
    }

    /// Copies the samples with the given indices.
    ///
    /// - Parameter smoothing: the share of each class target that is divided among all classes.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func gather(_ samples: TabularSamples<Scalar>, _ indices: ArraySlice<Int>, smoothing: Double = 0) {
        count = indices.count
        func gather(_ source: [Scalar], _ columns: Int, to target: UnsafeMutablePointer<Scalar>) {
            guard columns > 0, !source.isEmpty else { return }
            indices.withUnsafeBufferPointer {
                kernel_gather_rows(Scalar.kernelPrecision, target, source, $0.baseAddress, count, columns)
            }
        }
        let table = samples.table
        gather(table.numbers, shape.numbers, to: numbers)
        gather(table.positions, shape.numbers, to: positions)
        gather(table.indicators, shape.indicators, to: indicators)
        gather(samples.targets, outputs, to: targets)
        if smoothing > 0 {
            kernel_scale(
                Scalar.kernelPrecision, targets, count * outputs, 1 - smoothing, smoothing / Double(outputs))
        }
        let columns = shape.categories.count
        table.codes.withUnsafeBufferPointer { source in
            for (row, index) in indices.enumerated() {
                for column in 0..<columns { codes[row * columns + column] = source[index * columns + column] }
            }
        }
        weightSum = samples.weightSum(indices)
        if let source = samples.weights {
            for (row, index) in indices.enumerated() { weights[row] = source[index] }
        }
    }
}
