import ModelFiles

/// A number that every format can store: NaN and infinities, which JSON does not support, are stored as text.
@propertyWrapper
struct StoredNumber: Codable, Equatable, Sendable {
    var wrappedValue: Double

    init(wrappedValue: Double) { self.wrappedValue = wrappedValue }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            wrappedValue = number
            return
        }
        switch try container.decode(String.self) {
        case "nan": wrappedValue = .nan
        case "inf": wrappedValue = .infinity
        case "-inf": wrappedValue = -.infinity
        case let text:
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a number stored as text must be nan, inf or -inf, but is \(text).")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if wrappedValue.isFinite {
            try container.encode(wrappedValue)
        } else {
            try container.encode(wrappedValue.isNaN ? "nan" : wrappedValue > 0 ? "inf" : "-inf")
        }
    }
}
