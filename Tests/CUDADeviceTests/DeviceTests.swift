import Estimators
import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

@testable import CUDADevice

/// The mock driver has one state, so that all tests of this module run one after another.
@Suite(.serialized) struct CUDADeviceTests {}

extension CUDADeviceTests {
    /// What a user asks for, and what a driver can lack.
    @Suite struct DeviceTests {
        init() { MockDriver.reset() }

        @Test func devicesHaveNames() {
            #expect("\(Device.gpu)" == ".gpu")
            #expect("\(Device.gpu(0))" == ".gpu")
            #expect("\(Device.gpu(1))" == ".gpu(1)")
            #expect(Device.gpu == .gpu(0))
            #expect(Device.gpu != .gpu(1))
            #expect(Device.gpu != .cpu)
        }

        @Test func gpusListsTheCards() {
            #expect(Device.gpus == [.gpu, .gpu(1)])
            MockDriver.set("cards", 0)
            #expect(Device.gpus == [])
            setenv(Driver.pathVariable, "/nowhere/libcuda.so.1", 1)
            #expect(Device.gpus == [])
        }

        @Test(arguments: [0, 1]) func everyCardTrains(_ index: Int) throws {
            let model = try Sample.classifier(on: .gpu(index)).fitted(Sample.x, Sample.classes)
            #expect(model.report?.device == "\(Card.name(index)) (Mock Card \(index))")
            #expect(MockDriver.count("launches") > 0)
        }

        // MARK: What cannot be used

        /// Expects an error with some words, and a model that has not changed.
        private func expectError(
            _ words: String, on device: Device = .gpu, sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            do {
                var model = try Sample.classifier(on: .cpu).fitted(Sample.x, Sample.classes)
                let before = model.fitted
                model.device = device
                let error = #expect(throws: DeviceError.self, sourceLocation: sourceLocation) {
                    try model.fit(Sample.x, Sample.classes)
                }
                let text = error?.description ?? "no error"
                #expect(text.contains(words), sourceLocation: sourceLocation)
                #expect(model.fitted == before, sourceLocation: sourceLocation)
            }
            #expect(MockDriver.count("blocks") + MockDriver.count("streams") == 0, sourceLocation: sourceLocation)
        }

        @Test func withoutADriver() throws {
            setenv(Driver.pathVariable, "/nowhere/libcuda.so.1", 1)
            try expectError(
                "device .gpu needs the driver of an NVIDIA card, but its library cannot be opened: /nowhere/libcuda.so.1: "
            )
        }

        @Test func withoutACard() throws {
            // A driver that the process has opened before counts its cards again.
            #expect(Device.gpus.count == 2)
            MockDriver.set("cards", 0)
            try expectError("device .gpu is not there: the driver finds no card.")
        }

        @Test func withoutThatCard() throws {
            try expectError("device .gpu(7) is not there: the driver finds 2, .gpu(0) to .gpu(1).", on: .gpu(7))
            MockDriver.set("cards", 1)
            try expectError("device .gpu(1) is not there: the driver finds one, .gpu.", on: .gpu(1))
            try expectError("device .gpu(-1) is not there", on: .gpu(-1))
        }

        @Test func withAnOldCard() throws {
            MockDriver.set("architecture", 75)
            try expectError("needs a card of compute capability 8.0 or later, but Mock Card 0 has 7.5.")
        }

        private func train() throws { _ = try Sample.classifier(on: .gpu).fitted(Sample.x, Sample.classes) }

        /// The memory is asked for before anything is allocated, and one byte decides.
        @Test func withoutMemory() throws {
            try train()
            let needed = MockDriver.count("peak_bytes")
            MockDriver.reset()
            MockDriver.set("memory", needed - 1)
            try expectError("of the memory of device .gpu, but ")
            #expect(MockDriver.count("allocations") == 0)
            MockDriver.reset()
            MockDriver.set("memory", needed)
            try train()
        }

        @Test func withAnOldDriver() throws {
            setenv(Driver.pathVariable, try MockDriver.variant("-DDEFAULT_VERSION=11040"), 1)
            try expectError(
                "device .gpu needs a newer driver: this one is for CUDA 11.4; install version 515 or later.")
        }

        /// A name that the C compiler gives another one is not in the library.
        @Test(arguments: ["cuInit", "cuMemAlloc_v2", "cuLaunchKernel"])
        func withoutAnEntryPoint(_ name: String) throws {
            let folder = try MockDriver.variant("-D\(name)=absent")
            setenv(Driver.pathVariable, folder, 1)
            try expectError("has no function \(name); install version 515 or later.")
        }

        @Test func withoutACardFromTheStart() throws {
            setenv(Driver.pathVariable, try MockDriver.variant("-DDEFAULT_CARDS=0"), 1)
            try expectError("no CUDA-capable device is detected (CUDA_ERROR_NO_DEVICE).")
        }

        /// Without graphs, steps are launched one after another, with the same bits.
        @Test func withoutGraphs() throws {
            let expected = try Sample.classifier(on: .gpu).fitted(Sample.x, Sample.classes)
            setenv(Driver.pathVariable, try MockDriver.variant("-DcuStreamBeginCapture_v2=absent"), 1)
            let model = try Sample.classifier(on: .gpu).fitted(Sample.x, Sample.classes)
            #expect(model.fitted == expected.fitted)
        }

        // MARK: What it does not do

        @Test func sparseFeaturesAreRejected() throws {
            var model = Sample.classifier(on: .gpu)
            let error = #expect(throws: EstimatorError.self) {
                try model.fit(SparseMatrix(Sample.x), Sample.classes)
            }
            #expect(
                error?.description
                    == "sparse x on device .gpu: train with device .cpu, or pass x.dense; it is not supported yet.")
        }

        #if os(Linux) && compiler(>=6.2)
            /// The libraries that this process has opened.
            private static func maps() throws -> String {
                let file = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
                return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
            }

            @Test func nothingIsOpenedBeforeAGPUIsUsed() async throws {
                let path = MockDriver.path
                await #expect(processExitsWith: .success) { [path = path as String] in
                    setenv("SWIFT_MLP_CUDA", path, 1)
                    var model = try Sample.classifier(on: .cpu).fitted(Sample.x, Sample.classes)
                    model.device = .gpu
                    let before = try Self.maps()
                    try model.fit(Sample.x, Sample.classes)
                    let after = try Self.maps()
                    if before.contains("libcuda") { exit(2) }
                    if !after.contains("libcuda") { exit(3) }
                }
            }
        #endif
    }
}
