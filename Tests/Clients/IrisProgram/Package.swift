// swift-tools-version: 6.1
// README.md's first program, with one product and one import. Scripts/test-clients.sh takes the source from README.md.
import PackageDescription

let package = Package(
    name: "IrisProgram",
    platforms: [.macOS(.v15)],
    dependencies: [.package(path: "../swift-mlp")],
    targets: [.executableTarget(name: "IrisProgram", dependencies: [.product(name: "SwiftMLP", package: "swift-mlp")])],
    swiftLanguageModes: [.v6]
)
