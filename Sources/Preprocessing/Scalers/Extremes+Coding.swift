import Estimators
import ModelFiles

extension KeyedEncodingContainer {
    /// Encodes the least and the greatest values of all features as two tensors; NaN where there are none.
    mutating func encode(_ extremes: [Extremes], minimum: Key, maximum: Key) throws {
        try encode(Tensor(extremes.map(\.minimum)), forKey: minimum)
        try encode(Tensor(extremes.map(\.maximum)), forKey: maximum)
    }
}

extension KeyedDecodingContainer {
    /// Decodes what ``KeyedEncodingContainer/encode(_:minimum:maximum:)`` has encoded.
    ///
    /// - Throws: `DecodingError` for extremes that no data can have.
    func decodeExtremes(minimum: Key, maximum: Key) throws -> [Extremes] {
        let minima = try decodeOptionals(forKey: minimum)
        let maxima = try decodeOptionals(forKey: maximum, count: minima.count)
        return try zip(minima, maxima).map { least, greatest in
            let isPossible =
                if let least, let greatest { least <= greatest && least.isFinite && greatest.isFinite } else {
                    least == nil && greatest == nil
                }
            try require(
                isPossible, maximum, "must have finite numbers that are not below those of \(minimum.stringValue)")
            return Extremes(minimum: least, maximum: greatest)
        }
    }
}
