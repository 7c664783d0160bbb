import Estimators
import LinearAlgebra
import NeuralNetwork

extension CUDAEngine {
    /// Computes the outputs of a network of the run's shape. The features are uploaded once.
    func outputs(of network: Network<Scalar>, for features: _NetworkInput<Scalar>) throws -> Matrix<Scalar> {
        guard let evaluation = memory.evaluation, case .dense(let features) = features,
            features.rows * shape.outputs == evaluation.outputs.count, network.shape == shape
        else { return network.outputs(features) }
        var outputs = Matrix<Scalar>(rows: features.rows, columns: shape.outputs, repeating: 0)
        try card.use {
            try outputs.withUnsafeMutableElements { outputs in
                try network.parameters.withUnsafeBufferPointer { parameters in
                    try stream.complete {
                        try uploadOnce(features, to: evaluation)
                        try stream.upload(parameters, to: evaluation.parameters)
                        for first in stride(from: 0, to: features.rows, by: evaluation.chunk) {
                            try evaluate(first..<min(first + evaluation.chunk, features.rows), in: evaluation)
                        }
                        try stream.download(evaluation.outputs, to: outputs)
                    }
                }
            }
        }
        return outputs
    }

    /// Launches the layers for some of the samples.
    private func evaluate(_ rows: Range<Int>, in evaluation: EvaluationMemory<Scalar>) throws {
        let (last, outputs) = (shape.layers.count - 1, evaluation.outputs.advanced(by: rows.lowerBound * shape.outputs))
        var input = evaluation.features.advanced(by: rows.lowerBound * shape.inputs)
        for index in 0...last {
            let target = index == last ? outputs : index % 2 == 0 ? evaluation.values.0 : evaluation.values.1
            if index == last, fusesOutputs {
                try outputLayer(
                    from: input, source: nil, order: nil, progress: nil, parameters: evaluation.parameters,
                    targets: nil,
                    to: target, losses: nil, rows: rows.count)
            } else {
                try forward(
                    index, from: input, source: nil, progress: nil, parameters: evaluation.parameters, to: target,
                    slopes: nil, rows: rows.count,
                    activation: index == last ? TaskNumbers<Scalar>.identity : numbers.activation, dropout: 0)
            }
            input = target
        }
        if !fusesOutputs {
            try outputRows(order: nil, progress: nil, targets: nil, in: outputs, losses: nil, rows: rows.count)
        }
    }
}
