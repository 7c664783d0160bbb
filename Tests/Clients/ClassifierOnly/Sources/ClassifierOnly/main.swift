import LinearAlgebra
import NeuralNetwork

let x: Matrix<Double> = [[0, 0], [0, 1], [1, 0], [1, 1]]
let y = [0, 1, 1, 0]
var mlp = MLPClassifier(hiddenLayerSizes: [8], solver: .lbfgs, randomState: 1)
try mlp.fit(x, y)
print(try mlp.predict(x))
