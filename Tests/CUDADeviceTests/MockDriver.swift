import Foundation
import Testing

@testable import CUDADevice

/// A driver for machines without a card, with the kernels compiled as C. It is built once, by `Mock/build.sh`.
///
/// It has one state, so that tests which use it run one after another.
enum MockDriver {
    /// The library; a failure to build it is an error of every test.
    static let path: String = {
        if let path = ProcessInfo.processInfo.environment["SWIFT_MLP_CUDA_MOCK"] { return path }
        do {
            let folder = FileManager.default.temporaryDirectory.appending(path: "mock-driver-\(UUID().uuidString)")
            try build(in: folder, [])
            return folder.appending(path: "libcuda.so.1").path
        } catch {
            fatalError("the mock driver cannot be built: \(error)")
        }
    }()

    /// Builds the driver in a folder.
    ///
    /// - Parameter arguments: options of the C compiler.
    static func build(in folder: URL, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments =
            ["\(URL(filePath: #filePath).deletingLastPathComponent().path)/Mock/build.sh", folder.path] + arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("Mock/build.sh ends with \(process.terminationStatus)")
        }
    }

    /// Builds the driver with other options of the C compiler, beside the same kernels.
    ///
    /// - Returns: the path of the library.
    static func variant(_ option: String) throws -> String {
        let kernels = URL(filePath: path).deletingLastPathComponent().appending(path: "libcuda-kernels.so")
        let folder = FileManager.default.temporaryDirectory.appending(path: "mock-driver-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "libcuda-kernels.so"), withDestinationURL: kernels)
        try build(in: folder, [option])
        return folder.appending(path: "libcuda.so.1").path
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    private static func function<Function>(_ name: String, as _: Function.Type = Function.self) -> Function {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL), let address = dlsym(library, name) else {
            fatalError("the mock driver has no \(name)")
        }
        return unsafeBitCast(address, to: Function.self)
    }

    /// Makes this the driver of the process, and forgets all settings and counts.
    static func reset() {
        setenv(Driver.pathVariable, path, 1)
        // What other threads of the last test still hold is about to be released.
        for _ in 0..<1000 where count("live") > 0 { usleep(1000) }
        let reset: @convention(c) () -> Void = function("mock_reset")
        reset()
    }

    /// Sets how the driver behaves; `Mock/driver.h` lists the names.
    static func set(_ name: String, _ value: Int) {
        let set: @convention(c) (UnsafePointer<CChar>, CLong) -> Void = function("mock_set")
        set(name, value)
    }

    /// Makes a call of an entry point fail: the `call`-th, from 1.
    static func fail(_ entryPoint: String, call: Int, error: Int) {
        let fail: @convention(c) (UnsafePointer<CChar>, CInt, CInt) -> Void = function("mock_fail")
        fail(entryPoint, CInt(call), CInt(error))
    }

    /// Returns a count; `Mock/driver.h` lists the names.
    static func count(_ name: String) -> Int {
        let get: @convention(c) (UnsafePointer<CChar>) -> CLong = function("mock_get")
        return get(name)
    }

    /// Returns the number of calls of an entry point.
    static func calls(_ entryPoint: String) -> Int {
        let calls: @convention(c) (UnsafePointer<CChar>) -> CInt = function("mock_calls")
        return Int(calls(entryPoint))
    }

    /// The entry points whose calls can fail.
    static let entryPoints = [
        "cuInit", "cuDeviceGetCount", "cuDeviceGet", "cuDeviceGetName", "cuDeviceGetAttribute",
        "cuDevicePrimaryCtxRetain",
        "cuDevicePrimaryCtxRelease_v2", "cuCtxPushCurrent_v2", "cuCtxPopCurrent_v2", "cuModuleLoadData",
        "cuModuleUnload",
        "cuModuleGetFunction", "cuMemGetInfo_v2", "cuMemAlloc_v2", "cuMemFree_v2", "cuMemcpyHtoDAsync_v2",
        "cuMemcpyDtoHAsync_v2", "cuMemsetD8Async", "cuStreamCreate", "cuStreamDestroy_v2", "cuStreamSynchronize",
        "cuLaunchKernel", "cuStreamBeginCapture_v2", "cuStreamEndCapture", "cuGraphInstantiateWithFlags",
        "cuGraphLaunch",
        "cuGraphExecDestroy", "cuGraphDestroy",
    ]
}
