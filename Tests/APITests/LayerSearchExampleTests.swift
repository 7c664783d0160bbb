import Composition
import Datasets
import Estimators
import ModelSelection
import NeuralNetwork
import Preprocessing
import Testing

/// The example of Documentation/BeyondScikitLearn.md, with a smaller search.
@Suite struct LayerSearchExampleTests {
    @Test func layersAsASpaceToSearch() throws {
        let iris = try loadIris()
        var search = RandomizedSearchCV(
            Pipeline(StandardScaler(), MLPClassifier(maxIter: 3, randomState: 1)),
            paramDistributions: [
                .init(\.last.hiddenLayerSizes, .layers(count: 1...3, units: 16...512)),
                .init(\.last.alpha, .logUniform(1e-5, 1e-1)),
            ],
            nIter: 3, nJobs: -1, cv: 3, randomState: 0)
        try search.fit(iris.data, iris.target)
        let layers = try #require(search.bestParams?[\.last.hiddenLayerSizes])
        #expect((1...3).contains(layers.count) && layers.allSatisfy { (16...512).contains($0) })
        #expect(search.cvResults.params.allSatisfy { $0.names == ["last.hiddenLayerSizes", "last.alpha"] })
    }
}
