// swift-tools-version: 6.1
import PackageDescription

// The program `mlp`: from a CSV file to a served model. It has dependencies of its own, which no client of the library
// builds.

let settings: [SwiftSetting] = [.enableUpcomingFeature("InternalImportsByDefault")]
/// Hummingbird depends on apple/swift-metrics, whose module is called as one of the library is.
let library: Target.Dependency = .product(
    name: "SwiftMLP", package: "swift-mlp", moduleAliases: ["Metrics": "MLPMetrics"])

let package = Package(
    name: "mlp-tools",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "mlp", targets: ["mlp"])],
    dependencies: [
        .package(name: "swift-mlp", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    ],
    targets: [
        // Models over tables as a program handles them: columns, training, scores, files.
        .target(name: "Workflows", dependencies: [library], swiftSettings: settings),
        // A model behind HTTP.
        .target(
            name: "Serving",
            dependencies: [
                "Workflows", library, .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.embedInCode("Page")], swiftSettings: settings),
        // The commands.
        .executableTarget(
            name: "mlp",
            dependencies: [
                "Workflows", "Serving", library, .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: settings),
        .testTarget(name: "WorkflowsTests", dependencies: ["Workflows", library]),
        .testTarget(name: "ServingTests", dependencies: ["Serving", "Workflows", library]),
        .testTarget(name: "CommandTests", dependencies: ["mlp", "Workflows", library]),
    ],
    swiftLanguageModes: [.v6]
)
