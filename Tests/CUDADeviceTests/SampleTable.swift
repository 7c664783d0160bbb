import LinearAlgebra
import NeuralNetwork
import NumPyRandom
import Tables

@testable import TabularNetworks

/// A small table with all kinds of columns: numbers, gaps, one-hot encoded and embedded categories.
enum SampleTable {
    static let rows = 83

    static let x: Table = {
        var gappy = numbers(seed: 3)
        gappy[4] = .nan
        let columns: [(String, Table.Column)] = [
            ("a", .numbers(numbers(seed: 2))), ("b", .numbers(gappy)),
            ("few", .strings((0..<rows).map { ["u", "v", "w"][$0 % 3] })),
            ("many", .strings((0..<rows).map { $0 == 7 ? nil : "c\($0 * 5 % 11)" })),
            ("other", .strings((0..<rows).map { "d\($0 * $0 % 7)" })),
        ]
        guard let table = try? Table(columns) else { fatalError("the table is not valid") }
        return table
    }()

    static let targets: [Double] = numbers(seed: 2).enumerated().map { row, number in
        let (few, many) = (Double(row % 3), Double(row * 5 % 11))
        return number - 0.3 * few + 0.1 * many
    }
    static let classes = targets.map { $0 < 0 ? "low" : $0 < 0.6 ? "middle" : "high" }
    static let weights = (0..<rows).map { Double($0 % 4) }

    private static func numbers(seed: UInt32) -> [Double] {
        var random = RandomState(seed: seed)
        return (0..<rows).map { _ in random.standardNormal() }
    }

    /// The defaults, for as small a table.
    static var settings: TabularSettings {
        TabularSettings(
            hiddenLayerSizes: [9, 6], numericEmbedding: .piecewiseLinear(bins: 5, size: 3), oneHotAtMost: 4,
            leastCategoryCount: 2, embeddingSize: 3, batchSize: 16, maxIter: 4, nEnsemble: 2)
    }

    static func classifier(on device: Device) -> TabularMLPClassifier<String> {
        var model = TabularMLPClassifier<String>(settings, randomState: 1)
        model.device = device
        return model
    }

    /// What a classifier has learned: everything but times.
    struct Learned: Equatable {
        let members: [[Float]]?
        let losses, validationLosses: [Double]

        init(_ model: TabularMLPClassifier<String>) {
            members = model._fitted.model?.members
            (losses, validationLosses) = (model.lossCurve, model.validationLossCurve)
        }
    }
}
