import Estimators
import LinearAlgebra

/// What makes a call of `fit`, `resume` or `partialFit` one of a group of processes.
package struct GroupCall {
    package let group: any ProcessGroup

    /// The number of each sample of this process among those of the group; nil if they follow those of the processes
    /// before.
    let numbers: [Int]?

    package init(_ group: any ProcessGroup, numbers: [Int]?) {
        (self.group, self.numbers) = (group, numbers)
    }
}

/// The place of a training run in a group of processes.
struct Membership {
    let group: any ProcessGroup

    /// The samples of this process.
    let share: SampleShare

    /// The samples of this process in the caller's validation set; nil without one.
    let validationShare: SampleShare?

    /// Whether this process prints and writes files.
    var isFirst: Bool { group.rank == 0 }
}

extension TrainingCall {
    /// The group of this call; nil for a single process.
    var group: (any ProcessGroup)? { options.group?.group }

    /// Whether this process prints and writes files.
    var isFirst: Bool { group.map { $0.rank == 0 } ?? true }

    /// Runs work that needs no other process. If it throws in one process, it throws in all.
    func together<Result>(_ body: () throws -> Result) throws -> Result {
        guard let group else { return try body() }
        return try group.together(body)
    }

    /// Returns the sums over all processes.
    func sum(_ numbers: [Double]) throws -> [Double] { try group?.sum(numbers) ?? numbers }

    /// Returns the sums over all processes.
    func sum(_ counts: [Int]) throws -> [Int] {
        try group.map { try $0.sum(counts.map(Double.init)).map { Int($0) } } ?? counts
    }

    /// Returns the classes that occur in some process, in ascending order.
    func union<Label: ClassLabel>(_ classes: [Label]) throws -> [Label] {
        try group.map { try $0.union(classes).sorted(by: Label.precedes) } ?? classes
    }

    /// Returns the weights in the precision of the network.
    ///
    /// - Throws: what `TrainingData.weights` throws.
    func weights(_ weights: [Double]?) throws -> [Model.Scalar]? {
        typealias Data = TrainingData<Model.Scalar>
        guard let group else { return try Data.weights(weights) }
        guard let rounded = try group.together({ try Data.rounded(weights) }) else { return nil }
        try Data.checkSum(group.sum([rounded.reduce(0) { $0 + Double($1) }])[0])
        return rounded
    }

    /// Returns the function that writes checkpoints; nil if there is no file. The first process writes, and all compute
    /// what it writes.
    func checkpoints(of model: Model) throws -> ((_ model: () throws -> TrainedModel<Model.Scalar>) throws -> Void)? {
        let own = try together { isFirst ? try model.checkpoints(options) : nil }
        guard let group else { return own }
        let every = Int(try group.broadcast([Double(options.checkpoint?.every ?? 0)])[0])
        guard every > 0, own == nil else { return own }
        var epochs = 0
        return { model in
            epochs += 1
            if epochs % every == 0 { _ = try model() }
        }
    }

    /// Finds this process's place in the group; nil for a single process.
    ///
    /// - Throws: an error of the group in each process if some process has other parameters, columns, or weights to start
    ///   from.
    func membership(of model: Model, continuing previous: TrainedModel<Model.Scalar>?) throws -> Membership? {
        guard let call = options.group else { return nil }
        var described = model
        described.hyperparameters.verbose = .warnings
        try call.group.requireSame([
            "the package's version": PackageVersion.current,
            "the estimator": "\(described) of the type \(Model.self)",
            "the method": "\(method)",
            "the number of columns of x": "\(x.columns)",
            "the kind of features": x.isSparse ? "sparse ones" : "dense ones",
            "whether there is a sampleWeight": "\(sampleWeight == nil ? "none" : "one")",
            "whether there is a validation set": "\(validation == nil ? "none" : "one")",
            "whether the rows are numbered": "\(call.numbers == nil ? "no numbers" : "numbers")",
            "the network to continue from": previous.map { "one with the checksum \($0.checksum)" } ?? "none",
        ])
        let counts = try call.group.gather(Double(x.rows)).map { Int($0) }
        let validationShare = try validation.map {
            SampleShare(
                rank: call.group.rank, counts: try call.group.gather(Double($0.x.rows)).map { Int($0) })
        }
        return Membership(
            group: call.group, share: try share(of: call, counts: counts), validationShare: validationShare)
    }

    private func share(of call: GroupCall, counts: [Int]) throws -> SampleShare {
        guard let numbers = call.numbers else { return SampleShare(rank: call.group.rank, counts: counts) }
        let total = counts.reduce(0, +)
        try call.together {
            try Check.sameCount(numbers.count, argument: "numbers", as: x.rows, of: "x")
            try Check.noElement(
                of: numbers, "numbers", where: { !(0..<total).contains($0) },
                "must be from 0 to \(total - 1), one for each of the samples of all processes")
        }
        let sum = try call.group.sum([Double(numbers.reduce(0, +))])[0]
        try Check.require(
            sum == Double(total * (total - 1) / 2), "numbers",
            "must have each of the numbers from 0 to \(total - 1) in one process, but do not")
        return SampleShare(numbers: numbers, total: total)
    }
}

extension GroupCall {
    fileprivate func together<Result>(_ body: () throws -> Result) throws -> Result { try group.together(body) }
}

extension TrainedModel {
    /// A checksum of the state that training continues from.
    fileprivate var checksum: String {
        var checksum = Checksum()
        network.parameters.withUnsafeBytes { checksum.add($0) }
        checksum.add("\(network.shape.layerUnits) \(history.nIter) \(history.t)")
        return checksum.text
    }
}
