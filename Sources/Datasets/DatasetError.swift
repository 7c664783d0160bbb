/// Why a data set could not be handed over.
public enum DatasetError: Error, Equatable, Sendable {
    /// An argument is outside of what is allowed.
    case invalidArgument(name: String, value: String, allowed: String)

    /// A bundled file lies in none of the folders where it was looked for.
    case bundleMissing(file: String, searched: [String])

    /// A file exists, but cannot be read.
    case unreadable(file: String, reason: String)

    /// A file can be read, but does not hold what it should: it is truncated, altered or something else altogether.
    case refused(file: String, reason: String)

    /// The folder for downloaded data cannot be made or written to.
    case unusableDataHome(folder: String, reason: String)

    /// The table is not in the data home, and downloading it was not allowed.
    case notInDataHome(table: String, folder: String, remedy: String)

    /// The table is not in the data home, and could not be downloaded either.
    case downloadFailed(table: String, url: String, reason: String, remedy: String)
}

extension DatasetError: CustomStringConvertible {
    /// What is wrong, and what can be done about it.
    public var description: String {
        switch self {
        case .invalidArgument(let name, let value, let allowed):
            "\(name) must be \(allowed), but is \(value)."
        case .bundleMissing(let file, let searched):
            "\(file), which belongs to this package, is in none of the folders \(searched.joined(separator: ", ")); "
                + "put the folder swift-mlp_Datasets.resources (on macOS swift-mlp_Datasets.bundle) from the build "
                + "beside the executable."
        case .unreadable(let file, let reason):
            "\(file) cannot be read: \(reason)."
        case .refused(let file, let reason):
            "\(file) is not the file that it should be: \(reason); delete it, or replace it by an intact copy."
        case .unusableDataHome(let folder, let reason):
            "The data home \(folder) cannot be used: \(reason); name another folder with the argument dataHome or the "
                + "environment variable \(DataHome.variable)."
        case .notInDataHome(let table, let folder, let remedy):
            "\(table) is not in the data home \(folder), and downloadIfMissing is false; \(remedy)."
        case .downloadFailed(let table, let url, let reason, let remedy):
            "\(table) could not be downloaded from \(url): \(reason); \(remedy)."
        }
    }
}
