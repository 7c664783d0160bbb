// Learns to tell three species of iris apart: load, split, scale, configure, fit, predict, evaluate.
//
// The losses and the accuracy are those of the same program in Python with scikit-learn, in every digit. They go to standard
// output; all other messages go to standard error.

// 1. One import has all of the library: data, scores, splits, networks, scalers and plots.
import ExampleSupport
import SwiftMLP

@main
struct IrisWalkthrough {
    static func main() throws {
        let options = Options(
            "Learns to tell three species of iris apart.",
            ["--explore": "prints the data first", "--plots FOLDER": "writes plots of the result to FOLDER"])
        let plots = try options.folder("--plots")

        // 2. Load the data: 150 flowers with four measurements each, and the index of the species.
        let iris = try loadIris()
        if options.contains("--explore") { explore(iris) }

        // 3. Hold out a fifth of the flowers. They show how the network does on flowers that it has not seen.
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(
            iris.data, iris.target, testSize: 0.2, randomState: 42)

        // 4. Scale each feature to mean 0 and variance 1, so that all have the same weight at first. The scaler learns from
        //    the training data alone: the test data must stay unseen.
        var scaler = StandardScaler()
        let xTrainScaled = try scaler.fitTransform(xTrain)
        let xTestScaled = try scaler.transform(xTest)

        // 5. Configure a network with one hidden layer of 100 units, which Adam trains for at most 100 epochs.
        var mlp = MLPClassifier(
            hiddenLayerSizes: [100], activation: .relu, solver: .adam, maxIter: 100, randomState: 42, verbose: true)

        // 6. Train. The loss is printed after every epoch; a warning says that it still falls after the last one.
        try mlp.fit(xTrainScaled, yTrain)

        // 7. Predict the species of the held-out flowers, and print the true and the predicted ones.
        let yPred = try mlp.predict(xTestScaled)
        print(numpyText(yTest))
        print(numpyText(yPred))

        // 8. The fraction of correct predictions. The line is in Spanish because it is the original notebook's.
        print("Precisión del modelo:", try accuracyScore(yTest, yPred))

        // 9. With `--plots FOLDER`: the loss curve, and the counts of each species predicted as each.
        if let plots {
            try LossCurveDisplay(mlp).write(to: plots.appending(path: "iris-loss.svg"))
            try ConfusionMatrixDisplay(yTest, yPred, displayLabels: iris.targetNames)
                .write(to: plots.appending(path: "iris-confusion-matrix.svg"))
        }
    }

    /// Prints the size of the data, the first rows, the names, the targets and the description.
    static func explore(_ iris: Dataset<Int>) {
        print("\(iris.data.rows) × \(iris.data.columns)")
        print(iris.featureNames.joined(separator: ", "))
        print(iris.data.selectingRows(Array(0..<5)))
        print(iris.targetNames.joined(separator: ", "))
        print(numpyText(iris.target))
        print(iris.description)
    }
}
