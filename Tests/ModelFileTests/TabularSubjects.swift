import Estimators
import NeuralNetwork
import Tables
import TabularNetworks

extension StoredSubject {
    /// Networks for raw tables with both embeddings: fitted, and interrupted.
    static func tabularNetworks() throws -> [StoredSubject] {
        guard let people = SmallTables.people else { return [] }
        var settings = TabularSettings.strong
        (settings.hiddenLayerSizes, settings.maxIter, settings.nEnsemble) = ([2], 3, 1)
        (settings.oneHotAtMost, settings.embeddingSize, settings.leastCategoryCount) = (2, 1, 1)
        settings.numericEmbedding = .piecewiseLinear(bins: 2, size: 1)
        var regressor = TabularMLPRegressor(settings, randomState: 1)
        try regressor.fit(people, [1, 4, 2, 3, 7, 5])

        settings.numericEmbedding = .periodic(frequencies: 2, size: 1, sigma: 0.1)
        var classifier = TabularMLPClassifier<String>(settings, randomState: 1, classWeight: .balanced)
        let labels = ["a", "b", "a", "b", "b", "a"]
        try classifier.fit(people, labels) { _ in .stop }
        return [
            StoredSubject(regressor, { try $0.predict(people) }, { $0.lossCurve }),
            StoredSubject(
                classifier, { try $0.predictProba(people).elements }, { $0.lossCurve },
                { model in
                    // Ends soon, whatever was stored.
                    model.maxTime = 0.01
                    model.verbose = .silent
                    try model.resume(people, labels)
                    _ = try model.predictProba(people)
                    return []
                }),
        ]
    }
}
