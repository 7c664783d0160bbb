public import LinearAlgebra

/// A table or a list with one row or element per sample, from which samples are selected by index.
public protocol Samples {
    /// The number of samples.
    var sampleCount: Int { get }

    /// The samples at the given indices, in the given order.
    ///
    /// - Precondition: every index is in `0 ..< sampleCount`.
    func selectingSamples(_ indices: [Int]) -> Self
}

extension Matrix: Samples {
    /// The number of rows.
    public var sampleCount: Int { rows }

    /// The rows at the given indices, in the given order.
    public func selectingSamples(_ indices: [Int]) -> Matrix { selectingRows(indices) }
}

extension Array: Samples {
    /// The number of elements.
    public var sampleCount: Int { count }

    /// The elements at the given indices, in the given order.
    public func selectingSamples(_ indices: [Int]) -> [Element] { indices.map { self[$0] } }
}
