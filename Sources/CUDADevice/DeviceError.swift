/// Why training on a device is not possible: one sentence with the driver's reason and, where there is one, the remedy.
public struct DeviceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One sentence with the reason and the remedy.
    public let description: String

    init(_ description: String) { self.description = description }
}
