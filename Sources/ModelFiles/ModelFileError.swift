import Estimators

/// Why a model could not be written to a file, or read from one.
///
/// Each description names the file, what is wrong with it and what is expected.
public enum ModelFileError: Error, Equatable, Sendable {
    /// The file cannot be read: it does not exist, is a folder, or the user has no permission.
    case unreadable(path: String, reason: String)

    /// The file cannot be written: its folder does not exist, the disk is full, or the user has no permission.
    case unwritable(path: String, reason: String)

    /// The file is a safetensors file, but not a model of this package.
    case foreign(path: String, reason: String)

    /// The file is truncated or altered, or is not a model file.
    case damaged(path: String, problem: String)

    /// The file was written by a later version of this package, in a format that this version does not know.
    case newerFormat(path: String, version: Int, known: Int)

    /// The file holds a model of another type.
    case otherType(path: String, found: String, expected: String)

    /// The model has a part that cannot be written to a file.
    case notStorable(type: String, reason: String)
}

extension ModelFileError: CustomStringConvertible {
    /// One sentence that names the file, what is wrong with it and what is expected.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path) must be a model file that can be read, but reading it failed: \(reason.withoutFullStop)."
        case .unwritable(let path, let reason):
            "\(path) must be a file that can be written, but writing it failed: \(reason.withoutFullStop)."
        case .foreign(let path, let reason):
            "\(path) must be a model file of swift-mlp, but \(reason.withoutFullStop)."
        case .damaged(let path, let problem):
            "\(path) must be an intact model file of swift-mlp, but was cut off or altered or is something else: \(problem.withoutFullStop)."
        case .newerFormat(let path, let version, let known):
            "\(path) must have a format up to version \(known), but has version \(version): read it with a later swift-mlp."
        case .otherType(let path, let found, let expected):
            "\(path) must hold a model of type \(expected), but holds one of type \(found)."
        case .notStorable(let type, let reason):
            "a \(type) cannot be written to a file: \(reason.withoutFullStop)."
        }
    }
}

/// What is wrong with the contents of a file, thrown where its path is not known.
package struct FileProblem: Error {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// Throws unless the condition holds.
    static func unless(_ condition: Bool, _ text: @autoclosure () -> String) throws {
        guard condition else { throw FileProblem(text()) }
    }
}
