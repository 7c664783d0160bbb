/// The device that trains a network: this machine's processors, or a device that another module provides.
///
/// ```swift
/// mlp.device = .cpu
/// ```
///
/// The parameters are the same for every device, and results differ only by rounding. Model files do not store the
/// device: a model that was trained on one device loads anywhere. Predictions are always computed by the processors.
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
