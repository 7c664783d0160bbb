import LinearAlgebra
import Synchronization

/// A GPU with a context and the kernels that are loaded into it.
///
/// Opening one takes up to a second. A card is shared while anything refers to it, such as the device of an estimator, and
/// is closed afterwards.
final class Card: Sendable {
    let driver: Driver
    let ordinal: Int
    /// The driver's name for the model of the card.
    let model: String
    /// The shared memory that a block of threads can have, in bytes.
    let sharedBytes: Int
    /// The small networks that train on the card.
    let fitGroups = FitGroups()
    private let number: CInt
    private let context: Handle
    private let modules = Locked<[KernelImage: Handle]>([:])
    private let failed = Atomic(false)

    /// Opens a card.
    ///
    /// - Throws: `DeviceError` if there is no such card, or it cannot be used.
    init(_ ordinal: Int, of driver: Driver) throws {
        let name = Card.name(ordinal)
        let count = try driver.countCards()
        guard (0..<count).contains(ordinal) else {
            let found = count == 1 ? "one, .gpu" : "\(count), .gpu(0) to .gpu(\(count - 1))"
            throw DeviceError(
                "device .\(name) is not there: the driver finds " + (count == 0 ? "no card." : "\(found)."))
        }
        func check(_ status: Driver.Status) throws { try driver.check(status, "device .\(name) cannot be used") }
        var number: CInt = 0
        try check(driver.card(&number, CInt(ordinal)))
        model = try driver.model(of: number)
        sharedBytes = try driver.checkArchitecture(of: number, model: model)
        var context: Driver.Handle?
        try check(driver.retainContext(&context, number))
        guard let context else { throw DeviceError("device .\(name) cannot be used: the driver gives no context.") }
        (self.driver, self.ordinal, self.number, self.context) = (driver, ordinal, number, Handle(context))
    }

    deinit {
        let modules = modules.withLock { $0 }
        release { for module in modules.values { _ = driver.unloadModule(module.pointer) } }
        _ = driver.releaseContext(number)
    }

    /// How an estimator names a card: `gpu`, `gpu(1)`.
    static func name(_ ordinal: Int) -> String { ordinal == 0 ? "gpu" : "gpu(\(ordinal))" }

    var name: String { Card.name(ordinal) }

    // MARK: Context

    /// Calls `body` with the card's context as that of this thread.
    func use<Result>(_ body: () throws -> Result) throws -> Result {
        try driver.check(driver.pushContext(context.pointer), "device .\(name) cannot be used")
        defer {
            var previous: Driver.Handle?
            _ = driver.popContext(&previous)
        }
        return try body()
    }

    /// Calls `body`, which releases something. A context that has failed releases everything when it is closed.
    func release(_ body: () -> Void) { try? use(body) }

    /// The free and the total memory of the card, in bytes. Needs the context.
    func memory() throws -> (free: Int, total: Int) {
        var (free, total) = (0, 0)
        try driver.check(driver.memory(&free, &total), "the memory of device .\(name) is unknown")
        return (free, total)
    }

    /// Throws if a run does not fit. Needs the context.
    func requireMemory(_ bytes: Int) throws {
        let (free, total) = try memory()
        guard bytes > free else { return }
        throw DeviceError(
            "training needs \(ByteCount(bytes)) of the memory of device .\(name), but \(ByteCount(free)) of "
                + "\(ByteCount(total)) are free: choose a smaller batchSize or smaller hiddenLayerSizes, or train with "
                + "device .cpu.")
    }

    // MARK: Kernels

    /// Returns a kernel. Its image is loaded with the first one. Needs the context.
    ///
    /// - Throws: `DeviceError` if the driver rejects the image, or there is no such kernel.
    func kernel(_ name: String, of image: KernelImage) throws -> Kernel {
        let module = try modules.withLock { modules in
            if let module = modules[image] { return module }
            var module: Driver.Handle?
            try driver.check(
                driver.loadModule(&module, image.bytes),
                "the kernels cannot be loaded on device .\(self.name) (\(model))")
            guard let module else { throw DeviceError("the driver of device .\(self.name) gives no module.") }
            modules[image] = Handle(module)
            return Handle(module)
        }
        var kernel: Driver.Handle?
        try driver.check(driver.function(&kernel, module.pointer, name), "there is no kernel \(name)")
        guard let kernel else { throw DeviceError("there is no kernel \(name).") }
        return Kernel(handle: Handle(kernel))
    }

    /// Allows a kernel more shared memory than 48 kB. Needs the context.
    func allow(_ kernel: Kernel, sharedBytes: Int) throws {
        // CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES.
        try driver.check(
            driver.setFunctionAttribute(kernel.handle.pointer, 8, CInt(sharedBytes)),
            "a kernel has no shared memory of \(ByteCount(sharedBytes))")
    }

    // MARK: Failure

    /// Whether no call has failed. After an error, a context may answer no further call; later users open another one.
    var isUsable: Bool { !failed.load(ordering: .relaxed) }

    /// Notes that a call has failed.
    func fail() { failed.store(true, ordering: .relaxed) }
}

/// A pointer of the driver's, which any thread may pass on.
struct Handle: @unchecked Sendable {
    let pointer: Driver.Handle
    init(_ pointer: Driver.Handle) { self.pointer = pointer }
}

/// A function that runs on a card. The card must outlive it.
struct Kernel: Sendable {
    let handle: Handle
}

extension Driver {
    /// The number of cards.
    ///
    /// - Throws: `DeviceError` with the driver's reason.
    func countCards() throws -> Int {
        var count: CInt = 0
        try check(cardCount(&count), "the cards cannot be counted")
        return Int(count)
    }

    /// The driver's name for the model of a card.
    fileprivate func model(of card: CInt) throws -> String {
        var name = [CChar](repeating: 0, count: 256)
        try check(cardName(&name, CInt(name.count), card), "the model of a card is unknown")
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Throws if a card is older than the kernels: they need compute capability 8.0, of 2020.
    ///
    /// - Returns: the shared memory that a block of threads can have.
    fileprivate func checkArchitecture(of card: CInt, model: String) throws -> Int {
        func attribute(_ number: CInt) throws -> CInt {
            var value: CInt = 0
            try check(cardAttribute(&value, number, card), "the compute capability of \(model) is unknown")
            return value
        }
        // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR.
        let (major, minor) = (try attribute(75), try attribute(76))
        guard major >= 8 else {
            throw DeviceError(
                "device .gpu needs a card of compute capability 8.0 or later, but \(model) has \(major).\(minor).")
        }
        // CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN.
        return Int(try attribute(97))
    }
}

// MARK: - Sharing

extension Card {
    private struct Weak {
        weak var card: Card?
    }

    private static let open = Locked<[Int: Weak]>([:])

    /// Returns a card of this machine. It is opened unless it is in use.
    ///
    /// - Throws: `DeviceError` with the reason.
    static func shared(_ ordinal: Int) throws -> Card {
        try open.withLock { open in
            if let card = open[ordinal]?.card, card.isUsable { return card }
            let card = try Card(ordinal, of: .shared())
            open[ordinal] = Weak(card: card)
            return card
        }
    }
}
