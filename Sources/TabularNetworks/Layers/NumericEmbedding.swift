/// How a network sees a number besides its scaled value.
public enum NumericEmbedding: Hashable, Sendable, Codable {
    /// The scaled value alone.
    case none

    /// Sums of cosines of the value, with frequencies and phases that are learned: `size` outputs of `frequencies` cosines
    /// each. The initial frequencies are normal with standard deviation `sigma`.
    ///
    /// Source: Y. Gorishniy, I. Rubachev, A. Babenko, "On embeddings for numerical features in tabular deep learning",
    /// 2022; with a phase and without an activation, the form "PBLD" of D. Holzmüller and others, "Better by default",
    /// 2024.
    case periodic(frequencies: Int, size: Int, sigma: Double)

    /// `size` piecewise linear functions of the value, which are learned; the knots are up to `bins` + 1 quantiles of the
    /// training data.
    ///
    /// Source: Y. Gorishniy and others, "On embeddings for numerical features in tabular deep learning", 2022.
    case piecewiseLinear(bins: Int, size: Int)
}
