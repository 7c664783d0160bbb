/// The version of this package, as CHANGELOG.md has it, and the one of scikit-learn that it mirrors.
public enum PackageVersion {
    /// The version of this package.
    public static let current = "0.1.0"
    /// The version of scikit-learn.
    public static let scikitLearn = "1.9.1"
}
