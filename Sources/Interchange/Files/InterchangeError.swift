/// An error in reading a file of another library, or in exporting a model.
///
/// Each description is a sentence that names the place in the file and what was found there.
public enum InterchangeError: Error, Equatable, Sendable {
    /// The file is damaged or has another format. `place` names a part of the file, and `problem` completes the
    /// sentence.
    case malformed(place: String, problem: String)

    /// The file contains an object of an unsupported type. `found` is its Python name.
    case unsupportedType(place: String, found: String, allowed: String)

    /// The other format cannot represent the model.
    case notExportable(String)
}

extension InterchangeError: CustomStringConvertible {
    /// A sentence that names the place and what was found there.
    public var description: String {
        switch self {
        case .malformed(let place, let problem): "\(place) \(problem)."
        case .unsupportedType(let place, let found, let allowed):
            "\(place) must be \(allowed), but is \(found), which is not read."
        case .notExportable(let problem): "\(problem)."
        }
    }
}
