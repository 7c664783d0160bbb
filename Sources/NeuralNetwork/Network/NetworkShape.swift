import LinearAlgebra

/// The sizes of a network's layers, and the position of each layer's parameters in one flat buffer.
///
/// The buffer first has the coefficients of all layers (fan-in × fan-out, row-major), then the intercepts of all
/// layers. Gradients and the optimizer's moments have the same layout.
package struct NetworkShape: Equatable, Sendable {
    /// The number of units in each layer, from the features to the outputs.
    package let layerUnits: [Int]
    package let layers: [DenseLayer]
    /// The number of coefficients. They come before the intercepts, and only they are regularized.
    package let coefficientCount: Int
    package let parameterCount: Int
    /// The number of units in the widest layer, without the features.
    package let widestLayer: Int
    /// The number of rows that pass through the network together for a prediction: whole tiles of products, and values
    /// that stay in the second-level cache.
    let rowsInGroup: Int

    /// - Returns: nil if a layer's units or all coefficients together are more than 32-bit BLAS can address.
    init?(layerUnits: [Int]) {
        precondition(
            layerUnits.count >= 2 && layerUnits.allSatisfy { $0 > 0 },
            "NetworkShape: \(layerUnits) are not the units of two layers or more")
        let pairs = Array(zip(layerUnits, layerUnits.dropFirst()))
        let addressable = Int(Int32.max)
        var coefficients = 0
        for (fanIn, fanOut) in pairs {
            guard fanIn <= addressable, fanOut <= addressable else { return nil }
            coefficients += fanIn * fanOut
            guard coefficients <= addressable else { return nil }
        }
        var coefficientOffset = 0
        var interceptOffset = coefficients
        self.layers = pairs.map { fanIn, fanOut in
            defer {
                coefficientOffset += fanIn * fanOut
                interceptOffset += fanOut
            }
            return DenseLayer(
                fanIn: fanIn, fanOut: fanOut, coefficients: coefficientOffset, intercepts: interceptOffset)
        }
        widestLayer = layerUnits.dropFirst().max() ?? 0
        rowsInGroup = (65_536 / widestLayer + 23) / 24 * 24
        self.layerUnits = layerUnits
        self.coefficientCount = coefficients
        self.parameterCount = interceptOffset
    }

    package var inputs: Int { layerUnits[0] }
    package var outputs: Int { layerUnits[layerUnits.count - 1] }
}

extension NetworkShape {
    /// The number of threads that pay off for a training step of `rows` samples, forward and backward.
    func usefulThreads(stepOf rows: Int) -> Int { usefulThreads(passes: 3, rows: rows) }

    /// The number of threads that pay off for a forward pass of `rows` samples.
    func usefulThreads(predicting rows: Int) -> Int { usefulThreads(passes: 1, rows: rows) }

    /// One thread for every two million multiply-adds, which take about 50 microseconds, up to the number that BLAS may
    /// use now.
    ///
    /// Computed in doubles, because the count may exceed an `Int`.
    private func usefulThreads(passes: Double, rows: Int) -> Int {
        let multiplyAdds = passes * Double(coefficientCount) * Double(rows)
        return max(1, Int(min(Double(BLASThreads.count), multiplyAdds / 2e6)))
    }
}
