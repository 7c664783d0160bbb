import Foundation
import SwiftMLP

extension TrainingJob {
    private func path(of part: Int) -> String { "\(output).part\(part + 1)" }

    /// Removes what a run has left beside the model file.
    func removeParts(upTo count: Int) {
        for part in 0..<count { try? FileManager.default.removeItem(atPath: path(of: part)) }
    }

    /// - Throws: `WorkflowError` for a model file or a report that cannot be written, which is better known before training.
    public func checkOutput() throws {
        for path in [output] + [report].compactMap(\.self) {
            var isFolder: ObjCBool = false
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
                throw WorkflowError("\(path) must be in a folder that exists, but there is no folder \(folder)")
            }
            guard !FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) || !isFolder.boolValue else {
                throw WorkflowError("\(path) must be a file, but is a folder")
            }
            guard access(folder, W_OK) == 0 else {
                throw WorkflowError("\(path) cannot be written: the folder \(folder) allows no new files")
            }
        }
    }

    /// The note that says that a part is finished, and with what.
    private static let finished = "mlp.finished"

    /// The call of a model's initializer, without what it shows.
    private static func call(of model: some CustomStringConvertible) -> String {
        model.description.withoutVerbose
    }

    /// Trains one part of the run on some rows, or takes it from the file of a run that was killed.
    func fit<Model: Trainable>(_ model: Model, _ y: [Model.Target], _ rows: [Int], part: Int) throws -> Model {
        let path = path(of: part)
        let columns = table.guesses.filter { $0.role == .feature }.map { "\($0.name): \($0.type)" }
        let mark = "\(Self.call(of: model)) of \(columns) on \(checksum ?? "") rows \(rows.hashedText)"
        let isAll = rows.count == table.truth.count
        let x = isAll ? table.x : table.x.selectingRows(rows)
        let y = isAll ? y : rows.map { y[$0] }
        let weights = table.weights.map { weights in rows.map { weights[$0] } }
        let limit = recipe.maxTime
        let isTabular = recipe.kind == .tabular
        func watch(_ epoch: TrainingEpoch) -> TrainingDecision {
            // Networks for tables know the limit themselves.
            if let limit, !isTabular, epoch.elapsed > limit { return .stop }
            return .continue
        }
        let checkpoint = CheckpointFile(path, every: 16)
        if resumes, FileManager.default.fileExists(atPath: path) {
            let information = try ModelFileInformation(contentsOf: path)
            var started = try Model(contentsOf: path)
            let foreign = WorkflowError(
                "\(path) is of a run with other data or options: leave out --resume to start anew")
            guard Self.call(of: started) == Self.call(of: model) else { throw foreign }
            if let finished = information.notes[Self.finished] {
                guard finished == mark else { throw foreign }
                return started
            }
            // A run that was killed between its last epoch and the note has ended by itself: it is made again.
            if [nil, .stopped, .cancelled].contains(started._stopReason) {
                try started.resume(x, y, sampleWeight: weights, checkpoint: checkpoint, onEpoch: watch)
                try started.save(to: path, notes: [Self.finished: mark])
                return started
            }
        }
        var fitted = model
        try fitted.fit(x, y, sampleWeight: weights, checkpoint: checkpoint, onEpoch: watch)
        try fitted.save(to: path, notes: [Self.finished: mark])
        return fitted
    }

    /// What the columns contribute, measured on the first rows.
    func importances<Model: Trainable>(
        of model: Model, _ x: Table, _ y: [Model.Target]
    ) throws -> [ModelCard.Importance] {
        let rows = Array(x.sampleCount > 1000 ? Array(0..<1000) : Array(0..<x.sampleCount))
        let result = try permutationImportance(
            model, x.selectingRows(rows), rows.map { y[$0] }, nRepeats: 3, randomState: 0, nJobs: -1)
        return zip(x.columnNames, result.importancesMean).map { ModelCard.Importance(column: $0, value: $1) }
            .sorted { $0.value > $1.value }
    }
}

extension Array where Element == Int {
    /// A checksum of the numbers.
    fileprivate var hashedText: String {
        String(
            reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64(bitPattern: Int64($1))) &* 0x0000_0100_0000_01B3 }, radix: 16)
    }
}
