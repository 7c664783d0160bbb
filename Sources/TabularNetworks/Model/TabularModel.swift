import Estimators
import LinearAlgebra
import NeuralNetwork
import Tables

/// What an ensemble of networks has learned: how to encode tables, and the parameters of each network.
package struct TabularModel: Equatable, Sendable {
    package let encoder: TableEncoder
    package let task: TabularTask
    package let settings: TabularSettings
    /// How each target was standardized; empty for classes.
    package let scales: [TargetScale]
    /// The parameters of each network.
    let members: [[Float]]

    var network: TabularNetwork { TabularNetwork(encoder.shape, task: task, settings: settings) }

    /// Returns the mean prediction of all networks for each row: probabilities, or targets in their own units.
    ///
    /// - Throws: `EstimatorError.invalidInput` for a table that the encoder does not take, or if a prediction is no number.
    func predictions(for table: Table) throws -> Matrix<Double> {
        try Check.shape(rows: table.rowCount, columns: table.columnCount)
        let encoded: EncodedTable<Float> = try encoder.encode(table)
        let (network, count) = (network, task.outputs)
        var sums = [Double](repeating: 0, count: encoded.rows * count)
        let buffers: PassBuffers<Float> = network.predictionBuffers(rows: encoded.rows)
        for parameters in members {
            let outputs = network.outputs(of: encoded, parameters: parameters, buffers: buffers)
            for row in 0..<encoded.rows {
                task.add(outputs[row * count..<(row + 1) * count], to: &sums, at: row * count)
            }
        }
        // A file may hold weights with which sums overflow.
        if let index = sums.firstIndex(where: { !$0.isFinite }) {
            throw EstimatorError.invalidInput(
                argument: "x",
                problem: "must have finite predictions, but the weights of the networks are too large for that of row "
                    + "\(index / count): fit the model again")
        }
        let factor = 1 / Double(members.count)
        for index in sums.indices {
            sums[index] *= factor
            if !scales.isEmpty {
                sums[index] = scales[index % count].original(sums[index], clamped: settings.clampsOutputs)
            }
        }
        return Matrix(rows: encoded.rows, columns: count, elements: sums)
    }
}

extension TabularTask {
    /// Adds the prediction that follows from the outputs of one network for one row.
    fileprivate func add(_ outputs: ArraySlice<Float>, to sums: inout [Double], at start: Int) {
        switch self {
        case .numbers:
            for (offset, output) in outputs.enumerated() { sums[start + offset] += Double(output) }
        case .classes:
            let highest = Double(outputs.max() ?? 0)
            let exponentials = outputs.map { Double.exp(Double($0) - highest) }
            let total = exponentials.reduce(0, +)
            for (offset, exponential) in exponentials.enumerated() { sums[start + offset] += exponential / total }
        }
    }
}
