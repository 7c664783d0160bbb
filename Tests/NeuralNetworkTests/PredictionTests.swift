import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The counterparts of scikit-learn's tests of probabilities and precision.
@Suite struct PredictionTests {
    @Test func binaryProbabilitiesHaveTwoColumns() throws {
        let (x, y) = try SmallData.images(classes: 2, rows: 50)
        var mlp = MLPClassifier(hiddenLayerSizes: [5], activation: .logistic, randomState: 1)
        try mlp.fit(x, y)
        let probabilities = try mlp.predictProba(x)
        #expect(probabilities.columns == 2)
        try checkLogarithms(mlp, x)
        // Every sample of class 1 ranks above every sample of class 0: the area under the ROC curve is 1.
        let ones = zip(probabilities.column(1), y)
        let lowest = ones.filter { $0.1 == 1 }.map(\.0).min()
        let highest = ones.filter { $0.1 == 0 }.map(\.0).max()
        #expect(try #require(lowest) > #require(highest))
    }

    @Test func multiclassProbabilitiesSumToOne() throws {
        let (x, y) = try SmallData.images(classes: 3, rows: 12)
        var mlp = MLPClassifier(hiddenLayerSizes: [5], randomState: 1)
        try mlp.fit(x, y)
        let probabilities = try mlp.predictProba(x)
        #expect(probabilities.rows == 12 && probabilities.columns == 3)
        for row in 0..<12 { #expect(abs(probabilities.row(row).reduce(0, +) - 1) < 1e-14) }
        try checkLogarithms(mlp, x)
    }

    @Test func multilabelProbabilitiesAreIndependent() throws {
        let x = try SmallData.features(rows: 50)
        let y = SmallData.indicators(x)
        var mlp = MLPClassifier<[Int], Double>(hiddenLayerSizes: [30], solver: .lbfgs, randomState: 0)
        try mlp.fit(x, y)
        let probabilities = try mlp.predictProba(x)
        #expect(probabilities.rows == 50 && probabilities.columns == 3)
        #expect((0..<50).map { probabilities.row($0).map { $0 > 0.5 ? 1 : 0 } } == y)
        let excess = (0..<50).map { probabilities.row($0).reduce(-1, +) }
        #expect(excess.reduce(0) { $0 + $1 * $1 } > 1e-10)
        try checkLogarithms(mlp, x)
    }

    private func checkLogarithms<Target>(_ mlp: MLPClassifier<Target, Double>, _ x: Matrix<Double>) throws {
        let probabilities = try mlp.predictProba(x)
        let logarithms = try mlp.predictLogProba(x)
        #expect(logarithms.difference(from: probabilities.map { .log($0) }) < 1e-14)
        for row in 0..<x.rows { #expect(greatest(logarithms.row(row)) == greatest(probabilities.row(row))) }
    }

    private func greatest(_ row: ArraySlice<Double>) -> Int? {
        row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex }
    }

    @Test func floatPredictionsAreCloseToDouble() throws {
        let (x, y) = try SmallData.images(classes: 2, rows: 360)
        let train = Array(0..<300)
        let test = Array(300..<360)
        let narrow = x.map { Float($0) }
        let parameters = MLPHyperparameters(
            hiddenLayerSizes: [5, 3], alpha: 1e-5, maxIter: 100, randomState: 1, tol: 1e-3)
        var wide = MLPClassifier<Int, Double>(parameters)
        var slim = MLPClassifier<Int, Float>(parameters)
        try wide.fit(x.selectingRows(train), Array(y[..<300]))
        try slim.fit(narrow.selectingRows(train), Array(y[..<300]))
        #expect(try wide.predict(x.selectingRows(test)) == slim.predict(narrow.selectingRows(test)))
        let probabilities = try slim.predictProba(narrow.selectingRows(test)).map { Double($0) }
        #expect(try probabilities.difference(from: wide.predictProba(x.selectingRows(test))) < 1e-2)

        var wideNumbers = MLPRegressor<Double, Double>(parameters)
        var slimNumbers = MLPRegressor<Float, Float>(parameters)
        try wideNumbers.fit(x.selectingRows(train), y[..<300].map { Double($0) })
        try slimNumbers.fit(narrow.selectingRows(train), y[..<300].map { Float($0) })
        let predictions: [Float] = try slimNumbers.predict(narrow.selectingRows(test))
        #expect(
            try greatestDifference(predictions.map { Double($0) }, wideNumbers.predict(x.selectingRows(test))) < 5e-4)
        // The type gives the parameters the precision of the features.
        let coefs: [Matrix<Float>] = slimNumbers.coefs
        let intercepts: [[Float]] = slimNumbers.intercepts
        #expect(coefs.count == 3 && intercepts.count == 3)
    }

    /// Large features are not checked in advance. Here all coefficients of the first unit are 0, and the activation
    /// function turns an infinite sum into a finite number.
    @Test(arguments: [0, 121, 999], [Float.nan, .infinity, -.infinity])
    func largeFeaturesMustBeFinite(row: Int, value: Float) throws {
        var coefs = [try SmallData.features(Float.self, rows: 5, columns: 30)]
        for feature in 0..<5 { coefs[0][feature, 0] = 0 }
        for layer in [coefs, coefs + [try SmallData.features(Float.self, rows: 30, columns: 1)]] {
            let mlp = try MLPRegressor<[Float], Float>(
                coefs: layer, intercepts: layer.map { Array(repeating: 0, count: $0.columns) },
                MLPHyperparameters(activation: .tanh))
            var x = try SmallData.features(Float.self, rows: 1000, columns: 5)
            #expect(try mlp.predict(x).count == 1000)
            x[row, 3] = value
            let error = #expect(throws: EstimatorError.self) { try mlp.predict(x) }
            #expect("\(try #require(error))".contains("x[\(row), 3] is \(value)"))
        }
    }
}
