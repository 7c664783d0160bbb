import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Invalid data throw an error that names the argument.
@Suite struct InvalidDataTests {
    /// A call that must throw, and the texts that its error must contain.
    struct Rejected: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let says: [String]
        let attempt: @Sendable () throws -> Void

        init(_ description: String, says: [String], _ attempt: @escaping @Sendable () throws -> Void) {
            self.testDescription = description
            self.says = says
            self.attempt = attempt
        }
    }

    @Test(arguments: features + targets + weights + incremental + validation + predictions)
    func throwsNamingTheArgument(_ rejected: Rejected) {
        let error = #expect(throws: EstimatorError.self) { try rejected.attempt() }
        let text = error?.description ?? ""
        for part in rejected.says { #expect(text.contains(part), "“\(text)” lacks “\(part)”") }
    }

    private static let x: Matrix<Double> = [[0, 1], [1, 0], [2, 2], [3, 1]]
    private static let y = [0, 1, 1, 0]
    private static let numbers = [0.5, 1, 2, 3]

    private static func fit(_ x: Matrix<Double>, _ y: [Int], sampleWeight: [Double]? = nil) throws {
        var mlp = MLPClassifier(hiddenLayerSizes: [2], maxIter: 1)
        try mlp.fit(x, y, sampleWeight: sampleWeight)
    }

    private static func fit<Target: RegressionTarget>(
        _ y: [Target], loss: RegressionLoss = .squaredError, earlyStopping: Bool = false, fraction: Double = 0.1
    ) throws {
        var mlp = MLPRegressor<Target, Double>(
            loss: loss, hiddenLayerSizes: [2], maxIter: 1, earlyStopping: earlyStopping, validationFraction: fraction)
        try mlp.fit(x, y)
    }

    // MARK: Features

    private static let features: [Rejected] =
        [
            Rejected("no rows", says: ["x must have at least one row", "0 × 2"]) {
                try fit(Matrix(rows: 0, columns: 2, elements: []), [])
            },
            Rejected("no columns", says: ["x must have at least one row and one column", "4 × 0"]) {
                try fit(Matrix(rows: 4, columns: 0, elements: []), y)
            },
            Rejected("fewer targets than rows", says: ["y must have as many samples as x", "3", "4"]) {
                try fit(x, [0, 1, 1])
            },
            Rejected("more targets than rows", says: ["y must have as many samples as x", "5", "4"]) {
                try fit(x, [0, 1, 1, 0, 1])
            },
        ]
        + [Double.nan, .infinity, -.infinity].map { bad in
            Rejected("a feature is \(bad)", says: ["x must contain finite numbers only", "x[2, 1] is \(bad)"]) {
                try fit([[0, 1], [1, 0], [2, bad], [3, 1]], y)
            }
        }
        + [
            Rejected("a feature in Float is infinite", says: ["x[0, 1] is inf"]) {
                var mlp = MLPRegressor<Float, Float>(maxIter: 1)
                try mlp.fit([[0, .infinity]], [1])
            }
        ]

    // MARK: Targets

    private static let targets: [Rejected] = [
        Rejected("one class", says: ["y must contain at least 2 classes", "only 1"]) { try fit(x, [1, 1, 1, 1]) },
        Rejected("NaN", says: ["y must contain finite numbers only", "y[1] is nan"]) { try fit([0.5, .nan, 2, 3]) },
        Rejected("infinite", says: ["y[3] is -inf"]) { try fit([0.5, 1, 2, -Double.infinity]) },
        Rejected("infinite in Float", says: ["y[0] is inf"]) { try fit([Float.infinity, 1, 2, 3]) },
        Rejected("NaN among several outputs", says: ["y[1, 0] is nan"]) {
            try fit([[1.0, 2], [.nan, 2], [1, 2], [1, 2]])
        },
        Rejected("ragged outputs", says: ["y must have rows of 2 outputs", "y[2] has 1"]) {
            try fit([[1.0, 2], [3, 4], [5], [7, 8]])
        },
        Rejected("outputs without columns", says: ["y must have rows of 1 outputs", "y[0] has 0"]) {
            try fit([[Double](), [], [], []])
        },
        Rejected("more than a Float holds", says: ["y must be within", "the range of Float", "contains -1e+39"]) {
            var mlp = MLPRegressor<Double, Float>(maxIter: 1)
            try mlp.fit([[0, 1], [1, 0]], [0, -1e39])
        },
        Rejected("negative counts", says: ["y must not be negative", "poisson", "-1"]) {
            try fit([1.0, 0, -1, 2], loss: .poisson)
        },
        Rejected("ragged indicators", says: ["y must have rows of 2 indicators", "y[1] has 3"]) {
            var mlp = MLPClassifier<[Int], Double>(maxIter: 1)
            try mlp.fit(x, [[0, 1], [1, 0, 1], [0, 0], [1, 1]])
        },
        Rejected("indicators without columns", says: ["y", "indicators", "y[0] has 0"]) {
            var mlp = MLPClassifier<[Int], Double>(maxIter: 1)
            try mlp.fit(x, [[], [], [], []])
        },
        Rejected("an indicator of 2", says: ["y must consist of 0 and 1", "y[2] contains 2"]) {
            var mlp = MLPClassifier<[Int], Double>(maxIter: 1)
            try mlp.fit(x, [[0, 1], [1, 0], [0, 2], [1, 1]])
        },
    ]

    // MARK: Weights

    private static let weights: [Rejected] = [
        Rejected(
            "a negative weight", says: ["sampleWeight must contain no negative number", "sampleWeight[1] is -0.5"]
        ) {
            try fit(x, y, sampleWeight: [1, -0.5, 1, 1])
        },
        Rejected("a weight of NaN", says: ["sampleWeight[0] is nan"]) { try fit(x, y, sampleWeight: [.nan, 1, 1, 1]) },
        Rejected("an infinite weight", says: ["sampleWeight[3] is inf"]) {
            try fit(x, y, sampleWeight: [1, 1, 1, .infinity])
        },
        Rejected("weights of sum 0", says: ["sampleWeight must have a positive finite sum", "0.0"]) {
            try fit(x, y, sampleWeight: [0, 0, 0, 0])
        },
        Rejected("weights of infinite sum", says: ["sampleWeight must have a positive finite sum", "inf"]) {
            try fit(x, y, sampleWeight: [1e308, 1e308, 1, 1])
        },
        Rejected("fewer weights than rows", says: ["sampleWeight must have as many samples as x", "2", "4"]) {
            try fit(x, y, sampleWeight: [1, 1])
        },
        Rejected(
            "a mini-batch without weight", says: ["sampleWeight must have a positive sum in every mini-batch", "2"]
        ) {
            var mlp = MLPRegressor(hiddenLayerSizes: [2], batchSize: 2, maxIter: 1, shuffle: false)
            try mlp.fit(x, numbers, sampleWeight: [1, 1, 0, 0])
        },
        Rejected("a weight beyond Float", says: ["sampleWeight must be at most", "Float", "sample 1 is 1e+39"]) {
            var mlp = MLPClassifier<Int, Float>(maxIter: 1)
            try mlp.fit([[0, 1], [1, 0]], [0, 1], sampleWeight: [1, 1e39])
        },
        Rejected("weights of a sum that nothing can be divided by", says: ["sampleWeight must have a sum", "5e-324"]) {
            try fit(x, y, sampleWeight: [0, 0, .leastNonzeroMagnitude, 0])
        },
        Rejected("a mini-batch of tiny weight", says: ["sampleWeight must have a positive sum", "5e-324 in one of 2"]) {
            var mlp = MLPRegressor(hiddenLayerSizes: [2], batchSize: 2, maxIter: 1, shuffle: false)
            try mlp.fit(x, numbers, sampleWeight: [1, 1, .leastNonzeroMagnitude, 0])
        },
        Rejected("no weights", says: ["sampleWeight must have as many samples as x", "0"]) {
            try fit(x, y, sampleWeight: [])
        },
    ]

    // MARK: Incremental calls

    private static func incremental(_ solver: Solver = .adam) -> MLPClassifier<Int, Double> {
        MLPClassifier(hiddenLayerSizes: [2], solver: solver, randomState: 1)
    }

    private static let incremental: [Rejected] = [
        Rejected("no classes in the first call", says: ["classes must be given in the first call of partialFit"]) {
            var mlp = incremental()
            try mlp.partialFit(x, y)
        },
        Rejected("one class given", says: ["classes must have at least 2 classes", "1"]) {
            var mlp = incremental()
            try mlp.partialFit(x, y, classes: [1, 1])
        },
        Rejected("an unseen class in the first call", says: ["y must contain known classes only (0, 1)", "y[3] is 7"]) {
            var mlp = incremental()
            try mlp.partialFit(x, [0, 1, 1, 7], classes: [0, 1])
        },
        Rejected("an unseen class later", says: ["y must contain known classes only (0, 1)", "y[0] is -3"]) {
            var mlp = incremental()
            try mlp.partialFit(x, y, classes: [0, 1])
            try mlp.partialFit(x, [-3, 1, 1, 0])
        },
        Rejected("an unseen class after fit", says: ["y must contain known classes only (0, 1)", "y[0] is 2"]) {
            var mlp = incremental()
            try mlp.fit(x, y)
            try mlp.partialFit(x, [2, 1, 1, 0])
        },
        Rejected("other classes later", says: ["classes must be those of the first call ([0, 1])", "[1, 2]"]) {
            var mlp = incremental()
            try mlp.partialFit(x, y, classes: [0, 1])
            try mlp.partialFit(x, y, classes: [2, 1])
        },
        Rejected("classes of no indicators", says: ["classes must be the columns", "[0, 1]", "[7, 8]"]) {
            var mlp = MLPClassifier<[Int], Double>(hiddenLayerSizes: [2])
            try mlp.partialFit(x, [[0, 1], [1, 0], [0, 0], [1, 1]], classes: [8, 7])
        },
        Rejected("another number of features", says: ["x must have 2 columns", "has 3"]) {
            var mlp = incremental()
            try mlp.partialFit(x, y, classes: [0, 1])
            try mlp.partialFit(SmallData.features(rows: 4, columns: 3), y)
        },
        Rejected("another number of features in a warm start", says: ["x must have 2 columns", "has 3"]) {
            var mlp = MLPRegressor(hiddenLayerSizes: [2], maxIter: 1, warmStart: true)
            try mlp.fit(x, numbers)
            try mlp.fit(SmallData.features(rows: 4, columns: 3), numbers)
        },
        Rejected("another loss", says: ["loss must be unchanged", "poisson"]) {
            var mlp = MLPRegressor(hiddenLayerSizes: [2])
            try mlp.partialFit(x, numbers)
            mlp.loss = .poisson
            try mlp.partialFit(x, numbers)
        },
        Rejected("another number of outputs", says: ["y must have 2 outputs per sample", "has 1"]) {
            var mlp = MLPRegressor<[Double], Double>(hiddenLayerSizes: [2])
            try mlp.partialFit(x, [[1, 2], [1, 2], [1, 2], [1, 2]])
            try mlp.partialFit(x, [[1], [2], [3], [4]])
        },
        Rejected("L-BFGS", says: ["solver must be sgd or adam for partialFit", "lbfgs"]) {
            var mlp = incremental(.lbfgs)
            try mlp.partialFit(x, y, classes: [0, 1])
        },
        Rejected("early stopping", says: ["earlyStopping must be false for partialFit"]) {
            var mlp = incremental()
            mlp.earlyStopping = true
            try mlp.partialFit(x, y, classes: [0, 1])
        },
        Rejected(
            "other classes in a warm start", says: ["y must have the classes of the last fit ([0, 1])", "[0, 1, 2]"]
        ) {
            var mlp = incremental()
            mlp.warmStart = true
            try mlp.fit(x, y)
            try mlp.fit(x, [0, 1, 2, 0])
        },
        Rejected("other layers in a warm start", says: ["hiddenLayerSizes must be unchanged", "[3]"]) {
            var mlp = incremental()
            mlp.warmStart = true
            try mlp.fit(x, y)
            mlp.hiddenLayerSizes = [3]
            try mlp.fit(x, y)
        },
    ]

    // MARK: Validation

    private static let validation: [Rejected] = [
        Rejected("no sample to validate with", says: ["validationFraction", "0.0", "4 samples"]) {
            try fit(numbers, earlyStopping: true, fraction: 0)
        },
        Rejected("one sample to validate with", says: ["validationFraction", "0.1", "4 samples"]) {
            try fit(numbers, earlyStopping: true)
        },
        Rejected("no sample to train with", says: ["validationFraction", "0.99", "4 samples"]) {
            try fit(numbers, earlyStopping: true, fraction: 0.99)
        },
        Rejected("no sample of one class to train with", says: ["validationFraction", "0.75", "leave 2 for training"]) {
            var mlp = MLPClassifier(maxIter: 1, earlyStopping: true, validationFraction: 0.75)
            try mlp.fit(x, y)
        },
        Rejected("a class of one sample to split", says: ["at least 2 samples of every class", "only 1 of class b"]) {
            var mlp = MLPClassifier<String, Double>(maxIter: 1, earlyStopping: true, validationFraction: 0.5)
            try mlp.fit(x, ["a", "a", "a", "b"])
        },
        Rejected("a label of one sample to split", says: ["at least 2 samples of every class", "only 1 of class 0"]) {
            var mlp = MLPClassifier<[Int], Double>(maxIter: 1, earlyStopping: true, validationFraction: 0.5)
            try mlp.fit(x, [[1], [1], [0], [1]])
        },
        Rejected(
            "validation samples without weight",
            says: ["sampleWeight must have a positive sum on the samples that earlyStopping keeps", "all 2 of them"]
        ) {
            let x = try SmallData.features(rows: 20)
            let weights = (0..<20).map { $0 < 10 ? 1.0 : 0 }
            // One of twenty seeds draws two samples of weight 0.
            for seed: UInt32 in 0..<20 {
                var mlp = MLPRegressor(hiddenLayerSizes: [2], maxIter: 1, randomState: seed, earlyStopping: true)
                try mlp.fit(x, SmallData.numbers(x), sampleWeight: weights)
            }
        },
    ]

    // MARK: Predictions

    private static func prediction(
        _ call: @Sendable (MLPClassifier<Int, Double>) throws -> Void
    ) throws {
        var mlp = MLPClassifier(hiddenLayerSizes: [2], maxIter: 1, randomState: 1)
        try mlp.fit(x, y)
        try call(mlp)
    }

    private static let predictions: [Rejected] = [
        Rejected("too many features", says: ["x must have 2 columns", "has 3"]) {
            try prediction { _ = try $0.predict([[1, 2, 3]]) }
        },
        Rejected("too few features", says: ["x must have 2 columns", "has 1"]) {
            try prediction { _ = try $0.predictProba([[1]]) }
        },
        Rejected("no rows to predict", says: ["x must have at least one row"]) {
            try prediction { _ = try $0.predict(Matrix(rows: 0, columns: 2, elements: [])) }
        },
        Rejected("NaN to predict", says: ["x[0, 1] is nan"]) {
            try prediction { _ = try $0.predictLogProba([[1, .nan]]) }
        },
        Rejected("a score of too few targets", says: ["y must have as many samples as x", "1", "4"]) {
            try prediction { _ = try $0.score(x, [1]) }
        },
        Rejected("a score with negative weights", says: ["sampleWeight[0] is -1"]) {
            try prediction { _ = try $0.score(x, y, sampleWeight: [-1, 1, 1, 1]) }
        },
    ]
}
