/// The version of this package, as CHANGELOG.md has it, and the one of scikit-learn that it mirrors.
package enum PackageVersion {
    package static let current = "0.1.0"
    package static let scikitLearn = "1.9.1"
}
