// swift-tools-version: 6.1
// The benchmarks are a package of their own, so that nobody who uses swift-mlp builds them or what they depend on.
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        // By name, since the folder of a clone may have any.
        .package(name: "swift-mlp", path: "..")
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
            ])
    ],
    swiftLanguageModes: [.v6]
)
