/// A block of a card's memory. It is freed with the object, also after an error.
final class DeviceMemory {
    let address: Driver.Address
    let byteCount: Int
    private let card: Card

    /// Allocates a block, which is not initialized. Needs the card's context.
    ///
    /// - Throws: `DeviceError` with the driver's reason.
    init(byteCount: Int, on card: Card) throws {
        self.card = card
        var address: Driver.Address = 0
        try card.driver.check(
            card.driver.allocate(&address, max(1, byteCount)),
            "device .\(card.name) has no memory of \(ByteCount(byteCount))")
        (self.address, self.byteCount) = (address, byteCount)
    }

    deinit { card.release { _ = card.driver.free(address) } }
}

/// An array in a card's memory. It does not own the memory.
struct DeviceArray<Element> {
    let address: Driver.Address
    let count: Int

    /// The elements from an index on.
    func advanced(by index: Int) -> DeviceArray {
        DeviceArray(address: address + UInt64(index * MemoryLayout<Element>.stride), count: count - index)
    }
}

/// Divides a block into arrays. With the address 0, it computes how large the block has to be.
struct DeviceMemoryDivider {
    private let start: Driver.Address
    private var end: Driver.Address

    init(from start: Driver.Address = 0) { (self.start, end) = (start, start) }

    var byteCount: Int { Int(end - start) }

    /// Returns the next array. Each begins at a multiple of 256 bytes, as allocations of the driver do.
    mutating func array<Element>(_ count: Int, of _: Element.Type = Element.self) -> DeviceArray<Element> {
        defer { end += UInt64((count * MemoryLayout<Element>.stride + 255) / 256 * 256) }
        return DeviceArray(address: end, count: count)
    }
}

/// A number of bytes, in a unit that suits its size.
struct ByteCount: CustomStringConvertible {
    private let bytes: Double
    init(_ bytes: Int) { self.bytes = Double(bytes) }

    var description: String {
        let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
        guard let (size, unit) = units.first(where: { bytes >= $0.0 }) else { return "\(Int(bytes)) bytes" }
        return "\((bytes / size * 10).rounded() / 10) \(unit)"
    }
}
