// swift-tools-version: 6.1
// A client of one product, NeuralNetwork. Scripts/test-clients.sh checks which modules it compiles.
import PackageDescription

let package = Package(
    name: "ClassifierOnly",
    platforms: [.macOS(.v15)],
    dependencies: [.package(path: "../swift-mlp")],
    targets: [
        .executableTarget(name: "ClassifierOnly", dependencies: [.product(name: "NeuralNetwork", package: "swift-mlp")])
    ],
    swiftLanguageModes: [.v6]
)
