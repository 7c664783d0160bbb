import Testing

@testable import NeuralNetwork

/// The line of an epoch for all widths of a terminal.
@Suite struct EpochLineTests {
    private let losses = [0.8, 0.6, 0.5, 0.4, 0.35, 0.3, 0.25, 0.2]

    private func line(
        _ columns: Int, maxIter: Int = 20, losses: [Double]? = nil, validation: [Double] = [], score: Double? = nil,
        elapsed: Double = 2
    ) -> String {
        let losses = losses ?? self.losses
        let epoch = TrainingEpoch(
            index: losses.count, loss: losses.last ?? .nan, validationLoss: validation.last, validationScore: score,
            learningRate: 1, seconds: 1, elapsed: elapsed)
        return EpochLine(epoch: epoch, maxIter: maxIter, losses: losses, validationLosses: validation)
            .text(columns: columns)
    }

    @Test func showsBarAndCurve() {
        #expect(line(67) == "██████░░░░░░░░░░  8/20 loss █▇▆▅▄▃▂▁         0.2000, ≤ 3 s left")
        #expect(line(51) == "███░░░░░  8/20 loss █▇▆▅▄▃▂▁ 0.2000, ≤ 3 s left")
    }

    @Test func showsACurveForEachLoss() {
        let text = line(200, validation: [9, 7, 6, 5, 5, 6, 7, 8], score: 0.75)
        let words = text.split(separator: " ").map(String.init)
        #expect(
            words[2...] == [
                "loss", "█▇▆▅▄▃▂▁", "0.2000,", "val", "█▅▃▁▁▃▅▇", "8.0000,", "score", "0.7500,", "≤", "3", "s", "left",
            ])
    }

    /// A terminal of the usual width shows everything except the second curve.
    @Test func narrowLinesShowTheMostImportantParts() {
        let validation = losses.map { $0 + 0.1 }
        func parts(_ columns: Int) -> String {
            let text = line(columns, maxIter: 200, validation: validation, score: 0.75)
            return ["░", "8/200", "loss", "▁", "val", "score", "left"].filter(text.contains).joined(separator: " ")
        }
        #expect(parts(79) == "░ 8/200 loss ▁ val score left")
        #expect(parts(78) == "8/200 loss ▁ val score left")
        #expect(parts(69) == "8/200 loss ▁ val score")
        #expect(parts(53) == "8/200 loss ▁ val")
        #expect(parts(39) == "8/200 loss ▁")
        #expect(parts(27) == "8/200 loss")
        #expect(parts(18) == "8/200")
        #expect(parts(6) == "")
        // A number that is longer than others is not omitted.
        #expect(line(29, maxIter: 200, losses: [1, 1e-4]).hasSuffix(" loss 1.00e-04"))
    }

    @Test func linesFitTheTerminal() {
        let numbers = [1e-12, 0.5, 1, -3.25, 1e5, 1e300, .nan, .infinity, -.infinity]
        for columns in -1...200 {
            for number in numbers {
                for maxIter in [1, 100, 1_000_000, .max] {
                    for elapsed in [0.0, 1, 12_000, 1e300] {
                        let text = line(
                            columns, maxIter: maxIter, losses: [1, number], validation: [number, number], score: number,
                            elapsed: elapsed)
                        #expect(text.count <= max(columns, 0))
                        #expect(!text.contains("\n") && !text.contains("\u{1B}"))
                    }
                }
            }
        }
    }

    /// Otherwise the line would jump with each epoch.
    @Test func partsKeepTheirPositions() {
        let lines = (1...200).map { count in
            line(
                120, maxIter: 200, losses: (1...count).map { 1 / Double($0) },
                validation: (1...count).map { 2 / Double($0) },
                score: 0.5)
        }
        for word in ["loss", "val", "score"] {
            let places = lines.map { $0.components(separatedBy: word)[0].count }
            #expect(Set(places).count == 1, "\(word)")
        }
    }

    @Test func remainingTimeIsAnUpperBound() {
        #expect(line(100, maxIter: 8).hasSuffix("0.2000"))
        #expect(line(100, maxIter: 408, elapsed: 8).hasSuffix(", ≤ 0:06:40 left"))
        #expect(line(100, maxIter: 8_000_008, elapsed: 8).hasSuffix("0.2000"))
        #expect(line(100, maxIter: .max).hasPrefix("8 loss █"))
    }

    @Test func formatsNumbers() {
        for (number, text) in [
            (0.0, "0.0000"), (12.34567, "12.3457"), (-0.5, "-0.5000"), (0.000_012_34, "1.23e-05"), (2e7, "2.00e+07"),
            (.nan, "nan"), (.infinity, "inf"),
        ] {
            #expect(line(100, maxIter: 1, losses: [number]).hasSuffix(" \(text)"))
        }
    }
}
