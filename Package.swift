// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "swift-mlp",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
        .library(name: "NumPyRandom", targets: ["NumPyRandom"]),
        .library(name: "Estimators", targets: ["Estimators"]),
        .library(name: "Datasets", targets: ["Datasets"]),
        .library(name: "Preprocessing", targets: ["Preprocessing"]),
        .library(name: "Metrics", targets: ["Metrics"]),
        .library(name: "ModelSelection", targets: ["ModelSelection"]),
        .library(name: "NeuralNetwork", targets: ["NeuralNetwork"]),
        .library(name: "Interchange", targets: ["Interchange"]),
        .library(name: "Plotting", targets: ["Plotting"]),
        .executable(name: "IrisWalkthrough", targets: ["IrisWalkthrough"]),
        .executable(name: "HousingWalkthrough", targets: ["HousingWalkthrough"]),
        .executable(name: "TuneIris", targets: ["TuneIris"]),
        .executable(name: "AdultStyleTable", targets: ["AdultStyleTable"]),
        .executable(name: "LargerThanMemory", targets: ["LargerThanMemory"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    ],
    targets: [
        // MARK: C
        .systemLibrary(
            name: "COpenBLAS",
            pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev", "liblapacke-dev", "pkg-config"])]),
        .target(name: "CKernels"),

        // MARK: Foundations
        .target(
            name: "LinearAlgebra",
            dependencies: [
                "CKernels",
                .target(name: "COpenBLAS", condition: .when(platforms: [.linux])),
                .product(name: "RealModule", package: "swift-numerics"),
            ]),
        .target(name: "NumPyRandom"),
        .target(
            name: "Estimators",
            dependencies: [
                "LinearAlgebra", "NumPyRandom",
                .product(name: "Logging", package: "swift-log"),
            ]),

        // MARK: Data, scaling, scores, splits
        .target(name: "Preprocessing", dependencies: ["Estimators", "NumPyRandom"]),
        .target(name: "Metrics", dependencies: ["Estimators"]),
        .systemLibrary(
            name: "CLibCrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]),
        .target(
            name: "Datasets",
            dependencies: [
                "Estimators",
                .target(name: "CLibCrypto", condition: .when(platforms: [.linux])),
            ],
            path: ".",
            exclude: [
                "Benchmarks",
                "Documentation", "Examples", "Scripts", "Sources/CKernels", "Sources/CLibCrypto", "Sources/COpenBLAS",
                "Sources/Estimators", "Sources/Interchange", "Sources/LinearAlgebra", "Sources/Metrics",
                "Sources/ModelSelection", "Sources/NeuralNetwork", "Sources/NumPyRandom", "Sources/Plotting",
                "Sources/Preprocessing", "Tests",
                "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md",
            ],
            sources: ["Sources/Datasets"],
            resources: [.copy("Datasets")]),
        .target(name: "ModelSelection", dependencies: ["Estimators", "Metrics", "Preprocessing"]),

        // MARK: Networks
        .target(
            name: "NeuralNetwork",
            dependencies: [
                "CKernels", "Estimators", "Metrics", "ModelSelection",
                .product(name: "Logging", package: "swift-log"),
            ]),

        // MARK: Other libraries' files
        .target(name: "Interchange", dependencies: ["Estimators", "NeuralNetwork", "Preprocessing"]),

        // MARK: Pictures
        .target(
            name: "Plotting",
            dependencies: [
                "Estimators", "LinearAlgebra", "Metrics", "ModelSelection", "NeuralNetwork", "Preprocessing",
            ]),

        // MARK: Examples
        .executableTarget(
            name: "IrisWalkthrough",
            dependencies: ["Datasets", "Metrics", "ModelSelection", "NeuralNetwork", "Plotting", "Preprocessing"],
            path: "Examples/IrisWalkthrough"),
        .executableTarget(
            name: "HousingWalkthrough",
            dependencies: ["Datasets", "Metrics", "ModelSelection", "NeuralNetwork", "Plotting", "Preprocessing"],
            path: "Examples/HousingWalkthrough"),
        .executableTarget(
            name: "TuneIris",
            dependencies: ["Datasets", "Estimators", "Metrics", "ModelSelection", "NeuralNetwork", "Preprocessing"],
            path: "Examples/TuneIris"),
        .executableTarget(
            name: "AdultStyleTable",
            dependencies: ["Datasets", "Estimators", "Metrics", "ModelSelection", "NeuralNetwork", "Preprocessing"],
            path: "Examples/AdultStyleTable",
            resources: [.copy("people.csv")]),
        .executableTarget(
            name: "LargerThanMemory",
            dependencies: [
                "Datasets", "Estimators", "LinearAlgebra", "Metrics", "NeuralNetwork", "NumPyRandom", "Preprocessing",
            ],
            path: "Examples/LargerThanMemory"),

        // MARK: Tests
        .target(name: "TestSupport", dependencies: ["Estimators"], path: "Tests/TestSupport"),
        .testTarget(
            name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "NumPyRandomTests", dependencies: ["NumPyRandom", "TestSupport"], resources: [.copy("Fixtures")]),
        .testTarget(
            name: "DatasetsTests", dependencies: ["Datasets", "Estimators", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(name: "EstimatorsTests", dependencies: ["Estimators", "TestSupport"]),
        .testTarget(
            name: "PreprocessingTests", dependencies: ["NumPyRandom", "Preprocessing", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "ModelSelectionTests", dependencies: ["ModelSelection", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "SearchTests",
            dependencies: [
                "Datasets", "Estimators", "LinearAlgebra", "Metrics", "ModelSelection", "NeuralNetwork", "NumPyRandom",
                "Preprocessing", "TestSupport",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "MetricsTests", dependencies: ["Metrics", "TestSupport"], resources: [.copy("Fixtures")]),
        .testTarget(
            name: "PlottingTests",
            dependencies: [
                "Datasets", "Estimators", "LinearAlgebra", "Metrics", "ModelSelection", "NeuralNetwork", "NumPyRandom",
                "Plotting", "Preprocessing", "TestSupport",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "ModelFileTests",
            dependencies: [
                "Estimators", "LinearAlgebra", "ModelSelection", "NeuralNetwork", "NumPyRandom", "Preprocessing",
                "TestSupport",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "APITests",
            dependencies: [
                "Datasets", "Estimators", "LinearAlgebra", "Metrics", "ModelSelection", "NeuralNetwork", "NumPyRandom",
                "Plotting", "Preprocessing",
            ]),
        .testTarget(
            name: "WalkthroughTests",
            dependencies: [
                "AdultStyleTable", "HousingWalkthrough", "IrisWalkthrough", "LargerThanMemory", "TestSupport",
                "TuneIris",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "NeuralNetworkTests",
            dependencies: [
                "CKernels", "Datasets", "Estimators", "LinearAlgebra", "Metrics", "ModelSelection", "NeuralNetwork",
                "NumPyRandom", "Preprocessing", "TestSupport",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "InterchangeTests",
            dependencies: [
                "Estimators", "Interchange", "LinearAlgebra", "NeuralNetwork", "NumPyRandom", "Preprocessing",
                "TestSupport",
            ],
            resources: [.copy("Fixtures")]),
    ],
    swiftLanguageModes: [.v6]
)
