import Estimators
public import LinearAlgebra
public import TabularNetworks

extension TabularMLPClassifier: ONNXExportable where Target: ONNXTarget {
    /// Appends the encoding of the columns, all networks, and the nodes that compute the class from their mean.
    ///
    /// - Throws: `EstimatorError.notFitted`; ``InterchangeError/notExportable(_:)`` for a name or a category that ONNX
    ///   does not allow.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        let probabilities = try graph.append(learned())
        let numbers = graph.node("ArgMax", probabilities, attributes: ["axis": 1, "keepdims": 0])
        let labels = Target.tensor(of: classes)
        let label = graph.node("Gather", graph.constant(labels), numbers, attributes: ["axis": 0])
        graph.output(label, as: "label", labels.type, columns: [])
        graph.output(probabilities, as: "probabilities", .double, columns: [classes.count])
    }
}

extension TabularMLPRegressor: ONNXExportable {
    /// Predictions are doubles.
    public typealias Scalar = Double

    /// Appends the encoding of the columns, all networks, and the nodes that scale their mean.
    ///
    /// - Throws: `EstimatorError.notFitted`; ``InterchangeError/notExportable(_:)`` for a name or a category that ONNX
    ///   does not allow.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        let model = try learned()
        graph.output(try graph.append(model), as: "variable", .double, columns: [model.task.outputs])
    }
}

extension ONNXGraph {
    /// Appends an ensemble: columns are encoded in double precision, networks compute in single precision, and their
    /// outputs are averaged in double precision.
    fileprivate mutating func append(_ model: TabularModel) throws -> String {
        let table = try encode(model.encoder)
        let parameters = model.parameters
        var sum: String?
        for member in parameters {
            let outputs = computing(in: .float) { $0.append(member, of: model, to: table) }
            var prediction = cast(outputs, to: .double)
            if model.task.isClassification { prediction = node("Softmax", prediction, attributes: ["axis": 1]) }
            sum = sum.map { node("Add", $0, prediction) } ?? prediction
        }
        guard let sum else { throw EstimatorError.notFitted(estimator: "TabularMLP") }
        return computing(in: .double) { graph in
            let mean = graph.node("Mul", sum, graph.number(1 / Double(parameters.count)))
            return model.task.isClassification ? mean : graph.original(mean, model)
        }
    }

    /// Targets in their own units.
    private mutating func original(_ standardized: String, _ model: TabularModel) -> String {
        let scales = model.scales
        let numbers = node(
            "Add", node("Mul", standardized, row(scales.map(\.deviation))), row(scales.map(\.mean)))
        guard model.settings.clampsOutputs else { return numbers }
        return node("Min", node("Max", numbers, row(scales.map(\.least))), row(scales.map(\.greatest)))
    }

    /// Appends the layers of one network.
    private mutating func append(
        _ member: TabularParameters, of model: TabularModel, to table: ONNXEncodedTable
    ) -> String {
        var blocks: [String] = []
        if let embedded = embedNumbers(member, of: model, in: table) { blocks.append(embedded) }
        blocks += [table.numbers, table.indicators].compactMap(\.self)
        let size = model.settings.embeddingSize
        for (code, categories) in zip(table.codes, member.categories) {
            // Unknown categories are first in the network, and last in the graph.
            let rows = Array(categories[size...] + categories[..<size])
            blocks.append(lookUp(code, in: rows, shape: [rows.count / size, size]))
        }
        var values = node(
            "Mul", sideBySide(blocks), constant(ONNXTensor(member.factors, shape: [1, member.factors.count])))
        for layer in member.layers {
            let (inputs, outputs) = (layer.weights.count / layer.biases.count, layer.biases.count)
            let sums = node(
                "Gemm", values, constant(ONNXTensor(layer.weights, shape: [inputs, outputs])),
                constant(ONNXTensor(layer.biases, shape: [outputs])))
            values = sums
            if let activation = layer.activation {
                let excess = node("Sub", apply(activation, to: sums), sums)
                let shares = constant(ONNXTensor(layer.shares, shape: [1, outputs]))
                values = node("Add", sums, node("Mul", shares, excess))
            }
        }
        return values
    }

    private mutating func lookUp(_ indices: String, in table: [Float], shape: [Int]) -> String {
        node("Gather", constant(ONNXTensor(table, shape: shape)), indices, attributes: ["axis": 0])
    }

    /// Appends the embeddings of all numbers, side by side; nil without any.
    private mutating func embedNumbers(
        _ member: TabularParameters, of model: TabularModel, in table: ONNXEncodedTable
    ) -> String? {
        let count = member.numbers.count
        guard let numbers = table.numbers else { return nil }
        func part(_ range: Range<Int>, shape: [Int]) -> ONNXTensor {
            ONNXTensor(member.numbers.flatMap { $0[range] }, shape: shape)
        }
        let embedded: String
        let width: Int
        switch model.settings.numericEmbedding {
        case .none: return nil
        case .periodic(let frequencies, let size, _):
            let angular = member.numbers.flatMap { $0[..<frequencies].map { $0 * (2 * .pi) } }
            let weights = constant(ONNXTensor(angular, shape: [1, count, frequencies]))
            let phases = constant(part(frequencies..<2 * frequencies, shape: [1, count, frequencies]))
            let end = 2 * frequencies + frequencies * size
            let mix = constant(part(2 * frequencies..<end, shape: [count, frequencies, size]))
            let offsets = constant(part(end..<end + size, shape: [count, 1, size]))
            let x = node("Reshape", numbers, integers([-1, count, 1]))
            let cosines = node("Cos", node("Add", node("Mul", weights, x), phases))
            // One product for each number.
            let rows = node("Reshape", cosines, integers([-1, count, 1, frequencies]))
            embedded = node("Add", node("MatMul", rows, mix), offsets)
            width = count * size
        case .piecewiseLinear(_, let size):
            guard let bins = table.bins, let parts = table.parts else { return nil }
            let binCount = model.encoder.shape.bins
            let rises = member.numbers.flatMap { $0[..<(binCount * size)] }
            // Where each bin starts: the offset and the rises of the bins before.
            let starts = member.numbers.flatMap { parameters in
                var starts = Array(parameters[(binCount * size)...])
                for index in size..<binCount * size { starts.append(starts[index - size] + parameters[index - size]) }
                return starts
            }
            let shape = [count * binCount, size]
            let part = node("Reshape", parts, integers([-1, count, 1]))
            embedded = node(
                "Add", lookUp(bins, in: starts, shape: shape),
                node("Mul", part, lookUp(bins, in: rises, shape: shape)))
            width = count * size
        }
        return node("Reshape", embedded, integers([-1, width]))
    }
}
