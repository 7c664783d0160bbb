// swift-tools-version: 6.1
// A client of swift-mlp and apple/swift-metrics. Both have a module Metrics, so the one of swift-mlp is renamed. This is
// a separate package, so that only this test builds swift-metrics. Scripts/test-clients.sh puts it next to a folder named
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
