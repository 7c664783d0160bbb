// Tunes a network for iris: a pipeline with a scaler, a grid search over its parameters on all cores, and a report.

import ExampleSupport
import SwiftMLP

@main
struct TuneIris {
    static func main() throws {
        _ = Options("Tunes a network that tells three species of iris apart.")
        let iris = try loadIris()
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(
            iris.data, iris.target, testSize: 0.3, randomState: 0, stratify: iris.target)

        // The search refits the whole pipeline: in each fold the scaler learns from that fold's training samples alone.
        var search = GridSearchCV(
            Pipeline(StandardScaler(), MLPClassifier(solver: .lbfgs, maxIter: 200, randomState: 1)),
            paramGrid: [
                .init(\.last.activation, [.relu, .tanh]),
                .init(\.last.alpha, [0.01, 0.1, 1]),
                .init(\.last.hiddenLayerSizes, [[5], [20]]),
            ],
            nJobs: -1, cv: 5, verbose: true)
        try search.fit(xTrain, yTrain)

        print(search.cvResults)
        print()
        print("Best:", search.bestParams.map(\.description) ?? "none")
        print()
        print(try classificationReport(yTest, search.predict(xTest), targetNames: iris.targetNames))
    }
}
