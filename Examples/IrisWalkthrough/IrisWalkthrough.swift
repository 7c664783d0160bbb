// Learn to tell three species of iris apart: load, split, scale, configure, fit, predict, evaluate.
//
// The losses and the accuracy are, digit for digit, those of the same program in Python with scikit-learn. They go to
// standard output; everything else that is said goes to standard error.

// 1. What is used: the data, the scores, the split, the network, its pictures and the scaler are a module each.
import Foundation
import SwiftMLP

@main
struct IrisWalkthrough {
    static func main() throws {
        let plots = try plotsFolder()

        // 2. The data: 150 flowers with four measurements each, and the number of the species.
        let iris = try loadIris()
        if CommandLine.arguments.contains("--explore") { explore(iris) }

        // 3. A fifth of the flowers is put aside. What the network does with flowers it has never seen is what counts.
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(
            iris.data, iris.target, testSize: 0.2, randomState: 42)

        // 4. Every feature is brought to mean 0 and variance 1, so that all weigh alike at the beginning. The scaler learns
        //    from the training data alone: to look at the test data would be to know the exam.
        var scaler = StandardScaler()
        let xTrainScaled = try scaler.fitTransform(xTrain)
        let xTestScaled = try scaler.transform(xTest)

        // 5. A network with one hidden layer of 100 units, trained by Adam for 100 epochs at the most.
        var mlp = MLPClassifier(
            hiddenLayerSizes: [100], activation: .relu, solver: .adam, maxIter: 100, randomState: 42, verbose: true)

        // 6. Training prints its loss after every epoch. It may still fall after the last one: a warning says so.
        try mlp.fit(xTrainScaled, yTrain)

        // 7. The species of the flowers put aside, as they are and as the network sees them.
        let yPred = try mlp.predict(xTestScaled)
        print(bracketed(yTest))
        print(bracketed(yPred))

        // 8. The share of them that it got right.
        print("Precisión del modelo:", try accuracyScore(yTest, yPred))

        // 9. With `--plots FOLDER`, the same as pictures: how the loss fell, and which species were taken for which.
        if let folder = plots {
            try LossCurveDisplay(mlp).write(to: folder.appending(path: "iris-loss.svg"))
            try ConfusionMatrixDisplay(yTest, yPred, displayLabels: iris.targetNames)
                .write(to: folder.appending(path: "iris-confusion-matrix.svg"))
        }
    }

    /// What one looks at before modelling: how much there is, how it looks, and what it is about.
    static func explore(_ iris: Dataset<Int>) {
        print("\(iris.data.rows) × \(iris.data.columns)")
        print(iris.featureNames.joined(separator: ", "))
        print(iris.data.selectingRows(Array(0..<5)))
        print(iris.targetNames.joined(separator: ", "))
        print(bracketed(iris.target))
        print(iris.description)
    }

    /// The folder that is named after `--plots`, made where it is missing; nil where there is no such argument.
    static func plotsFolder() throws -> URL? {
        guard let option = CommandLine.arguments.firstIndex(of: "--plots") else { return nil }
        guard let path = CommandLine.arguments.dropFirst(option + 1).first else {
            say("usage: IrisWalkthrough [--explore] [--plots FOLDER]")
            exit(2)
        }
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Numbers as NumPy prints an array of them: in brackets, in lines of at most 75 characters.
    static func bracketed(_ numbers: [Int]) -> String {
        let width = numbers.map { "\($0)".count }.max() ?? 0
        let cells = numbers.map { String(repeating: " ", count: width - "\($0)".count) + "\($0)" }
        var lines: [String] = []
        for cell in cells {
            if let line = lines.last, line.count + 1 + cell.count < 74 {
                lines[lines.count - 1] = line + " " + cell
            } else {
                lines.append(cell)
            }
        }
        return "[" + lines.joined(separator: "\n ") + "]"
    }
}
