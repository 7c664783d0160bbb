import CKernels
import LinearAlgebra
import NeuralNetwork
import NumPyRandom

/// Makes the rows of a matrix of encoded rows of a table: the embeddings of the numbers, the numbers themselves, the
/// indicators, and the embeddings of the categories.
package struct InputLayer: Sendable {
    package let shape: EncodedShape
    package let embedding: NumericEmbedding
    package let embeddingSize: Int
    /// Weights and phases of a periodic embedding with the mixing coefficients and the offset, or the rises of a
    /// piecewise linear embedding with the offset, number by number.
    package let numeric: ParameterGroup
    /// The embeddings of the categories, one row per category.
    package let categories: ParameterGroup
    /// The index of the first parameter of each embedded column.
    package let tables: [Int]

    init(_ shape: EncodedShape, settings: TabularSettings) {
        self.shape = shape
        embedding = settings.numericEmbedding
        embeddingSize = settings.embeddingSize
        let factor = settings.embeddingRateFactor
        let count = shape.numbers * InputLayer.parametersPerNumber(embedding, bins: shape.bins)
        numeric = ParameterGroup(range: 0..<count, rateFactor: factor, decayFactor: factor * factor)
        var (tables, end) = ([Int](), count)
        for size in shape.categories {
            tables.append(end)
            end += size * embeddingSize
        }
        self.tables = tables
        categories = ParameterGroup(range: count..<end)
    }

    var groups: [ParameterGroup] { [numeric, categories] }

    private static func parametersPerNumber(_ embedding: NumericEmbedding, bins: Int) -> Int {
        switch embedding {
        case .none: 0
        case .periodic(let frequencies, let size, _): 2 * frequencies + (frequencies + 1) * size
        case .piecewiseLinear(_, let size): (bins + 1) * size
        }
    }

    private var parametersPerNumber: Int { InputLayer.parametersPerNumber(embedding, bins: shape.bins) }

    /// The number of outputs of the embedding of a number.
    package var numericSize: Int {
        switch embedding {
        case .none: 0
        case .periodic(_, let size, _), .piecewiseLinear(_, let size): size
        }
    }

    package var outputs: Int {
        shape.numbers * (numericSize + 1) + shape.indicators + shape.categories.count * embeddingSize
    }

    /// Cosines and sines, or the workspace of piecewise linear functions.
    func keptCount(rows: Int) -> Int {
        switch embedding {
        case .none: 0
        case .periodic(let frequencies, _, _): 2 * shape.numbers * frequencies * ((rows + 63) / 64 * 64)
        case .piecewiseLinear(_, let size): shape.bins * size
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward<Scalar: MatrixScalar>(
        _ batch: EncodedRows<Scalar>, to output: UnsafeMutablePointer<Scalar>, kept: UnsafeMutablePointer<Scalar>,
        in pass: Pass<Scalar>
    ) {
        let width = outputs
        for number in 0..<shape.numbers { embed(number, of: batch, to: output, kept: kept, in: pass) }
        let values = shape.numbers * numericSize
        let indicators = values + shape.numbers
        for row in 0..<pass.rows {
            (output + row * width + values).update(
                from: batch.numbers + row * shape.numbers, count: shape.numbers)
            (output + row * width + indicators).update(
                from: batch.indicators + row * shape.indicators, count: shape.indicators)
            for (column, table) in tables.enumerated() {
                let code = Int(batch.codes[row * tables.count + column])
                (output + row * width + indicators + shape.indicators + column * embeddingSize).update(
                    from: pass.parameters + table + code * embeddingSize, count: embeddingSize)
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    private func embed<Scalar: MatrixScalar>(
        _ number: Int, of batch: EncodedRows<Scalar>, to output: UnsafeMutablePointer<Scalar>,
        kept: UnsafeMutablePointer<Scalar>, in pass: Pass<Scalar>
    ) {
        let parameters = pass.parameters + number * parametersPerNumber
        switch embedding {
        case .none: break
        case .periodic(let frequencies, let size, _):
            let angles = frequencies * ((pass.rows + 63) / 64 * 64)
            let mix = parameters + 2 * frequencies
            kernel_periodic(
                Scalar.kernelPrecision, batch.numbers + number, shape.numbers, pass.rows, parameters,
                parameters + frequencies, frequencies, mix, mix + frequencies * size, size, output + number * size,
                outputs, kept + 2 * number * angles, kept + (2 * number + 1) * angles)
        case .piecewiseLinear(_, let size):
            // Where each bin starts: the offset and the rises of the bins before.
            let offset = parameters + shape.bins * size
            kept.update(from: offset, count: size)
            for index in size..<shape.bins * size { kept[index] = kept[index - size] + parameters[index - size] }
            kernel_piecewise(
                Scalar.kernelPrecision, batch.positions + number, shape.numbers, pass.rows, shape.bins, kept,
                parameters,
                size, output + number * size, outputs)
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward<Scalar: MatrixScalar>(
        _ delta: UnsafeMutablePointer<Scalar>, batch: EncodedRows<Scalar>, kept: UnsafeMutablePointer<Scalar>,
        gradient: UnsafeMutablePointer<Scalar>, in pass: Pass<Scalar>
    ) {
        let width = outputs
        for number in 0..<shape.numbers {
            let (start, parameters) = (gradient + number * parametersPerNumber, number * parametersPerNumber)
            switch embedding {
            case .none: break
            case .periodic(let frequencies, let size, _):
                let angles = frequencies * ((pass.rows + 63) / 64 * 64)
                let mix = 2 * frequencies
                kernel_periodic_gradient(
                    Scalar.kernelPrecision, batch.numbers + number, shape.numbers, pass.rows, frequencies,
                    pass.parameters + parameters + mix, size, delta + number * size, width, kept + 2 * number * angles,
                    kept + (2 * number + 1) * angles, start, start + frequencies, start + mix,
                    start + mix + frequencies * size)
            case .piecewiseLinear(_, let size):
                kernel_piecewise_gradient(
                    Scalar.kernelPrecision, batch.positions + number, shape.numbers, pass.rows, shape.bins,
                    delta + number * size, width, size, kept, start, start + shape.bins * size)
            }
        }
        (gradient + categories.range.lowerBound).update(repeating: 0, count: categories.range.count)
        let first = shape.numbers * (numericSize + 1) + shape.indicators
        for row in 0..<pass.rows {
            for (column, table) in tables.enumerated() {
                let target = gradient + table + Int(batch.codes[row * tables.count + column]) * embeddingSize
                let error = delta + row * width + first + column * embeddingSize
                for index in 0..<embeddingSize { target[index] += error[index] }
            }
        }
    }

    /// Frequencies are normal, phases uniform in ±π, mixing coefficients and offsets uniform in ±1 / √frequencies. The rises
    /// of a piecewise linear embedding are normal, so that its values have a variance of about 1. The embeddings of
    /// categories are standard normal, and 0 for unknown ones.
    func initialize<Scalar: MatrixScalar>(_ parameters: UnsafeMutablePointer<Scalar>, random: inout RandomState) {
        func uniform(_ bound: Double) -> Scalar { Scalar((2 * random.randomSample() - 1) * bound) }
        for number in 0..<shape.numbers {
            let start = parameters + number * parametersPerNumber
            switch embedding {
            case .none: break
            case .periodic(let frequencies, let size, let sigma):
                for index in 0..<frequencies { start[index] = Scalar(random.standardNormal() * sigma) }
                for index in frequencies..<2 * frequencies { start[index] = uniform(.pi) }
                for index in 0..<(frequencies + 1) * size {
                    start[2 * frequencies + index] = uniform(1 / Double(frequencies).squareRoot())
                }
            case .piecewiseLinear(_, let size):
                let deviation = 1 / Double(shape.bins).squareRoot()
                for index in 0..<shape.bins * size { start[index] = Scalar(random.standardNormal() * deviation) }
                for index in 0..<size { start[shape.bins * size + index] = Scalar(random.standardNormal()) }
            }
        }
        for index in categories.range { parameters[index] = Scalar(random.standardNormal()) }
        // An unknown category is an average one, unless rare ones teach what it is.
        for table in tables { (parameters + table).update(repeating: 0, count: embeddingSize) }
    }
}
