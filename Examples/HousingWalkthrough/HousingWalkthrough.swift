// Learns the prices of houses in Californian neighborhoods: load, split, scale, configure, fit, predict, evaluate.
//
// The losses and the error are those of the same program in Python with scikit-learn. They go to standard output; all other
// messages go to standard error.

// 1. One import has all of the library: data, scores, splits, networks, scalers and plots.
import ExampleSupport
import SwiftMLP

@main
struct HousingWalkthrough {
    static func main() throws {
        let options = Options(
            "Learns the prices of houses in Californian neighborhoods.",
            ["--explore": "prints the data first", "--plots FOLDER": "writes plots of the result to FOLDER"])
        let plots = try options.folder("--plots")

        // 2. Load the data: 20,640 neighborhoods with eight features each, and the median price in units of 100,000 dollars.
        let (housing, notice) = try loadHousing()
        if let notice { note(notice) }
        if options.contains("--explore") { explore(housing) }

        // 3. Hold out a fifth of the neighborhoods for the evaluation.
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(
            housing.data, housing.target, testSize: 0.2, randomState: 42)

        // 4. Scale each feature to mean 0 and variance 1: incomes go up to 15 and populations up to 35,000.
        var scaler = StandardScaler()
        let xTrainScaled = try scaler.fitTransform(xTrain)
        let xTestScaled = try scaler.transform(xTest)

        // 5. Configure a network with one hidden layer of 100 units, which Adam trains for at most 100 epochs.
        var mlp = MLPRegressor(
            hiddenLayerSizes: [100], activation: .relu, solver: .adam, maxIter: 100, randomState: 42, verbose: true)

        // 6. Train. The loss, half the mean squared error, is printed after every epoch.
        try mlp.fit(xTrainScaled, yTrain)

        // 7. Predict the prices of the held-out neighborhoods.
        let yPred = try mlp.predict(xTestScaled)

        // 8. Their mean squared error. The line is in Spanish because it is the original notebook's.
        print("Error cuadrático medio del modelo:", try meanSquaredError(yTest, yPred))
        if let notice { note(notice) }

        // 9. With `--plots FOLDER`: the loss curve, and the actual prices over the predicted ones.
        if let plots {
            try LossCurveDisplay(mlp).write(to: plots.appending(path: "housing-loss.svg"))
            try PredictionErrorDisplay(yTest, yPred, kind: .actualVsPredicted)
                .write(to: plots.appending(path: "housing-actual-vs-predicted.svg"))
        }
    }

    /// Returns the real table; with neither file nor network, a synthetic one and a notice that says so.
    static func loadHousing() throws -> (Dataset<Double>, notice: String?) {
        do {
            return (try fetchCaliforniaHousing(), nil)
        } catch let error as DatasetError {
            let notice = """
                NOTE: this run uses a SYNTHETIC table. Its numbers are not those of California and not scikit-learn's.
                The real table is not available: \(error)
                """
            return (try makeCaliforniaHousing(randomState: 42), notice)
        }
    }

    /// Prints the size of the data, the first rows, the names, the first targets and the description.
    static func explore(_ housing: Dataset<Double>) {
        print("\(housing.data.rows) × \(housing.data.columns)")
        print(housing.featureNames.joined(separator: ", "))
        print(housing.data.selectingRows(Array(0..<5)))
        print(housing.targetNames.joined(separator: ", "))
        print(housing.target.prefix(5))
        print(housing.description)
    }
}
