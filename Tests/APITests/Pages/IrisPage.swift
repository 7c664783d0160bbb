// The first program of README.md and Documentation/swift-mlp.md. It is compiled here and not run: Scripts/test-clients.sh runs it.

import SwiftMLP

func irisPage() throws {
    let iris = try loadIris()
    let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(iris.data, iris.target, testSize: 0.2, randomState: 42)

    var scaler = StandardScaler()
    let xTrainScaled = try scaler.fitTransform(xTrain)
    let xTestScaled = try scaler.transform(xTest)

    var mlp = MLPClassifier(
        hiddenLayerSizes: [100], activation: .relu, solver: .adam, maxIter: 100, randomState: 42, verbose: true)
    try mlp.fit(xTrainScaled, yTrain)

    let yPred = try mlp.predict(xTestScaled)
    print("Precisión del modelo:", try accuracyScore(yTest, yPred))
}
