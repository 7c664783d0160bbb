// swift-tools-version: 6.1
// The benchmarks are a package of their own, so that nobody who uses swift-mlp builds them or what they depend on.
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        // By name, since the folder of a clone may have any.
        .package(name: "swift-mlp", path: ".."),
        // Without its traits it needs no system package; allocations are counted by a target of ours.
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
        .executableTarget(
            name: "Micro",
            dependencies: [
                "CAllocationCounter",
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "LinearAlgebra", package: "swift-mlp"),
                .product(name: "NeuralNetwork", package: "swift-mlp"),
                .product(name: "NumPyRandom", package: "swift-mlp"),
            ],
            path: "Benchmarks/Micro",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    swiftLanguageModes: [.v6]
)
