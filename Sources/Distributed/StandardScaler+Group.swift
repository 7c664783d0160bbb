public import LinearAlgebra
import NeuralNetwork
public import Preprocessing

extension StandardScaler {
    /// Computes the mean and the standard deviation of each column over the rows of all processes of a group.
    ///
    /// ```swift
    /// try scaler.fit(part, across: group)
    /// let scaled = try scaler.transform(part)
    /// ```
    ///
    /// - Parameters:
    ///   - x: the samples of this process × features.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - group: the processes. Each of them must call this method.
    /// - Throws: what `fit` throws. If another process has thrown, throws an ``MPIError`` that quotes its error.
    public mutating func fit<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, sampleWeight: [Double]? = nil, across group: MPIGroup
    ) throws {
        var part = self
        try group.together { try part.fit(x, sampleWeight: sampleWeight) }
        try group.requireSame(["the number of columns of x": "\(x.columns)"])
        let own = part.statisticNumbers
        var all = [Double](repeating: 0, count: own.count * group.count)
        all.replaceSubrange((own.count * group.rank)..<(own.count * (group.rank + 1)), with: own)
        all = try group.sum(all)
        part.setStatistics(merging: (0..<group.count).map { Array(all[(own.count * $0)..<(own.count * ($0 + 1))]) })
        self = part
    }
}
