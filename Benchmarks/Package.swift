// swift-tools-version: 6.1
// The benchmarks are a package of their own, so that users of swift-mlp build neither them nor their dependencies.
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        // With a name, since the folder of a clone may have any.
        .package(name: "swift-mlp", path: ".."),
        // Without its traits it needs no system package; CAllocationCounter counts allocations.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        // What compare.sh measures beside the peers in Python/peers.
        .executableTarget(
            name: "Peer",
            dependencies: [
                .product(name: "Datasets", package: "swift-mlp"),
                .product(name: "LinearAlgebra", package: "swift-mlp"),
                .product(name: "ModelSelection", package: "swift-mlp"),
                .product(name: "NeuralNetwork", package: "swift-mlp"),
            ]),

        // What `swift package benchmark` measures, with the number of allocations.
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

        // What Scripts/test-allocations.sh runs.
        .executableTarget(
            name: "Allocations",
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
