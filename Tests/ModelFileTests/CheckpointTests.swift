import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Checkpoints, and runs that another process resumes.
@Suite struct CheckpointTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private static let x = SmallTables.features(rows: 60)
    private static let y = SmallTables.classes(x, count: 3)

    private typealias Model = MLPClassifier<Int, Double>

    private func model(maxIter: Int, solver: Solver = .adam) -> Model {
        Model(
            hiddenLayerSizes: [5], activation: .tanh, solver: solver, batchSize: 20, maxIter: maxIter, randomState: 2,
            tol: 0, nIterNoChange: .max)
    }

    @Test(arguments: Solver.allCases) func everyCheckpointCanBeResumed(_ solver: Solver) throws {
        var whole = model(maxIter: 12, solver: solver)
        try whole.fit(CheckpointTests.x, CheckpointTests.y)
        for stop in [1, 2, 5, 12] {
            var part = model(maxIter: stop, solver: solver)
            try part.fit(CheckpointTests.x, CheckpointTests.y, checkpoint: CheckpointFile(folder.file(), every: 2))
            // The last checkpoint is written when training ends, at any epoch.
            var read = try Model(contentsOf: folder.file())
            #expect(read == part)
            read.maxIter = 12
            try read.resume(CheckpointTests.x, CheckpointTests.y, checkpoint: CheckpointFile(folder.file(), every: 5))
            #expect(read.fitted == whole.fitted)
            #expect(try Model(contentsOf: folder.file()) == read)
        }
    }

    @Test func checkpointsThatCannotBeWritten() throws {
        var model = model(maxIter: 3)
        let untrained = model
        for (checkpoint, mention) in [
            (CheckpointFile(folder.file(), every: 0), "every"), (CheckpointFile(folder.url), "folder"),
            (CheckpointFile(folder.url.appending(path: "missing/file")), "does not exist"),
        ] {
            let error = #expect(throws: (any Error).self) {
                try model.fit(CheckpointTests.x, CheckpointTests.y, checkpoint: checkpoint)
            }
            #expect("\(error.map { "\($0)" } ?? "")".contains(mention))
            #expect(model == untrained)
        }
        #expect(try folder.names.isEmpty)
    }

    #if compiler(>=6.3)
        /// Resumes in another process, with every solver and in both precisions.
        @Test func anotherProcessGoesOnInEveryBit() async throws {
            for solver in Solver.allCases {
                try ProcessSubject<Double>(solver, folder.url).begin()
                try ProcessSubject<Float>(solver, folder.url).begin()
            }
            await #expect(processExitsWith: .success) { [folder = folder.url as URL] in
                for solver in Solver.allCases {
                    try ProcessSubject<Double>(solver, folder).goOn()
                    try ProcessSubject<Float>(solver, folder).goOn()
                }
            }
            for solver in Solver.allCases {
                #expect(try ProcessSubject<Double>(solver, folder.url).isWhole())
                #expect(try ProcessSubject<Float>(solver, folder.url).isWhole())
            }
        }

        /// Kills the process ten times, each time at a different point. The file can always be read and the run
        /// resumed.
        @Test func killedAtAnyMoment() async throws {
            let file = folder.file()
            for _ in 0..<10 {
                // Starts at the end of an epoch, so that the speed of the machine does not matter.
                let (epoch, delay) = (Int.random(in: 2..<30), UInt32.random(in: 0..<3000))
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [file = file as URL, epoch = epoch as Int, delay = delay as UInt32] in
                    var rest = epoch
                    try CheckpointTests.train(in: file, epochs: .max) {
                        rest -= 1
                        guard rest == 0 else { return }
                        Thread.detachNewThread {
                            usleep(delay)
                            kill(getpid(), SIGKILL)
                        }
                    }
                }
                _ = try Model(contentsOf: file)
            }
            let reached = try Model(contentsOf: file).nIter ?? 0
            try CheckpointTests.train(in: file, epochs: reached + 20)
            var whole = try Model(contentsOf: file)
            let resumed = whole.fitted
            try whole.fit(CheckpointTests.x, CheckpointTests.y)
            #expect(whole.fitted == resumed && whole.nIter == reached + 20)
        }
    #endif

    /// Resumes the run in the file, or begins a new one.
    private static func train(in file: URL, epochs: Int, onEpoch: () -> Void = {}) throws {
        let checkpoint = CheckpointFile(file)
        let isThere = FileManager.default.fileExists(atPath: file.path)
        var model = try isThere ? Model(contentsOf: file) : CheckpointTests().model(maxIter: epochs)
        model.maxIter = epochs
        func goOn(_: TrainingEpoch) -> TrainingDecision {
            onEpoch()
            return .continue
        }
        if isThere {
            try model.resume(x, y, checkpoint: checkpoint, onEpoch: goOn)
        } else {
            try model.fit(x, y, checkpoint: checkpoint, onEpoch: goOn)
        }
    }
}

/// A training run of which one process does the first half and another the second.
private struct ProcessSubject<Scalar: NetworkScalar> {
    private let solver: Solver
    private let file: URL
    private let x = SmallTables.features().map { Scalar($0) }
    private let y = SmallTables.classes(SmallTables.features(), count: 3)
    private static var epochs: Int { 8 }

    init(_ solver: Solver, _ folder: URL) {
        self.solver = solver
        file = folder.appending(path: "\(solver)-\(Scalar.self)")
    }

    private func fitted(epochs: Int) throws -> MLPClassifier<Int, Scalar> {
        var model = MLPClassifier<Int, Scalar>(
            hiddenLayerSizes: [5, 4], solver: solver, batchSize: 7, maxIter: epochs, randomState: 6,
            earlyStopping: solver != .lbfgs)
        try model.fit(x, y)
        return model
    }

    func begin() throws { try fitted(epochs: ProcessSubject.epochs / 2).save(to: file) }

    func goOn() throws {
        var model = try MLPClassifier<Int, Scalar>(contentsOf: file)
        model.maxIter = ProcessSubject.epochs
        try model.resume(x, y)
        try model.save(to: file)
    }

    func isWhole() throws -> Bool {
        let (whole, resumed) = (
            try fitted(epochs: ProcessSubject.epochs), try MLPClassifier<Int, Scalar>(contentsOf: file)
        )
        return whole == resumed && whole.coefs.map(\.elements) == resumed.coefs.map(\.elements)
    }
}
