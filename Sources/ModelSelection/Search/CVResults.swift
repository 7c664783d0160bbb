/// What a search found out about its candidates: a table with a row for each.
public struct CVResults<Root: Sendable>: Sendable {
    /// The scores of one scorer.
    public struct Scores: Sendable, Equatable {
        /// The score of every candidate on every split: candidates × splits.
        public internal(set) var splitScores: [[Double]] = []

        /// The mean over the splits, for every candidate.
        public var mean: [Double] { splitScores.map(CVResults.mean) }

        /// The standard deviation over the splits, for every candidate.
        public var std: [Double] {
            splitScores.map { scores in
                let mean = CVResults.mean(scores)
                return CVResults.mean(scores.map { ($0 - mean) * ($0 - mean) }).squareRoot()
            }
        }

        /// The rank of every candidate's mean, 1 for the greatest; equal means share a rank, and NaN comes last.
        public var rank: [Int] {
            let means = mean
            let isWorst = means.map(\.isNaN)
            return means.indices.map { candidate in
                1
                    + means.indices.count { other in
                        isWorst[candidate] ? !isWorst[other] : !isWorst[other] && means[other] > means[candidate]
                    }
            }
        }
    }

    /// The candidates, in the order in which they were tried.
    public internal(set) var params: [ParameterSet<Root>] = []

    /// The scores on the test sides, by the scorers' names.
    public internal(set) var testScores: [String: Scores] = [:]

    /// The scores on the training sides, by the scorers' names; empty unless asked for.
    public internal(set) var trainScores: [String: Scores] = [:]

    /// The scorer by which the best candidate is chosen.
    public internal(set) var mainScorer = "score"

    /// Seconds to fit, candidates × splits.
    public internal(set) var fitTimes: [[Double]] = []

    /// Seconds to score, candidates × splits.
    public internal(set) var scoreTimes: [[Double]] = []

    /// What a candidate threw on a split, with its parameters; empty when all went well.
    public internal(set) var errors: [String] = []

    private var main: Scores { testScores[mainScorer] ?? Scores() }

    /// The main scorer's score of every candidate on every split: candidates × splits.
    public var splitTestScores: [[Double]] { main.splitScores }

    /// The mean over the splits of the main scorer's scores.
    public var meanTestScore: [Double] { main.mean }

    /// The standard deviation over the splits of the main scorer's scores.
    public var stdTestScore: [Double] { main.std }

    /// The rank of every candidate by the main scorer, 1 for the best.
    public var rankTestScore: [Int] { main.rank }

    /// Mean seconds to fit.
    public var meanFitTime: [Double] { fitTimes.map(CVResults.mean) }

    /// Mean seconds to score.
    public var meanScoreTime: [Double] { scoreTimes.map(CVResults.mean) }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}

// MARK: - As text

extension CVResults: CustomStringConvertible {
    /// The table with aligned columns: parameters, mean, standard deviation, rank, seconds.
    public var description: String {
        let rows = rows(digits: 6)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
                .trimmingTrailingSpaces
        }.joined(separator: "\n")
    }

    /// The table as CSV with a header: parameters, mean, standard deviation, rank, seconds, and the score of every split.
    public var csv: String {
        let splits = splitTestScores.first?.count ?? 0
        let header = rows(digits: nil)[0] + (0..<splits).map { "split\($0)TestScore" }
        let lines = zip(rows(digits: nil).dropFirst(), splitTestScores).map { $0 + $1.map { "\($0)" } }
        return ([header] + lines).map { $0.map(\.quotedForCSV).joined(separator: ",") + "\n" }.joined()
    }

    private func rows(digits: Int?) -> [[String]] {
        let names = params.reduce(into: [String]()) { names, set in
            for name in set.names where !names.contains(name) { names.append(name) }
        }
        func text(_ number: Double) -> String {
            guard let digits, number.isFinite else { return "\(number)" }
            var scale = 1.0
            for _ in 0..<digits { scale *= 10 }
            let rounded = (number * scale).rounded() / scale
            return rounded.isFinite ? "\(rounded)" : "\(number)"
        }
        let (mean, std, rank, time) = (meanTestScore, stdTestScore, rankTestScore, meanFitTime)
        let header = names + ["meanTestScore", "stdTestScore", "rankTestScore", "meanFitTime"]
        return [header]
            + params.indices.map { row in
                names.map { params[row][$0] ?? "" }
                    + [text(mean[row]), text(std[row]), "\(rank[row])", text(time[row])]
            }
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }

    fileprivate var quotedForCSV: String {
        guard contains(where: { ",\"\n\r".contains($0) }) else { return self }
        return "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
