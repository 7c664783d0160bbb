import CUDADevice
import Datasets
import Foundation
import Inspection
import LinearAlgebra
import ModelSelection
import NeuralNetwork

/// The workloads that can be measured, named like the rows of compare.py.
enum Workload: String, CaseIterable {
    case step, losses, memory, predictOne, predictMany, importance, dependence, grid

    init(named name: String?) throws {
        guard let workload = name.flatMap(Workload.init) else { throw PeerError("no workload \(name ?? "is named")") }
        self = workload
    }

    func prepare(_ request: Request) throws -> Measurement {
        func network() throws -> NetworkDescription {
            guard let network = request.network else { throw PeerError("\(rawValue) wants a network") }
            return network
        }
        switch self {
        case .step: return try measuringStep(network())
        case .losses: return try measuringLosses(network())
        case .memory: return try measuringMemory(network())
        case .predictOne: return try measuringPrediction()
        case .predictMany: return try measuringPredictions(network())
        case .importance: return try measuringImportance(network())
        case .dependence: return try measuringDependence(network())
        case .grid: return try measuringGrid()
        }
    }
}

/// Where networks are trained: the environment can ask for a card.
private let device: Device = ProcessInfo.processInfo.environment["BENCHMARK_DEVICE"] == "gpu" ? .gpu : .cpu

/// Measures the microseconds per training step, over a whole `fit`.
private func measuringStep(_ network: NetworkDescription) throws -> Measurement {
    let training = try training(network)
    return { [try seconds { _ = try training() } * 1e6 / Double(network.steps)] }
}

/// Returns the loss of each epoch.
private func measuringLosses(_ network: NetworkDescription) throws -> Measurement {
    try training(network)
}

/// Measures the peak memory of the process in megabytes, after a `fit`.
private func measuringMemory(_ network: NetworkDescription) throws -> Measurement {
    let training = try training(network)
    return {
        _ = try training()
        return [try peakMemory()]
    }
}

/// Measures the microseconds for the prediction of one row.
private func measuringPrediction() throws -> Measurement {
    let iris = try loadIris()
    var mlp = MLPClassifier(hiddenLayerSizes: [100], maxIter: 20, randomState: 1)
    try mlp.fit(iris.data, iris.target)
    let row = iris.data.selectingRows([0])
    return { [try secondsPerCall { _ = try mlp.predict(row) } * 1e6] }
}

/// Measures the milliseconds for the prediction of all rows.
private func measuringPredictions(_ network: NetworkDescription) throws -> Measurement {
    let x = try network.features(Float.self)
    var mlp = MLPClassifier<Int, Float>(network.hyperparameters)
    try mlp.fit(x, try network.targets().map { Int($0) })
    return { [try secondsPerCall { _ = try mlp.predict(x) } * 1e3] }
}

/// Measures the milliseconds for the importances of all features, with ten repeats, on all cores.
private func measuringImportance(_ network: NetworkDescription) throws -> Measurement {
    let (mlp, x, labels) = try classifier(network)
    return {
        [
            try seconds {
                _ = try permutationImportance(mlp, x, labels, nRepeats: 10, randomState: 0, nJobs: -1)
            } * 1e3
        ]
    }
}

/// Measures the milliseconds for the dependence on one feature, at 100 points, on all cores.
private func measuringDependence(_ network: NetworkDescription) throws -> Measurement {
    let (mlp, x, _) = try classifier(network)
    return { [try secondsPerCall { _ = try partialDependence(mlp, x, features: [0]) } * 1e3] }
}

/// Returns a fitted classifier in double precision, and its table.
private func classifier(
    _ network: NetworkDescription
) throws -> (MLPClassifier<Int, Double>, x: Matrix<Double>, labels: [Int]) {
    let (x, labels) = (try network.features(Double.self), try network.targets().map { Int($0) })
    return (try MLPClassifier<Int, Double>(network.hyperparameters).fitted(x, labels), x, labels)
}

/// Measures the seconds for a search of 18 candidates on five splits of iris, on two threads.
private func measuringGrid() throws -> Measurement {
    let iris = try loadIris()
    return {
        [
            try seconds {
                var mlp = MLPClassifier(randomState: 1)
                mlp.device = device
                var search = GridSearchCV(
                    mlp,
                    paramGrid: [
                        .init(\.activation, [.logistic, .tanh, .relu]),
                        .init(\.alpha, [1e-4, 1e-2, 1]),
                        .init(\.hiddenLayerSizes, [[20], [100]]),
                    ],
                    nJobs: 2, cv: 5)
                try search.fit(iris.data, iris.target)
            }
        ]
    }
}

/// Returns a function that fits the network and returns the losses of its epochs. The table is read in advance.
private func training(_ network: NetworkDescription) throws -> () throws -> [Double] {
    switch network.scalar {
    case .f32: try training(network, in: Float.self)
    case .f64: try training(network, in: Double.self)
    }
}

private func training<Scalar: NetworkScalar>(
    _ network: NetworkDescription, in: Scalar.Type
) throws -> () throws -> [Double] {
    let x = try network.features(Scalar.self)
    let y = try network.targets()
    switch network.task {
    case .classification:
        let labels = y.map { Int($0) }
        return {
            var mlp = MLPClassifier<Int, Scalar>(network.hyperparameters)
            mlp.device = device
            try mlp.fit(x, labels)
            return mlp.lossCurve
        }
    case .regression:
        return {
            var mlp = MLPRegressor<Double, Scalar>(network.hyperparameters)
            mlp.device = device
            try mlp.fit(x, y)
            return mlp.lossCurve
        }
    }
}
