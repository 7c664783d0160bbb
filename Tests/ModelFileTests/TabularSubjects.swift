import Composition
import Estimators
import ModelSelection
import NeuralNetwork
import Tables
import TabularNetworks
import Testing

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

    /// Networks in what validates, calibrates and combines them: two members with embeddings and gaps, one interrupted.
    static func wrappedTabularNetworks() throws -> [StoredSubject] {
        guard let few = SmallTables.people else { return [] }
        let people = try few.selectingRows((0..<12).map { $0 % 6 })
        var settings = TabularSettings.strong
        (settings.hiddenLayerSizes, settings.maxIter, settings.nEnsemble) = ([3, 2], 4, 2)
        (settings.oneHotAtMost, settings.embeddingSize, settings.leastCategoryCount) = (2, 1, 1)
        settings.numericEmbedding = .piecewiseLinear(bins: 3, size: 1)
        let numbers: [Double] = [1, 4, 2, 3, 7, 5, 1, 3, 2, 4, 6, 5]
        var regressor = TabularMLPRegressor(settings, nJobs: 1, randomState: 1)
        try regressor.fit(people, numbers) { $0.index < 2 ? .continue : .stop }
        let labels = ["a", "b", "a", "b", "b", "a", "b", "b", "a", "b", "b", "a"]
        let classifier = TabularMLPClassifier<String>(settings, nJobs: 1, randomState: 1)
        let voting = try VotingClassifier([classifier, classifier], voting: .soft).fitted(people, labels)
        let calibrated = try CalibratedClassifierCV(classifier, cv: 2).fitted(people, labels)
        return [
            StoredSubject(
                named: "interrupted regressor", regressor, { checked(try $0.predict(people), in: 0...8) },
                { model in
                    model.maxTime = 0.01
                    model.verbose = .silent
                    try model.resume(people, numbers)
                    return checked(try model.predict(people), in: 0...8)
                }),
            StoredSubject(
                named: "voting", voting, { checked(try $0.predictProba(people).elements, in: -0.001...1.001) }),
            StoredSubject(
                named: "calibrated", calibrated, { checked(try $0.predictProba(people).elements, in: -0.001...1.001) }),
        ]
    }

    /// Predictions of a network; they must be sane whatever its file says.
    private static func checked(_ predictions: [Double], in range: ClosedRange<Double>) -> [Double] {
        #expect(predictions.allSatisfy(range.contains), "\(predictions)")
        return predictions
    }
}
