public import LinearAlgebra
public import Preprocessing

/// Something that learns from columns of words how to make numbers of them.
public protocol WordEncoder: Sendable {
    /// Learns from samples × columns, forgetting what was learned before; nil is a missing word.
    ///
    /// - Throws: `EstimatorError` for words that cannot be used; the encoder is unchanged then.
    mutating func fit(_ x: Matrix<String?>) throws

    /// The numbers for every row of `x`.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for words that cannot be used.
    func transform(_ x: Matrix<String?>) throws -> Matrix<Double>
}

extension OneHotEncoder: WordEncoder where Value == String? {}
extension OrdinalEncoder: WordEncoder where Value == String? {}
