import Foundation
import SwiftMLP

extension TrainingJob {
    /// From how many rows on the time is estimated.
    private static let leastRows = 20_000

    /// Says how long the run will take, from one pass over some of the rows, where the table is large.
    func noteTime<Model: Trainable>(
        _ make: (Recipe) throws -> Model, _ y: [Model.Target], trainings: Int
    ) throws {
        let rows = table.truth.count
        guard rows >= Self.leastRows, recipe.maxTime == nil, trainings > 0 else { return }
        let count = 4096
        let chosen = (0..<count).map { $0 * rows / count }
        var silent = recipe
        silent.verbose = .silent
        var model = try make(silent)
        nonisolated(unsafe) var seconds = 0.0
        // What is wrong with the data is found in the first training.
        try? model.fit(table.x.selectingRows(chosen), chosen.map { y[$0] }) { epoch in
            seconds = epoch.seconds
            return .stop
        }
        let passes =
            try recipe.kind == .tabular
            ? recipe.tabularSettings().epochs(rows: rows) : recipe.hyperparameters().maxIter
        let expected = seconds * Double(rows) / Double(count) * Double(passes)
        guard expected > 60 else { return }
        let times = trainings == 1 ? "The training takes" : "Each of the \(trainings) trainings takes"
        let bound = recipe.kind == .tabular ? "about" : "at most about"
        note(
            "\(times) \(bound) \(Self.duration(expected)): \(passes) passes over \(rows) rows. --time, such as "
                + "--time 30m, limits it" + (refits && trainings == 2 ? "; --no-refit saves the second." : "."))
    }

    /// A time in words, with two digits.
    static func duration(_ seconds: Double) -> String {
        switch seconds {
        case ..<5400: "\(Int((seconds / 60).rounded(.up))) minutes"
        case ..<172_800: "\(Int((seconds / 3600).rounded())) hours"
        default: "\(Int((seconds / 86_400).rounded())) days"
        }
    }
}
