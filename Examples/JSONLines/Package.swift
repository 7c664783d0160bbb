// swift-tools-version: 6.1
// A program that is shipped: it trains a model once, and then predicts rows of JSON from standard input.
import PackageDescription

let package = Package(
    name: "JSONLines",
    platforms: [.macOS(.v15)],
    dependencies: [.package(path: "../swift-mlp")],
    targets: [
        .executableTarget(
            name: "JSONLines",
            dependencies: ["Composition", "NeuralNetwork", "Preprocessing", "Tables"].map {
                .product(name: $0, package: "swift-mlp")
            })
    ],
    swiftLanguageModes: [.v6]
)
