import Testing

@testable import NeuralNetwork

/// The stopping rule, as tables: after each value, the best so far and the number of epochs without an improvement by
/// `tol`.
@Suite struct PlateauDetectorTests {
    struct Step: Sendable {
        let value: Double
        let best: Double
        let waiting: Int
        let isBest: Bool
    }

    @Test func lossMustDecreaseByTol() {
        check(
            .loss, tol: 0.5,
            [
                // The first value is an improvement on infinity.
                Step(value: 8, best: 8, waiting: 0, isBest: true),
                Step(value: 7, best: 7, waiting: 0, isBest: true),
                // A decrease by exactly tol counts.
                Step(value: 6.5, best: 6.5, waiting: 0, isBest: true),
                // A smaller decrease does not, even if the value is the best so far.
                Step(value: 6.25, best: 6.25, waiting: 1, isBest: true),
                Step(value: 6, best: 6, waiting: 2, isBest: true),
                Step(value: 9, best: 6, waiting: 3, isBest: false),
                Step(value: 6, best: 6, waiting: 4, isBest: false),
                Step(value: 5, best: 5, waiting: 0, isBest: true),
            ])
    }

    @Test func scoreMustIncreaseByTol() {
        check(
            .score, tol: 0.25,
            [
                Step(value: -3, best: -3, waiting: 0, isBest: true),
                Step(value: -2.75, best: -2.75, waiting: 0, isBest: true),
                Step(value: -2.625, best: -2.625, waiting: 1, isBest: true),
                Step(value: -5, best: -2.625, waiting: 2, isBest: false),
                Step(value: 1, best: 1, waiting: 0, isBest: true),
            ])
    }

    @Test func equalLossIsAnImprovementWithoutTolerance() {
        check(
            .loss, tol: 0,
            [
                Step(value: 1, best: 1, waiting: 0, isBest: true),
                Step(value: 1, best: 1, waiting: 0, isBest: false),
                Step(value: 1.5, best: 1, waiting: 1, isBest: false),
            ])
    }

    @Test func onlyTheFirstLossIsAnImprovementWithEnormousTolerance() {
        var progress = PlateauDetector(.loss)
        for epoch in 0..<50 {
            progress.observe(50 - Double(epoch), tol: 1e9)
            #expect(progress.epochsWithoutImprovement == epoch)
        }
    }

    @Test func resetRestartsTheCount() {
        var progress = PlateauDetector(.loss)
        for _ in 0..<4 { progress.observe(1, tol: 0.1) }
        #expect(progress.epochsWithoutImprovement == 3)
        progress.reset()
        #expect(progress.epochsWithoutImprovement == 0)
        #expect(progress.best == 1)
    }

    private func check(_ watched: PlateauDetector.Watched, tol: Double, _ steps: [Step]) {
        var progress = PlateauDetector(watched)
        for (number, step) in steps.enumerated() {
            let isBest = progress.observe(step.value, tol: tol)
            #expect(isBest == step.isBest, "step \(number)")
            #expect(progress.best == step.best, "step \(number)")
            #expect(progress.epochsWithoutImprovement == step.waiting, "step \(number)")
        }
    }
}
