import Testing

@testable import NeuralNetwork

/// The rules of the learning rate, as tables.
@Suite struct LearningRateScheduleTests {
    @Test func constantNeverChanges() {
        var schedule = LearningRateSchedule(.constant, initial: 0.25, powerT: 0.5)
        schedule.epochEnded(samples: 1_000)
        #expect(schedule.rate == 0.25)
        #expect(schedule.plateauReached() == .stop)
        #expect(schedule.rate == 0.25)
    }

    /// The number of samples, `powerT`, and the rate for an initial rate of 0.5.
    static let scaledRates: [(Int, Double, Double)] = [
        (0, 0.5, 0.5), (3, 0.5, 0.25), (99, 0.5, 0.05), (99, 1, 0.005), (99, 0, 0.5), (15, 0.25, 0.25),
        (8, 2, 0.5 / 81),
    ]

    @Test(arguments: scaledRates)
    func invscalingDecreasesWithTheSamples(samples: Int, powerT: Double, rate: Double) {
        var schedule = LearningRateSchedule(.invscaling, initial: 0.5, powerT: powerT)
        schedule.epochEnded(samples: samples)
        #expect(abs(schedule.rate - rate) <= 1e-15)
        #expect(schedule.plateauReached() == .stop)
    }

    @Test func invscalingAlwaysStartsFromTheInitialRate() {
        var schedule = LearningRateSchedule(.invscaling, initial: 1, powerT: 0.5)
        schedule.epochEnded(samples: 3)
        schedule.epochEnded(samples: 3)
        #expect(schedule.rate == 0.5)
    }

    @Test func adaptiveDividesByFiveUntilTheLimit() {
        var schedule = LearningRateSchedule(.adaptive, initial: 1e-4, powerT: 0.5)
        schedule.epochEnded(samples: 1_000)
        #expect(schedule.rate == 1e-4)
        // 10⁻⁴ → 2·10⁻⁵ → 4·10⁻⁶ → 8·10⁻⁷, which is below 10⁻⁶.
        for expected in [2e-5, 4e-6, 8e-7] {
            guard case .continue(let rate) = schedule.plateauReached() else {
                Issue.record("stopped before \(expected)")
                return
            }
            #expect(rate == schedule.rate)
            #expect(abs(rate - expected) <= 1e-15 * expected * 10)
        }
        let last = schedule.rate
        #expect(schedule.plateauReached() == .stopRateTooSmall)
        #expect(schedule.rate == last)
    }

    @Test func adaptiveStopsAtExactlyTheLimit() {
        var schedule = LearningRateSchedule(.adaptive, initial: 1e-6, powerT: 0.5)
        #expect(schedule.plateauReached() == .stopRateTooSmall)
    }
}
