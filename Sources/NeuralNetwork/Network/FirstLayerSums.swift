import CKernels
import LinearAlgebra

/// The weighted sums of a network's first layer for known samples.
///
/// If one feature changes, each sum changes by a multiple of that feature's coefficient. The outputs for the changed
/// samples therefore need no product with the whole first layer.
struct FirstLayerSums<Scalar: NetworkScalar>: Sendable {
    private let network: Network<Scalar>
    private let x: Matrix<Scalar>
    /// Samples × units of the first layer, with their intercepts.
    private let sums: Matrix<Scalar>

    /// - Returns: nil for a network whose first layer costs too little to save time.
    init?(of network: Network<Scalar>, for x: Matrix<Scalar>) throws {
        guard network.shape.layers.count > 1, network.shape.inputs > 2 else { return nil }
        self.network = network
        self.x = x
        sums = try network.endingAtHiddenLayer(1).outputs(.dense(x), by: .identity)
    }

    /// Returns the outputs for samples that differ from the known ones in a column; nil if a sum changes by so much that
    /// its rounding error would show.
    func outputs(for changed: Matrix<Scalar>, changedIn column: Int) -> Matrix<Scalar>? {
        let (width, layer) = (x.columns, network.shape.layers[0])
        let differences = x.withUnsafeElements { before in
            changed.withUnsafeElements { after in
                [Scalar](unsafeUninitializedCapacity: x.rows) { differences, count in
                    count = x.rows
                    for row in 0..<x.rows {
                        let place = row &* width &+ column
                        differences[row] = after[place] - before[place]
                    }
                }
            }
        }
        let first = layer.coefficients + column * layer.fanOut
        let greatest = network.parameters[first..<first + layer.fanOut].reduce(0) { max($0, $1.magnitude) }
        // False for NaN too, which `predict` reports.
        guard differences.allSatisfy({ $0.magnitude * greatest <= 100 }) else { return nil }
        return network.outputs(
            .dense(changed),
            from: ChangedSums(
                sums: sums, differences: differences, coefficients: first,
                noIntercepts: Array(repeating: 0, count: layer.fanOut)))
    }
}

/// The weighted sums of a first layer after one feature has changed.
struct ChangedSums<Scalar: NetworkScalar> {
    /// The sums before the change: samples × units, with their intercepts.
    let sums: Matrix<Scalar>
    /// The change of the feature in each sample.
    let differences: [Scalar]
    /// The index of the feature's first coefficient in the network's parameters.
    let coefficients: Int
    /// A zero for each unit.
    let noIntercepts: [Scalar]

    /// Computes the values of the first layer for some samples.
    func values(
        of samples: Range<Int>, to target: UnsafeMutablePointer<Scalar>, by function: kernel_activation,
        parameters: UnsafePointer<Scalar>
    ) {
        let units = sums.columns
        sums.withUnsafeElements { sums in
            differences.withUnsafeBufferPointer { differences in
                noIntercepts.withUnsafeBufferPointer { noIntercepts in
                    guard let sums = sums.baseAddress, let differences = differences.baseAddress else { return }
                    kernel_add_multiples(
                        Scalar.kernelPrecision, target, sums + samples.lowerBound * units,
                        differences + samples.lowerBound, parameters + coefficients, samples.count, units)
                    kernel_activate(
                        Scalar.kernelPrecision, function, target, units, noIntercepts.baseAddress, samples.count, units)
                }
            }
        }
    }
}
