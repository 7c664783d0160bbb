/// An estimator that draws at random, and takes a seed for it.
///
/// Ensembles seed each copy of their estimator. An estimator of your own needs the conformance for that.
public protocol Seedable {
    /// Takes the seed of all further fits.
    mutating func seed(_ seed: UInt32)
}
