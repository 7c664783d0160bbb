// swift-tools-version: 6.1
// A client that reads a CSV file. Scripts/test-clients.sh links it with --static-swift-stdlib and checks which libraries it needs.
import PackageDescription

let package = Package(
    name: "StaticTable",
    platforms: [.macOS(.v15)],
    dependencies: [.package(path: "../swift-mlp")],
    targets: [.executableTarget(name: "StaticTable", dependencies: [.product(name: "Tables", package: "swift-mlp")])],
    swiftLanguageModes: [.v6]
)
