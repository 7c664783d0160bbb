// The examples of Documentation/GPU.md, as they stand there.

import CUDADevice
import SwiftMLP

private func overview(_ x: Matrix<Float>, _ y: [Int]) throws {
    var mlp = MLPClassifier<Int, Float>(hiddenLayerSizes: [1024, 1024], batchSize: 2000, randomState: 1)
    mlp.device = .gpu  // or .gpu(1), the second card
    try mlp.fit(x, y)
    print(mlp.report?.device ?? "")  // gpu (NVIDIA H100 80GB HBM3)
}

private func oneDevice(_ x: Matrix<Double>, _ y: [Double]) throws {
    let gpu = Device.gpu
    for size in [100, 200, 400] {
        var mlp = MLPRegressor(hiddenLayerSizes: [size], randomState: 0)
        mlp.device = gpu
        try mlp.fit(x, y)
    }
}

private func together(_ x: Matrix<Double>, _ y: [Int]) throws {
    var mlp = MLPClassifier(randomState: 1)
    mlp.device = .gpu
    var search = GridSearchCV(
        mlp,
        paramGrid: [
            .init(\.activation, [.logistic, .tanh, .relu]),
            .init(\.alpha, [1e-4, 1e-2, 1]),
            .init(\.hiddenLayerSizes, [[20], [100]]),
        ], cv: 5)
    try search.fit(x, y)
}

private func tables(_ people: Table, _ incomes: [String]) throws {
    var model = TabularMLPClassifier<String>(randomState: 1)
    model.device = .gpu
    try model.fit(people, incomes)
}
