public import Estimators
import LinearAlgebra
public import NeuralNetwork
import NumPyRandom
public import Tables

extension TabularMLP {
    /// Trains the networks. Not for clients.
    public mutating func _train(
        _ x: Table, _ y: [Target], sampleWeight: [Double]?, validation: (x: Table, y: [Target])?,
        options: _NetworkOptions
    ) throws {
        try checkParameters()
        try Check.require(
            !options.isIncremental, "partialFit",
            "needs a network whose scales do not depend on the data, but \(Self.name) learns the scales of columns and "
                + "targets from all rows: call fit with all of them, or use an MLP with a StandardScaler")
        try Check.shape(rows: x.rowCount, columns: x.columnCount)
        try Check.sameCount(y.count, argument: "y", as: x.rowCount, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.rowCount)
        try options.checkpoint?.check()

        var learner = self
        let problem = try learner._problem(y, sampleWeight: sampleWeight)
        let fingerprint = TabularFingerprint(x, problem, validation?.x)
        let resumed = try options.method == .resume ? runToResume(fingerprint, rows: x.rowCount) : nil
        let encoder = try resumed?.encoder ?? TableEncoder(x, settings: settings, dates: dateColumns)
        let samples = TabularSamples<Float>(
            table: try encoder.encode(x), targets: problem.targets, weights: problem.weights)
        var validated: TabularSamples<Float>?
        if let (x, y) = validation {
            try Check.sameCount(y.count, argument: "validation.y", as: x.rowCount, of: "validation.x")
            try Check.shape(rows: x.rowCount, columns: x.columnCount, argument: "validation.x")
            validated = TabularSamples(
                table: try encoder.encode(x, argument: "validation.x"),
                targets: try learner._encoded(y, like: problem, argument: "validation.y"), weights: nil)
        }
        let network = TabularNetwork(encoder.shape, task: problem.task, settings: settings)
        let threads = try jobs(nJobs)
        let states =
            try resumed?.states
            ?? initialStates(
                network, samples, strata: problem.strata, isValidated: validation != nil, jobs: threads)
        let trainer = try EnsembleTrainer(
            states, of: network, samples: samples, validation: validated, settings: settings, device: device,
            jobs: min(threads, settings.nEnsemble))

        func fitted(_ run: TabularRun) -> FittedTabularMLP {
            let model = TabularModel(
                encoder: encoder, task: problem.task, settings: settings, scales: problem.scales,
                members: trainer.parameters)
            return FittedTabularMLP(model: model, run: run)
        }
        var run = TabularRun(fingerprint: fingerprint, epochs: resumed?.epochs ?? [])
        if options.checkpoint != nil { _ = try options.saved(self) }
        try run.train(
            trainer, maxIter: settings.epochs(rows: x.rowCount), maxTime: maxTime, verbose: verbose,
            onEpoch: options.onEpoch, saves: options.checkpoint != nil
        ) {
            guard let file = options.checkpoint, $0.epochs.count % file.every == 0 else { return }
            learner._fitted = fitted($0.with(try trainer.states()))
            try options.saved(learner).save(to: file.url)
        }
        let canGoOn = run.stopReason == .stopped || run.stopReason == .cancelled
        learner._fitted = fitted(canGoOn ? run.with(try trainer.states()) : run)
        self = learner
        if let file = options.checkpoint { try options.saved(self).save(to: file.url) }
    }

    private func checkParameters() throws {
        try settings.check()
        if let maxTime {
            try Check.require(
                maxTime > 0 && maxTime.isFinite, parameter: "maxTime", maxTime, allowed: "a number of seconds above 0")
        }
    }

    /// Returns the run that `resume` continues.
    private func runToResume(
        _ fingerprint: TabularFingerprint, rows: Int
    ) throws -> (encoder: TableEncoder, states: [MemberState<Float>]?, epochs: [TrainingEpoch]) {
        let model = try learned()
        guard let run = _fitted.run, !run.states.isEmpty else {
            throw EstimatorError.invalidInput(
                argument: "resume", problem: "needs a run that was interrupted, but the last one ended: call fit")
        }
        try Check.require(
            run.fingerprint == fingerprint, "x",
            "must be the data of the interrupted run, with the same targets, weights and validation set, but differ")
        try Check.require(
            model.settings == settings && run.states.count == settings.nEnsemble, parameter: "settings", settings,
            allowed: "unchanged when an interrupted run is resumed")
        // A file may hold any indices.
        let fits = run.states.allSatisfy { $0.order.allSatisfy { $0 < rows } }
        try Check.require(fits, "x", "must have the rows that the interrupted run has learned from")
        return (model.encoder, run.states, run.epochs)
    }

    /// Returns the state of each network before its first epoch.
    private func initialStates(
        _ network: TabularNetwork, _ samples: TabularSamples<Float>, strata: [Int]?, isValidated: Bool, jobs: Int
    ) throws -> [MemberState<Float>] {
        let count = settings.nEnsemble
        var random = RandomState(seed: randomState)
        let rows = samples.table.rows
        var order = random.permutation(Array(0..<rows))
        // Class by class, so that each fold has its part of each class.
        if let strata { order = order.enumerated().sorted { (strata[$0.1], $0.0) < (strata[$1.1], $1.0) }.map(\.1) }
        let folds = count == 1 ? max(2, Int((1 / settings.validationFraction).rounded())) : max(5, count)
        // Fewer rows are too few to select an epoch.
        let holdsOut = !isValidated && settings.validationFraction > 0 && rows >= 2 * folds
        let seeds = (0..<count).map { _ in UInt32(truncatingIfNeeded: random.next()) }
        return try parallelMap(count: count, jobs: jobs) { [order] member in
            let learned = holdsOut ? order.indices.filter { $0 % folds != member % folds }.map { order[$0] } : order
            return MemberState(
                network, samples: samples, order: learned.sorted(), random: RandomState(seed: seeds[member]))
        }
    }
}
