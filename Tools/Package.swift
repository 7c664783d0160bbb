// swift-tools-version: 6.1
import PackageDescription

// The program `mlp`: from a CSV file to a served model. It has dependencies of its own, which no client of the library
// builds.

let settings: [SwiftSetting] = [.enableUpcomingFeature("InternalImportsByDefault")]
let library: Target.Dependency = .product(name: "SwiftMLP", package: "swift-mlp")

let package = Package(
    name: "mlp-tools",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "mlp", targets: ["mlp"])],
    dependencies: [
        .package(name: "swift-mlp", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.12.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
    ],
    targets: [
        // Models over tables as a program handles them: columns, training, scores, files.
        .target(name: "Workflows", dependencies: [library], swiftSettings: settings),
        // A model behind HTTP.
        .target(
            name: "Serving",
            dependencies: [
                "Workflows", library, .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            resources: [.embedInCode("Page")], swiftSettings: settings),
        // The commands.
        .executableTarget(
            name: "mlp",
            dependencies: [
                "Workflows", "Serving", library, .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: settings),
        .testTarget(name: "WorkflowsTests", dependencies: ["Workflows", library]),
        .testTarget(
            name: "ServingTests",
            dependencies: ["Serving", "Workflows", library, .product(name: "NIOHTTP1", package: "swift-nio")]),
        .testTarget(name: "CommandTests", dependencies: ["mlp", "Workflows", library]),
    ],
    swiftLanguageModes: [.v6]
)
