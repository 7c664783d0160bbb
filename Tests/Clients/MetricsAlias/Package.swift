// swift-tools-version: 6.1
// A client of swift-mlp and of apple/swift-metrics, both of which have a module Metrics: ours is given another name. It
// is a package of its own, so that nobody else builds swift-metrics. Scripts/test-clients.sh puts it beside a folder named
// swift-mlp, builds it and runs it.
import PackageDescription

let package = Package(
    name: "MetricsAlias",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(path: "../swift-mlp"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.5.0"),
    ],
    targets: [
        .executableTarget(
            name: "MetricsAlias",
            dependencies: [
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Metrics", package: "swift-mlp", moduleAliases: ["Metrics": "MLPMetrics"]),
                .product(name: "NeuralNetwork", package: "swift-mlp", moduleAliases: ["Metrics": "MLPMetrics"]),
            ])
    ],
    swiftLanguageModes: [.v6]
)
