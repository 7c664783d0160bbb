import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The functions of the CUDA driver API that training needs.
///
/// The driver's library is opened at run time, when a GPU is first used: programs build without CUDA's headers, link
/// nothing of it, and run on machines without a driver.
final class Driver: Sendable {
    typealias Status = CInt
    /// A context, module, function, stream or graph.
    typealias Handle = OpaquePointer
    /// An address in the memory of a GPU.
    typealias Address = UInt64

    let initialize: @convention(c) @Sendable (_ flags: CUnsignedInt) -> Status
    let version: @convention(c) @Sendable (UnsafeMutablePointer<CInt>) -> Status
    let errorName: @convention(c) @Sendable (Status, UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Status
    let errorText: @convention(c) @Sendable (Status, UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Status

    let cardCount: @convention(c) @Sendable (UnsafeMutablePointer<CInt>) -> Status
    let card: @convention(c) @Sendable (UnsafeMutablePointer<CInt>, _ ordinal: CInt) -> Status
    let cardName: @convention(c) @Sendable (UnsafeMutablePointer<CChar>, _ length: CInt, _ card: CInt) -> Status
    let cardAttribute: @convention(c) @Sendable (UnsafeMutablePointer<CInt>, _ attribute: CInt, _ card: CInt) -> Status

    let retainContext: @convention(c) @Sendable (UnsafeMutablePointer<Handle?>, _ card: CInt) -> Status
    let releaseContext: @convention(c) @Sendable (_ card: CInt) -> Status
    let pushContext: @convention(c) @Sendable (Handle?) -> Status
    let popContext: @convention(c) @Sendable (UnsafeMutablePointer<Handle?>) -> Status

    let loadModule: @convention(c) @Sendable (UnsafeMutablePointer<Handle?>, _ image: UnsafeRawPointer) -> Status
    let unloadModule: @convention(c) @Sendable (Handle?) -> Status
    let function:
        @convention(c) @Sendable (UnsafeMutablePointer<Handle?>, _ module: Handle?, UnsafePointer<CChar>) -> Status

    let setFunctionAttribute: @convention(c) @Sendable (Handle?, _ attribute: CInt, _ value: CInt) -> Status

    let memory:
        @convention(c) @Sendable (_ free: UnsafeMutablePointer<Int>, _ total: UnsafeMutablePointer<Int>) -> Status
    let allocate: @convention(c) @Sendable (UnsafeMutablePointer<Address>, _ bytes: Int) -> Status
    let free: @convention(c) @Sendable (Address) -> Status
    let upload: @convention(c) @Sendable (Address, UnsafeRawPointer, _ bytes: Int, _ stream: Handle?) -> Status
    let download: @convention(c) @Sendable (UnsafeMutableRawPointer, Address, _ bytes: Int, _ stream: Handle?) -> Status
    let fill: @convention(c) @Sendable (Address, _ byte: UInt8, _ bytes: Int, _ stream: Handle?) -> Status

    let createStream: @convention(c) @Sendable (UnsafeMutablePointer<Handle?>, _ flags: CUnsignedInt) -> Status
    let destroyStream: @convention(c) @Sendable (Handle?) -> Status
    let synchronize: @convention(c) @Sendable (_ stream: Handle?) -> Status
    let launch:
        @convention(c) @Sendable (
            _ function: Handle?, CUnsignedInt, CUnsignedInt, CUnsignedInt, CUnsignedInt, CUnsignedInt, CUnsignedInt,
            _ sharedBytes: CUnsignedInt, _ stream: Handle?, UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
            UnsafeMutablePointer<UnsafeMutableRawPointer?>?
        ) -> Status

    /// The functions of graphs; nil for a driver without them.
    let graphs: Graphs?

    /// The functions that record launches as a graph and replay it.
    struct Graphs: Sendable {
        let beginCapture: @convention(c) @Sendable (_ stream: Handle?, _ mode: CInt) -> Status
        let endCapture: @convention(c) @Sendable (_ stream: Handle?, UnsafeMutablePointer<Handle?>) -> Status
        let instantiate: @convention(c) @Sendable (UnsafeMutablePointer<Handle?>, _ graph: Handle?, UInt64) -> Status
        let launch: @convention(c) @Sendable (_ executable: Handle?, _ stream: Handle?) -> Status
        let destroyExecutable: @convention(c) @Sendable (Handle?) -> Status
        let destroy: @convention(c) @Sendable (Handle?) -> Status
    }

    /// Opens the library and starts the driver.
    ///
    /// - Parameter path: the file or name of the library.
    /// - Throws: `DeviceError` with the reason.
    init(opening path: String) throws {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            let reason = dlerror().map { ": \(String(cString: $0))" } ?? ""
            throw DeviceError(
                "device .gpu needs the driver of an NVIDIA card, but its library cannot be opened\(reason); install the "
                    + "driver, or train with device .cpu.")
        }
        func optional<Function>(_ name: String, as _: Function.Type = Function.self) -> Function? {
            dlsym(library, name).map { unsafeBitCast($0, to: Function.self) }
        }
        func function<Function>(_ name: String, as _: Function.Type = Function.self) throws -> Function {
            guard let function: Function = optional(name) else {
                throw DeviceError(
                    "device .gpu needs a newer driver: \(path) has no function \(name); install version 515 or later.")
            }
            return function
        }
        initialize = try function("cuInit")
        version = try function("cuDriverGetVersion")
        errorName = try function("cuGetErrorName")
        errorText = try function("cuGetErrorString")
        cardCount = try function("cuDeviceGetCount")
        card = try function("cuDeviceGet")
        cardName = try function("cuDeviceGetName")
        cardAttribute = try function("cuDeviceGetAttribute")
        retainContext = try function("cuDevicePrimaryCtxRetain")
        releaseContext = try function("cuDevicePrimaryCtxRelease_v2")
        pushContext = try function("cuCtxPushCurrent_v2")
        popContext = try function("cuCtxPopCurrent_v2")
        loadModule = try function("cuModuleLoadData")
        unloadModule = try function("cuModuleUnload")
        self.function = try function("cuModuleGetFunction")
        setFunctionAttribute = try function("cuFuncSetAttribute")
        memory = try function("cuMemGetInfo_v2")
        allocate = try function("cuMemAlloc_v2")
        free = try function("cuMemFree_v2")
        upload = try function("cuMemcpyHtoDAsync_v2")
        download = try function("cuMemcpyDtoHAsync_v2")
        fill = try function("cuMemsetD8Async")
        createStream = try function("cuStreamCreate")
        destroyStream = try function("cuStreamDestroy_v2")
        synchronize = try function("cuStreamSynchronize")
        launch = try function("cuLaunchKernel")
        if let beginCapture: @convention(c) @Sendable (Handle?, CInt) -> Status = optional("cuStreamBeginCapture_v2"),
            let endCapture: @convention(c) @Sendable (Handle?, UnsafeMutablePointer<Handle?>) -> Status = optional(
                "cuStreamEndCapture"),
            let instantiate: @convention(c) @Sendable (UnsafeMutablePointer<Handle?>, Handle?, UInt64) -> Status =
                optional("cuGraphInstantiateWithFlags"),
            let launch: @convention(c) @Sendable (Handle?, Handle?) -> Status = optional("cuGraphLaunch"),
            let destroyExecutable: @convention(c) @Sendable (Handle?) -> Status = optional("cuGraphExecDestroy"),
            let destroy: @convention(c) @Sendable (Handle?) -> Status = optional("cuGraphDestroy")
        {
            graphs = Graphs(
                beginCapture: beginCapture, endCapture: endCapture, instantiate: instantiate, launch: launch,
                destroyExecutable: destroyExecutable, destroy: destroy)
        } else {
            graphs = nil
        }
        try check(initialize(0), "device .gpu cannot be used")
        try checkVersion()
    }

    /// Throws if the driver is older than the images: they are PTX of CUDA 11.7.
    private func checkVersion() throws {
        var version: CInt = 0
        try check(self.version(&version), "the version of the driver is unknown")
        guard version >= 11_070 else {
            throw DeviceError(
                "device .gpu needs a newer driver: this one is for CUDA \(version / 1000).\(version % 1000 / 10); install "
                    + "version 515 or later.")
        }
    }

    /// Throws the driver's reason if a call has failed.
    ///
    /// - Parameter failure: what is not possible then, as the beginning of a sentence.
    func check(_ status: Status, _ failure: @autoclosure () -> String) throws {
        if status != 0 { throw DeviceError("\(failure()): \(reason(status)).") }
    }

    /// The driver's text and name for an error.
    private func reason(_ status: Status) -> String {
        func text(_ call: (Status, UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Status) -> String? {
            var text: UnsafePointer<CChar>?
            guard call(status, &text) == 0 else { return nil }
            return text.map { String(cString: $0) }
        }
        return
            "the driver reports \(text(errorText) ?? "an error that it does not know") (\(text(errorName) ?? "\(status)"))"
    }
}

// MARK: - The driver of this machine

extension Driver {
    /// The environment variable with the path of another library, such as one in a container's folder.
    static let pathVariable = "SWIFT_MLP_CUDA"

    private static let opened = Locked<[String: Driver]>([:])

    /// Returns the driver of this machine, which is opened in the first call.
    ///
    /// - Throws: `DeviceError` with the reason. The next call tries again.
    static func shared() throws -> Driver {
        let path = getenv(pathVariable).map { String(cString: $0) } ?? "libcuda.so.1"
        return try opened.withLock { opened in
            if let driver = opened[path] { return driver }
            let driver = try Driver(opening: path)
            opened[path] = driver
            return driver
        }
    }
}
