/// Where a network is trained: on this machine's processors, or on a device that another module provides.
///
/// ```swift
/// mlp.device = .cpu
/// ```
///
/// The device changes neither parameters nor results beyond rounding. It is not stored in model files: a model that was
/// trained on one device loads anywhere. Predictions are always computed by the processors.
public struct Device: Sendable {
    /// The name in reports, such as `cpu`.
    public let name: String

    /// Makes the device's engines; nil for the processors.
    package let engines: (any EngineFactory)?

    /// Creates a device with engines of its own.
    package init(name: String, engines: any EngineFactory) {
        self.name = name
        self.engines = engines
    }

    /// The name in the report of a run that has ended.
    var reportedName: String { engines?.reportedName ?? name }

    private init() {
        name = "cpu"
        engines = nil
    }

    /// This machine's processors.
    public static let cpu = Device()
}

extension Device: Equatable {
    /// Whether two devices have the same name.
    public static func == (first: Device, second: Device) -> Bool { first.name == second.name }
}

extension Device: CustomStringConvertible {
    /// The device as it is written in code: `.cpu`.
    public var description: String { ".\(name)" }
}
