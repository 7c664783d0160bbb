/// Why a file of another library was not read, or a model was not written for one.
///
/// Each description is one sentence that names the place in the file and what was found there.
public enum InterchangeError: Error, Equatable, Sendable {
    /// The file is not what its name says, or is damaged: `place` is a part of it, `problem` goes on after that.
    case malformed(place: String, problem: String)

    /// The file holds an object of a type that is not read: `found` is its Python name.
    case unsupportedType(place: String, found: String, allowed: String)

    /// The model cannot be said in the other format.
    case notExportable(String)
}

extension InterchangeError: CustomStringConvertible {
    /// One sentence that names the place and what was found there.
    public var description: String {
        switch self {
        case .malformed(let place, let problem): "\(place) \(problem)."
        case .unsupportedType(let place, let found, let allowed):
            "\(place) must be \(allowed), but is \(found), which is not read."
        case .notExportable(let problem): "\(problem)."
        }
    }
}
