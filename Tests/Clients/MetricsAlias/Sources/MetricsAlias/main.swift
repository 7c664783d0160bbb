import LinearAlgebra
import MLPMetrics
import Metrics
import NeuralNetwork

let x: Matrix<Double> = [[0, 0], [0, 1], [1, 0], [1, 1]]
let y = [0, 1, 1, 1]
var mlp = MLPClassifier(hiddenLayerSizes: [4], solver: .lbfgs, randomState: 1)
try mlp.fit(x, y)

// Counter is from swift-metrics, accuracyScore from swift-mlp.
Counter(label: "predictions").increment(by: x.rows)
print(try accuracyScore(y, mlp.predict(x)))
