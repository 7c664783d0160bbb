// swift-tools-version: 6.1
import PackageDescription

// What each room holds, and which others it may import, is in CONTRIBUTING.md.

/// Imports are internal unless they say otherwise, so that a module's users see only what its public names need.
let settings: [SwiftSetting] = [.enableUpcomingFeature("InternalImportsByDefault")]

/// A module that clients can name.
func room(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let rooms: [Target] = [
    // MARK: Foundations
    room(
        "LinearAlgebra",
        [
            "CKernels", .target(name: "COpenBLAS", condition: .when(platforms: [.linux])),
            .product(name: "RealModule", package: "swift-numerics"),
        ]),
    room("NumPyRandom", []),
    room("Estimators", ["LinearAlgebra", "NumPyRandom", logging]),

    // MARK: Data and files
    room("Tables", ["CKernels", "Estimators", "ModelFiles"]),
    room("ModelFiles", ["Estimators"]),
    room(
        "Datasets",
        ["Tables", "Terminal", .target(name: "CLibCrypto", condition: .when(platforms: [.linux]))],
        resources: [.copy("Bundled")]),

    // MARK: Scaling, scores, splits, searches
    room("Preprocessing", ["Estimators", "ModelFiles", "Tables"]),
    room("Metrics", ["Estimators"]),
    room("ModelSelection", ["Estimators", "Metrics", "ModelFiles", "Optimization", "Terminal"]),
    room("Composition", ["Preprocessing", "Metrics", "ModelSelection", "Tables"]),
    room("Inspection", ["ModelSelection", "Preprocessing", "Tables"]),

    // MARK: Networks
    room("NeuralNetwork", ["CKernels", "Estimators", "Metrics", "ModelFiles", "Optimization", "Terminal", logging]),
    room("TabularNetworks", ["CKernels", "Estimators", "Metrics", "ModelFiles", "NeuralNetwork", "Tables"]),

    // MARK: Other programs' files, pictures
    room("Interchange", ["Composition", "ModelSelection", "NeuralNetwork", "Preprocessing", "TabularNetworks"]),
    room(
        "Plotting",
        [
            "Composition", "Inspection", "Metrics", "ModelSelection", "NeuralNetwork", "Preprocessing",
            "TabularNetworks",
        ]),
]

/// What a program asks for by name: its libraries are opened at run time.
let apart: [Target] = [
    room("PostgresStore", ["Estimators", "ModelSelection"]),
    room(
        "CUDADevice",
        ["CKernels", "CUDAImages", "Estimators", "LinearAlgebra", "NeuralNetwork", "TabularNetworks"],
        exclude: ["Kernels"]),
    room(
        "Distributed",
        ["CMPI", "Estimators", "LinearAlgebra", "ModelFiles", "NeuralNetwork", "Preprocessing", "Tables"]),
]

/// All rooms behind one import.
let umbrella = room("SwiftMLP", rooms.map { .byName(name: $0.name) })

/// What examples and tests depend on. Each room is named, since a build follows changes of direct dependencies only.
let everything: [Target.Dependency] = (rooms + apart + [umbrella]).map { .byName(name: $0.name) }
let examples = [
    "IrisWalkthrough", "HousingWalkthrough", "TuneIris", "AdultStyleTable", "LargerThanMemory", "SharedSearch",
    "ParallelHousing",
]
let tested = everything + ["CKernels", "Optimization", "ScikitLearnCases", "Terminal", "TestSupport"]

let package = Package(
    name: "swift-mlp",
    platforms: [.macOS(.v15)],
    products: (rooms + apart).map { .library(name: $0.name, targets: [$0.name]) }
        + [.library(name: umbrella.name, targets: (rooms + [umbrella]).map(\.name))]
        + examples.map { .executable(name: $0, targets: [$0]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    ],
    targets: rooms + apart + [umbrella]
        + [
            // MARK: Behind the rooms
            .systemLibrary(
                name: "COpenBLAS", pkgConfig: "openblas",
                providers: [.apt(["libopenblas-dev", "liblapacke-dev", "pkg-config"])]),
            .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
            .target(name: "CKernels"),
            .target(name: "CUDAImages"),
            .target(name: "CMPI"),
            .target(name: "Optimization", dependencies: ["LinearAlgebra", "ModelFiles"], swiftSettings: settings),
            .target(name: "Terminal", dependencies: ["LinearAlgebra"], swiftSettings: settings),
        ]
        // MARK: Examples
        + [.target(name: "ExampleSupport", path: "Examples/Support")]
        + examples.map {
            .executableTarget(
                name: $0, dependencies: everything + ["ExampleSupport"], path: "Examples/\($0)",
                resources: $0 == "AdultStyleTable" ? [.copy("people.csv")] : nil)
        }
        // MARK: Tests
        + [
            .target(name: "TestSupport", dependencies: ["Estimators", logging], path: "Tests/TestSupport"),
            .target(
                name: "ScikitLearnCases", dependencies: ["NeuralNetwork", "TestSupport"],
                path: "Tests/ScikitLearnCases", swiftSettings: settings),
        ]
        + ["EstimatorsTests", "TablesTests"].map {
            .testTarget(name: $0, dependencies: tested)
        }
        + [
            "LinearAlgebraTests", "NumPyRandomTests", "DatasetsTests", "PreprocessingTests", "MetricsTests",
            "ModelSelectionTests", "SearchTests", "ModelFileTests", "NeuralNetworkTests", "InterchangeTests",
            "PlottingTests", "InspectionTests", "MetaEstimatorTests", "TabularNetworksTests", "APITests",
        ].map {
            .testTarget(name: $0, dependencies: tested, resources: [.copy("Fixtures")])
        }
        + [
            // Tests of a card without a card, behind a driver of their own.
            .testTarget(name: "CUDADeviceTests", dependencies: tested, exclude: ["Mock"]),
            // Tests that need MPI, and the program that they run in several processes.
            .executableTarget(
                name: "MPIProgram", dependencies: everything, path: "Tests/MPIProgram", swiftSettings: settings),
            .testTarget(name: "DistributedTests", dependencies: tested + ["MPIProgram", "ParallelHousing"]),
            // Tests that need a PostgreSQL server.
            .testTarget(name: "PostgresStoreTests", dependencies: tested + ["SharedSearch"]),
            .testTarget(
                name: "WalkthroughTests",
                dependencies: (examples + ["TestSupport"]).map { .byName(name: $0) },
                resources: [.copy("Fixtures")]),
        ],
    swiftLanguageModes: [.v6]
)
