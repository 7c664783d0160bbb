import Foundation
import LinearAlgebra
import NeuralNetwork
import NumPyRandom
import Tables
import TestSupport
import Testing

@testable import TabularNetworks

/// Compares RealMLP with pytabkit's layers, preprocessing and schedules and PyTorch's Adam.
@Suite struct RealMLPTests {
    struct Fixture: Decodable {
        let steps: Int
        let cases: [Case]
        let schedules: [String: [Double]]
    }

    struct Case: Decodable {
        let task: String
        let outputs: Int
        let rate: Double
        let smoothing: Double
        let hidden: [Int]
        let numbers: [[Double]]
        let two: [Int]
        let four: [Int]
        let ten: [Int]
        let targets: [Double]
        let scaledNumbers: [Double]
        let scaledIndicators: [Double]
        let before: [Double]
        let after: [Double]
        let outputsBefore: [Double]
        let lossBefore: Double
    }

    let fixture: Fixture

    init() throws { fixture = try TestSupport.fixture("real_mlp", in: .module) }

    private func settings(_ test: Case) -> TabularSettings {
        var settings = TabularSettings.realMLP
        settings.hiddenLayerSizes = test.hidden
        settings.maxIter = fixture.steps
        settings.batchSize = test.two.count
        settings.dropout = 0
        settings.labelSmoothing = test.smoothing
        return settings
    }

    private func table(_ test: Case) throws -> Table {
        try Table([
            "a": .numbers(test.numbers[0]), "b": .numbers(test.numbers[1]),
            "two": .strings(test.two.map { "\($0)" }), "four": .strings(test.four.map { "\($0)" }),
            "ten": .strings(test.ten.map { "\($0)" }),
        ])
    }

    private func expectClose<Scalar: BinaryFloatingPoint>(_ ours: [Scalar], _ theirs: [Double], _ tolerance: Double) {
        #expect(ours.count == theirs.count)
        let error = zip(ours, theirs).map { abs(Double($0) - $1) / max(1, abs($1)) }.max { $1.isNaN || $0 < $1 } ?? 0
        #expect(error <= tolerance, "largest error \(error)")
    }

    private func check<Scalar: MatrixScalar & Codable>(
        _ test: Case, as type: Scalar.Type, encoding: Double, outputs: Double, after: Double
    ) throws {
        let settings = settings(test)
        let encoder = try TableEncoder(try table(test), settings: settings)
        let encoded: EncodedTable<Scalar> = try encoder.encode(try table(test))
        expectClose(encoded.numbers, test.scaledNumbers, encoding)
        expectClose(encoded.indicators, test.scaledIndicators, encoding)

        let task = test.task == "classes" ? TabularTask.classes(test.outputs) : .numbers(test.outputs)
        let network = TabularNetwork(encoder.shape, task: task, settings: settings)
        #expect(network.learningRate == test.rate)
        let parameters = test.before.map { Scalar($0) }
        expectClose(network.outputs(of: encoded, parameters: parameters), test.outputsBefore, outputs)

        let samples = TabularSamples(table: encoded, targets: test.targets.map { Scalar($0) }, weights: nil)
        var state = MemberState(
            network, samples: samples, order: Array(0..<encoded.rows), random: RandomState(seed: 0))
        #expect(state.parameters.count == parameters.count)
        state.parameters = parameters
        let trainer = try MemberTrainer(state, of: network, samples: samples, validation: nil, settings: settings)
        for epoch in 0..<fixture.steps {
            try trainer.trainEpoch()
            if epoch == 0 { expectClose([trainer.state.loss], [test.lossBefore], outputs) }
        }
        #expect(trainer.isFinished)
        expectClose(try trainer.currentState().parameters, test.after, after)
    }

    @Test func doublePrecisionEqualsPytabkit() throws {
        for test in fixture.cases { try check(test, as: Double.self, encoding: 1e-12, outputs: 1e-10, after: 1e-10) }
    }

    /// Adam divides by the root of tiny moments, so that rounding grows from step to step; the components do not.
    @Test func singlePrecisionEqualsPytabkit() throws {
        for test in fixture.cases { try check(test, as: Float.self, encoding: 1e-6, outputs: 2e-6, after: 1e-3) }
    }

    @Test func schedulesEqualPytabkit() throws {
        for (name, schedule) in ["coslog4": Schedule.cosineLog(), "flat_cos": .flatCosine()] {
            let theirs = try #require(fixture.schedules[name])
            expectClose(theirs.indices.map { schedule.factor($0, of: 40) }, theirs, 1e-12)
        }
    }
}
