package import NeuralNetwork

/// The parameters of one network of an ensemble, layer by layer.
package struct TabularParameters {
    /// The parameters of a dense layer.
    package struct Dense {
        /// Inputs × outputs.
        package let weights: [Float]
        package let biases: [Float]
        /// The share of the activation in each unit; empty for the last layer.
        package let shares: [Float]
        /// The activation; nil for the last layer.
        package let activation: Activation?
    }

    /// The parameters of the embedding of each number, in the order of `InputLayer`.
    package let numbers: [[Float]]
    /// The embeddings of each column's categories, one row per category.
    package let categories: [[Float]]
    /// The factor of each input of the first dense layer.
    package let factors: [Float]
    package let layers: [Dense]
}

extension TabularModel {
    /// The parameters of each network.
    package var parameters: [TabularParameters] {
        let network = network
        let shape = encoder.shape
        return members.map { member in
            func values(_ group: ParameterGroup) -> [Float] { Array(member[group.range]) }
            let numeric = values(network.input.numeric)
            var rest = values(network.input.categories)[...]
            return TabularParameters(
                numbers: (0..<shape.numbers).map {
                    let count = numeric.count / shape.numbers
                    return Array(numeric[$0 * count..<($0 + 1) * count])
                },
                categories: shape.categories.map {
                    let table = Array(rest.prefix($0 * settings.embeddingSize))
                    rest = rest.dropFirst(table.count)
                    return table
                },
                factors: values(network.scale.factors),
                layers: network.dense.map {
                    TabularParameters.Dense(
                        weights: values($0.weights), biases: values($0.biases), shares: values($0.shares),
                        activation: $0.activation)
                })
        }
    }
}
