import Estimators
import Foundation
import LinearAlgebra

// What a run has in common with those of the other processes of its group. Without a group, each of these is what one process
// does alone.

extension _TrainingRun {
    /// The number of samples of all processes.
    var sampleCount: Int { membership?.share.total ?? data.count }

    /// The number of samples of a batch that this process has at most, or on average.
    func ownSamples(of batchSize: Int) -> Int { batchSize / (membership?.group.count ?? 1) }

    /// Whether this process prints, calls `onEpoch` and writes files.
    var isFirst: Bool { membership?.isFirst ?? true }

    /// Runs work that needs no other process. If it throws in one process, it throws in all.
    func together<Result>(_ body: () throws -> Result) throws -> Result {
        guard let group = membership?.group else { return try body() }
        return try group.together(body)
    }

    /// Returns the seed of the run: one for all processes.
    func seed() throws -> UInt32? {
        guard let group = membership?.group, hyperparameters.randomState == nil else {
            return hyperparameters.randomState
        }
        return UInt32(try group.broadcast([Double(UInt32.random(in: 0 ... .max))])[0])
    }

    /// Returns the decision of `onEpoch`, which the first process calls; nil without such a function.
    func decision(after epoch: TrainingEpoch) throws -> TrainingDecision? {
        guard let group = membership?.group else { return try onEpoch?(epoch) }
        let decision = try group.together { isFirst ? try onEpoch?(epoch) : nil }
        return try group.broadcast([decision == .stop ? 1 : 0])[0] == 1 ? .stop : .continue
    }

    /// Writes the checkpoint of the first process, if one is due.
    func save(_ model: () throws -> TrainedModel<Scalar>) throws {
        // All processes compute the model, and the first one writes it.
        try together { try checkpoint?(model) }
    }

    /// Whether the task of some process was cancelled.
    func isCancelled() throws -> Bool {
        guard let group = membership?.group else { return Cancellation.isRequested }
        return try group.gather(Cancellation.isRequested ? 1 : 0).contains(1)
    }

    /// Throws if the targets of some process have other outputs than those of the first.
    func requireSameOutputs() throws {
        try membership?.group.requireSame(["the outputs of a sample": "\(data.targets.columns)"])
    }

    /// Returns, for each sample of all processes, whether it belongs to the second of two classes.
    func classFlags() throws -> [Bool] {
        let own = data.targets.elements.map { $0 == 1 }
        guard let membership else { return own }
        let (samples, positions) = membership.share.own(0..<membership.share.total)
        var flags = [Double](repeating: 0, count: membership.share.total)
        for (sample, position) in zip(samples, positions) where own[sample] { flags[position] = 1 }
        return try membership.group.sum(flags).map { $0 == 1 }
    }

    /// Returns the validation samples: those with the given numbers among the samples of all processes; for nil, the
    /// caller's validation set.
    func validationSamples(_ numbers: [Int]?) throws -> (data: TrainingData<Scalar>, gathering: Gathering?)? {
        guard let membership else { return (validation ?? numbers.map { data.selecting($0) }).map { ($0, nil) } }
        let (share, source) = (membership.validationShare ?? membership.share, validation ?? data)
        guard let numbers = validation == nil ? numbers : Array(0..<share.total) else { return nil }
        let (samples, positions) = share.own(numbers)
        let own = source.selecting(samples)
        let gathering = Gathering(group: membership.group, positions: positions, total: numbers.count)
        let weights = try own.weights.map {
            try gathering.gather(Matrix(rows: samples.count, columns: 1, elements: $0)).elements
        }
        let all = TrainingData(features: own.features, targets: try gathering.gather(own.targets), weights: weights)
        return (all, gathering)
    }

    /// A text that differs for different data of the whole group with very high probability, however the samples are
    /// divided among processes.
    ///
    /// - Parameter other: the fingerprint to compare it with. One process can compute that of a group, but not the
    ///   other way around: nil.
    func fingerprint(like other: String?) throws -> String? {
        let isOfRows = other?.hasPrefix(rowsPrefix)
        guard let membership else {
            let of = isOfRows == true ? \TrainingData<Scalar>.fingerprintOfRows : \.fingerprint
            return data[keyPath: of] + (validation.map { "-" + $0[keyPath: of] } ?? "")
        }
        if isOfRows == false { return nil }
        func text(_ data: TrainingData<Scalar>, _ share: SampleShare) throws -> String {
            try data.fingerprint(of: share) { try membership.group.sum($0) }
        }
        let own = try text(data, membership.share)
        guard let validation, let share = membership.validationShare else { return own }
        return try own + "-" + text(validation, share)
    }
}

/// How a process gathers the outputs for validation samples that several processes have.
struct Gathering {
    let group: any ProcessGroup
    /// The positions of this process's samples among all.
    let positions: [Int]
    /// The number of samples of all processes.
    let total: Int

    /// Returns the rows of all processes.
    func gather<Scalar: MatrixScalar>(_ rows: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try group.gather(rows, at: positions, of: total)
    }

    /// Returns what the first process computes.
    func onFirst(_ body: () throws -> (loss: Double, score: Double)) throws -> (loss: Double, score: Double) {
        let own: (loss: Double, score: Double) = try group.together { group.rank == 0 ? try body() : (0, 0) }
        let numbers = try group.broadcast([own.loss, own.score])
        return (numbers[0], numbers[1])
    }
}

extension TrainingData {
    /// The sum of the checksums of all samples, each with its number, in 64 bits.
    ///
    /// - Parameter sum: adds up numbers of all processes.
    fileprivate func fingerprint(of share: SampleShare, sum: ([Double]) throws -> [Double]) rethrows -> String {
        var total: UInt64 = 0
        let (samples, numbers) = share.own(0..<share.total)
        for (sample, number) in zip(samples, numbers) { total &+= checksum(of: sample, number: number) }
        // Sums of 16 bits are exact.
        let parts = try sum((0..<4).map { Double(total >> (16 * $0) & 0xFFFF) })
        let value = parts.reversed().reduce(UInt64(0)) { ($0 << 16) &+ UInt64($1) }
        return rowsPrefix + String(value, radix: 16)
    }

    private func checksum(of sample: Int, number: Int) -> UInt64 {
        var checksum = Checksum()
        withUnsafeBytes(of: number) { checksum.add($0) }
        switch features {
        case .dense(let x):
            checksum.add(row: sample, of: x)
        case .sparse(let x):
            let range = x.rowOffsets[sample]..<x.rowOffsets[sample + 1]
            x.columnIndices[range].withUnsafeBytes { checksum.add($0) }
            x.values[range].withUnsafeBytes { checksum.add($0) }
        }
        checksum.add(row: sample, of: targets)
        if let weight = weights?[sample] { withUnsafeBytes(of: weight) { checksum.add($0) } }
        return checksum.value
    }

    /// The fingerprint that a group of processes has for these samples, as one process computes it.
    var fingerprintOfRows: String { fingerprint(of: SampleShare(rank: 0, counts: [count])) { $0 } }
}

extension Checksum {
    fileprivate mutating func add<Scalar: MatrixScalar>(row: Int, of matrix: Matrix<Scalar>) {
        matrix.withUnsafeElements { elements in
            let row = elements[(row * matrix.columns)..<((row + 1) * matrix.columns)]
            add(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: row)))
        }
    }
}

/// The beginning of the fingerprint of a group, which does not depend on how samples are divided.
let rowsPrefix = "rows-"
