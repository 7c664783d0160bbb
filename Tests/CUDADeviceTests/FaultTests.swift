import Estimators
import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

@testable import CUDADevice

extension CUDADeviceTests {
    /// Every call of the driver fails once. Each time, training throws the reason or succeeds, the estimator keeps what it
    /// had, and nothing leaks.
    @Suite struct FaultTests {
        init() { MockDriver.reset() }

        /// Functions whose failure does not matter: they release.
        private static let releases: Set = [
            "cuDevicePrimaryCtxRelease_v2", "cuCtxPopCurrent_v2", "cuModuleUnload", "cuMemFree_v2",
            "cuStreamDestroy_v2",
            "cuGraphExecDestroy", "cuGraphDestroy",
        ]

        /// What trains: a network with a solver, or a network for tables.
        enum Subject: CaseIterable, Sendable { case adam, lbfgs, table }

        private enum Learned: Equatable { case network(FittedNetwork<Double>), table(SampleTable.Learned) }

        /// An estimator that validates on the card too.
        private struct Model {
            private let subject: Subject
            private var network = Sample.classifier(on: .gpu)
            private var table = SampleTable.classifier(on: .gpu)

            init(_ subject: Subject) {
                self.subject = subject
                (network.solver, network.maxIter) = (subject == .lbfgs ? .lbfgs : .adam, 2)
                (table.maxIter, table.nEnsemble) = (2, 1)
            }

            var learned: Learned { subject == .table ? .table(SampleTable.Learned(table)) : .network(network.fitted) }

            mutating func fit(onEpoch: OnEpoch = { _ in .continue }) throws {
                if subject == .table {
                    try table.fit(SampleTable.x, SampleTable.classes, onEpoch: onEpoch)
                } else {
                    try network.fit(
                        Sample.x, Sample.classes, validation: (Sample.x, Sample.classes), onEpoch: onEpoch)
                }
            }
        }

        /// Trains with whatever failure is set, and checks what remains.
        ///
        /// - Returns: the error; nil if training succeeded with the same result.
        private func outcome(
            _ subject: Subject, _ expected: Learned, _ comment: Comment
        ) throws -> (any Error)? {
            var thrown: (any Error)?
            do {
                var model = Model(subject)
                let before = model.learned
                do {
                    try model.fit()
                    #expect(model.learned == expected, comment)
                } catch {
                    thrown = error
                    #expect(model.learned == before, comment)
                }
            }
            #expect(MockDriver.count("failures") == 1, comment)
            #expect(MockDriver.count("live") == 0, comment)
            // The next run opens the card again.
            MockDriver.reset()
            var model = Model(subject)
            try model.fit()
            #expect(model.learned == expected, comment)
            return thrown
        }

        /// Returns what training learns, and the calls of each entry point up to its end.
        private func reference(_ subject: Subject) throws -> (learned: Learned, calls: [Int], all: [Int]) {
            func calls() -> [Int] { MockDriver.entryPoints.map { MockDriver.calls($0) } }
            func trained() throws -> (Learned, [Int]) {
                var model = Model(subject)
                var seen: [Int] = []
                try model.fit { _ in
                    seen = calls()
                    return .continue
                }
                return (model.learned, seen)
            }
            let (learned, seen) = try trained()
            return (learned, seen, calls())
        }

        /// Error 2 is one of the call; after error 700, the card is lost.
        @Test(arguments: Subject.allCases, [2, 700]) func everyCallFails(_ subject: Subject, error: Int) throws {
            let (expected, seen, calls) = try reference(subject)
            for (name, (seen, calls)) in zip(MockDriver.entryPoints, zip(seen, calls)) where name != "cuInit" {
                #expect(calls > 0 || (name.hasPrefix("cuMemset") && subject == .lbfgs), "\(name) is never called")
                // Of many equal calls, the first, the last and some between.
                let chosen = Set((0..<12).map { 1 + $0 * max(0, calls - 1) / 11 }).filter { $0 <= calls }
                for call in chosen.sorted() {
                    MockDriver.reset()
                    MockDriver.fail(name, call: call, error: error)
                    let thrown = try outcome(subject, expected, "call \(call) of \(name)")
                    if call > seen || Self.releases.contains(name) {
                        // After the last iteration, or while something is released.
                        #expect(thrown == nil || thrown is DeviceError, "call \(call) of \(name)")
                    } else {
                        let text = (thrown as? DeviceError)?.description ?? "\(thrown.map { "\($0)" } ?? "no error")"
                        let reason =
                            error == 2 ? "out of memory (CUDA_ERROR_OUT_OF_MEMORY)" : "an illegal memory access"
                        #expect(text.contains(reason), "call \(call) of \(name): \(text)")
                    }
                }
            }
        }

        @Test(arguments: [Subject.adam, .table]) func memoryEnds(_ subject: Subject) throws {
            let expected = try reference(subject).learned
            for allocation in 1...MockDriver.count("allocations") {
                MockDriver.reset()
                MockDriver.set("failing_allocation", allocation)
                let thrown = try outcome(subject, expected, "allocation \(allocation)")
                #expect("\(thrown.map { "\($0)" } ?? "no error")".contains("device .gpu has no memory of"))
            }
        }

        /// The card is lost at a launch: in the beginning, in the middle, at the end.
        @Test(arguments: Subject.allCases) func theCardIsLost(_ subject: Subject) throws {
            let expected = try reference(subject).learned
            let launches = MockDriver.count("launches")
            for launch in Set([1, 2, 3, launches / 2, launches - 1, launches]) {
                MockDriver.reset()
                MockDriver.set("losing_launch", launch)
                let thrown = try outcome(subject, expected, "launch \(launch) of \(launches)")
                #expect(
                    "\(thrown.map { "\($0)" } ?? "no error")".contains(
                        "training on device .gpu failed: the driver reports an illegal memory access was encountered "
                            + "(CUDA_ERROR_ILLEGAL_ADDRESS)."))
            }
        }

        /// A divergence is the error of the trainer, not of the card.
        @Test func divergenceIsReported() throws {
            var model = Sample.classifier(on: .gpu)
            (model.solver, model.learningRateInit, model.maxIter) = (.sgd, 1e200, 20)
            #expect(throws: EstimatorError.self) { try model.fit(Sample.x, Sample.classes) }
        }
    }
}
