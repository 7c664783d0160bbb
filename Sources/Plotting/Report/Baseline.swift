import Estimators
import LinearAlgebra
import Metrics
import ModelSelection

/// The scores of a model that ignores the features.
struct Baseline {
    /// Whether it has learned from the targets of the training, and not from those of the test.
    private let isOfTraining: Bool
    private(set) var accuracy = 0.0
    private(set) var balancedAccuracy = 0.0
    /// Nil if it is not defined.
    private(set) var logLoss: Double?
    /// What a baseline of numbers predicts, one per output.
    private(set) var means: [Double] = []

    /// Learns the shares of the classes, and scores them.
    init<Label: ClassLabel>(_ y: [Label], isOfTraining: Bool, truth: [Label]) throws {
        func samples(_ count: Int) -> Matrix<Double> { Matrix(rows: count, columns: 1, repeating: 0) }
        self.isOfTraining = isOfTraining
        let dummy = try DummyClassifier<Label, Double>().fitted(samples(y.count), y)
        let predicted = try dummy.predict(samples(truth.count))
        let probabilities = try dummy.predictProba(samples(truth.count))
        accuracy = try accuracyScore(truth, predicted)
        (balancedAccuracy, logLoss) = try FitWarnings.collected {
            // One class has no log loss, and a class that the training did not have none either.
            (
                try balancedAccuracyScore(truth, predicted),
                try? Metrics.logLoss(truth, probabilities, labels: dummy.classes)
            )
        }.result
    }

    /// Learns the mean of each output: samples × outputs.
    init(means y: Matrix<Double>, isOfTraining: Bool) throws {
        self.isOfTraining = isOfTraining
        let x = Matrix<Double>(rows: y.rows, columns: 1, repeating: 0)
        let dummy = try DummyRegressor<[Double], Double>().fitted(x, (0..<y.rows).map { Array(y.row($0)) })
        means = dummy.prediction
    }

    /// What the baseline predicts.
    var rule: String {
        let source = isOfTraining ? "training" : "test samples"
        return means.isEmpty ? "the class shares of the \(source)" : "the mean of the \(source)"
    }

    func note(_ value: Double, decimals: Int) -> String { "baseline \(decimal(value, decimals: decimals))" }
    func note(_ value: Double, digits: Int) -> String { "baseline \(general(value, digits: digits))" }

    /// The scores of a classifier beside those of the baseline.
    func table(accuracy: Double, balancedAccuracy: Double, logLoss: Double?) -> HTMLPage.Table {
        func row(_ name: String, _ score: Double?, _ usual: Double?) -> [String] {
            [name] + [score, usual].map { $0.map { decimal($0, decimals: 4) } ?? "none" }
        }
        return HTMLPage.Table(
            caption: "Against a baseline that predicts \(rule)", header: ["Score", "Model", "Baseline"],
            rows: [
                row("Accuracy", accuracy, self.accuracy),
                row("Balanced accuracy", balancedAccuracy, self.balancedAccuracy),
            ] + (logLoss == nil ? [] : [row("Log loss", logLoss, self.logLoss)]))
    }
}
