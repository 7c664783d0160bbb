// Learn the prices of houses in Californian neighbourhoods: load, split, scale, configure, fit, predict, evaluate.
//
// The losses and the error are those of the same program in Python with scikit-learn. They go to standard output;
// everything else that is said goes to standard error.

// 1. What is used: the data, the scores, the split, the network, its pictures and the scaler are a module each.
import Foundation
import SwiftMLP

@main
struct HousingWalkthrough {
    static func main() throws {
        let plots = try plotsFolder()

        // 2. The data: 20 640 neighbourhoods with eight features each, and the median price of a house in 100 000 dollars.
        let (housing, notice) = try loadHousing()
        if let notice { say(notice) }
        if CommandLine.arguments.contains("--explore") { explore(housing) }

        // 3. A fifth of them is put aside for the evaluation.
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(
            housing.data, housing.target, testSize: 0.2, randomState: 42)

        // 4. Incomes run to 15 and populations to 35 000: scaled, all features weigh alike at the beginning.
        var scaler = StandardScaler()
        let xTrainScaled = try scaler.fitTransform(xTrain)
        let xTestScaled = try scaler.transform(xTest)

        // 5. A network with one hidden layer of 100 units, trained by Adam for 100 epochs at the most.
        var mlp = MLPRegressor(
            hiddenLayerSizes: [100], activation: .relu, solver: .adam, maxIter: 100, randomState: 42, verbose: true)

        // 6. Training prints its loss, half the mean squared error, after every epoch.
        try mlp.fit(xTrainScaled, yTrain)

        // 7. The prices that it expects of the neighbourhoods put aside.
        let yPred = try mlp.predict(xTestScaled)

        // 8. The mean squared error of these, in squares of 100 000 dollars.
        print("Error cuadrático medio del modelo:", try meanSquaredError(yTest, yPred))
        if let notice { say(notice) }

        // 9. With `--plots FOLDER`, the same as pictures: how the loss fell, and how far the prices are off.
        if let folder = plots {
            try LossCurveDisplay(mlp).write(to: folder.appending(path: "housing-loss.svg"))
            try PredictionErrorDisplay(yTest, yPred, kind: .actualVsPredicted)
                .write(to: folder.appending(path: "housing-actual-vs-predicted.svg"))
        }
    }

    /// The real table; where there is neither file nor network, a synthetic one and a notice that says so.
    static func loadHousing() throws -> (Dataset<Double>, notice: String?) {
        do {
            return (try fetchCaliforniaHousing(), nil)
        } catch let error as DatasetError {
            let notice = """
                NOTE: this run uses a SYNTHETIC table. Its numbers are not those of California and not scikit-learn's.
                The real table cannot be had: \(error)
                """
            return (try makeCaliforniaHousing(randomState: 42), notice)
        }
    }

    /// What one looks at before modelling: how much there is, how it looks, and what it is about.
    static func explore(_ housing: Dataset<Double>) {
        print("\(housing.data.rows) × \(housing.data.columns)")
        print(housing.featureNames.joined(separator: ", "))
        print(housing.data.selectingRows(Array(0..<5)))
        print(housing.targetNames.joined(separator: ", "))
        print(housing.target.prefix(5))
        print(housing.description)
    }

    /// The folder that is named after `--plots`, made where it is missing; nil where there is no such argument.
    static func plotsFolder() throws -> URL? {
        guard let option = CommandLine.arguments.firstIndex(of: "--plots") else { return nil }
        guard let path = CommandLine.arguments.dropFirst(option + 1).first else {
            say("usage: HousingWalkthrough [--explore] [--plots FOLDER]")
            exit(2)
        }
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
