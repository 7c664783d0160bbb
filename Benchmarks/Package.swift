// swift-tools-version: 6.1
// The benchmarks are a separate package, so that clients of swift-mlp do not build them or their dependencies.
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        // By name, because the folder of a clone may have any name.
        .package(name: "swift-mlp", path: ".."),
        // Without its traits it needs no system package. CAllocationCounter counts allocations instead.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        // The program that compare.sh measures beside the Python programs in Python/peers.
        .executableTarget(
            name: "Peer",
            dependencies: [
                .product(name: "CUDADevice", package: "swift-mlp"),
                .product(name: "Datasets", package: "swift-mlp"),
                .product(name: "Inspection", package: "swift-mlp"),
                .product(name: "LinearAlgebra", package: "swift-mlp"),
                .product(name: "ModelSelection", package: "swift-mlp"),
                .product(name: "NeuralNetwork", package: "swift-mlp"),
            ]),

        // The program that tabular.sh measures beside the Python programs in Python/tabular.
        .executableTarget(
            name: "Tabular",
            dependencies: [
                .product(name: "Tables", package: "swift-mlp"),
                .product(name: "TabularNetworks", package: "swift-mlp"),
            ]),

        // How right probabilities and intervals are, on the tables of tabular.sh.
        .executableTarget(
            name: "Trust",
            dependencies: [
                .product(name: "Composition", package: "swift-mlp"),
                .product(name: "Estimators", package: "swift-mlp"),
                .product(name: "LinearAlgebra", package: "swift-mlp"),
                .product(name: "Metrics", package: "swift-mlp"),
                .product(name: "ModelSelection", package: "swift-mlp"),
                .product(name: "NeuralNetwork", package: "swift-mlp"),
                .product(name: "Preprocessing", package: "swift-mlp"),
                .product(name: "Tables", package: "swift-mlp"),
            ]),

        // The program that parallel.sh starts with mpirun.
        .executableTarget(
            name: "Parallel",
            dependencies: [
                .product(name: "Distributed", package: "swift-mlp"),
                .product(name: "LinearAlgebra", package: "swift-mlp"),
                .product(name: "NeuralNetwork", package: "swift-mlp"),
                .product(name: "NumPyRandom", package: "swift-mlp"),
            ]),

        // Counts allocations for `swift package benchmark`.
        .target(name: "CAllocationCounter"),
        .target(
            name: "TrainingTable",
            dependencies: [
                "CAllocationCounter",
                .product(name: "LinearAlgebra", package: "swift-mlp"),
                .product(name: "NeuralNetwork", package: "swift-mlp"),
                .product(name: "NumPyRandom", package: "swift-mlp"),
            ],
            swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]),

        // The program of Scripts/test-step-costs.sh.
        .executableTarget(
            name: "StepCosts",
            dependencies: [
                "CAllocationCounter", "TrainingTable", .product(name: "NeuralNetwork", package: "swift-mlp"),
            ]),
        .executableTarget(
            name: "Micro",
            dependencies: [
                "CAllocationCounter", "TrainingTable",
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "LinearAlgebra", package: "swift-mlp"),
                .product(name: "NeuralNetwork", package: "swift-mlp"),
            ],
            path: "Benchmarks/Micro",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    swiftLanguageModes: [.v6]
)
