/// The features that a network for tables computes from a number, in addition to its scaled value.
public enum NumericEmbedding: Hashable, Sendable, Codable {
    /// The scaled value alone.
    case none

    /// `size` features, each of which is a weighted sum of `frequencies` cosines of the value plus an offset. The
    /// network learns the frequencies, the phases, the weights and the offset. The initial frequencies are drawn from a
    /// normal distribution with mean 0 and standard deviation `sigma`. `frequencies` and `size` are from 1 to 4096;
    /// `sigma` is finite and at least 0.
    ///
    /// Source: Y. Gorishniy, I. Rubachev, A. Babenko, "On embeddings for numerical features in tabular deep learning",
    /// 2022. This is the form "PBLD" of D. Holzmüller and others, "Better by default", 2024, which has a phase and no
    /// activation function.
    case periodic(frequencies: Int, size: Int, sigma: Double)

    /// `size` learned piecewise linear functions of the value. Their knots are up to `bins` + 1 quantiles of the
    /// training data. `bins` and `size` are from 1 to 4096.
    ///
    /// Source: Y. Gorishniy and others, "On embeddings for numerical features in tabular deep learning", 2022.
    case piecewiseLinear(bins: Int, size: Int)
}
