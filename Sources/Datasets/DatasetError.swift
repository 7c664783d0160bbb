import Estimators

/// Why a data set could not be loaded or made.
public enum DatasetError: Error, Equatable, Sendable {
    /// An argument has a value that is not allowed.
    case invalidArgument(name: String, value: String, allowed: String)

    /// A bundled file is in none of the folders that were searched.
    case bundleMissing(file: String, searched: [String])

    /// A file exists but cannot be read.
    case unreadable(file: String, reason: String)

    /// A file can be read but does not have the expected contents: it is truncated, altered or another file.
    case refused(file: String, reason: String)

    /// The folder for downloaded data cannot be created or written to.
    case unusableDataHome(folder: String, reason: String)

    /// The table is not in the data home, and downloading was not allowed.
    case notInDataHome(table: String, folder: String, remedy: String)

    /// The table is not in the data home, and downloading it failed.
    case downloadFailed(table: String, url: String, reason: String, remedy: String)
}

extension DatasetError: CustomStringConvertible {
    /// What is wrong, and how to fix it.
    public var description: String {
        switch self {
        case .invalidArgument(let name, let value, let allowed):
            "\(name) must be \(allowed), but is \(value)."
        case .bundleMissing(let file, let searched):
            "\(file), which belongs to this package, is in none of the folders \(searched.joined(separator: ", ")); "
                + "put the folder swift-mlp_Datasets.resources (on macOS swift-mlp_Datasets.bundle) from the build "
                + "beside the executable."
        case .unreadable(let file, let reason):
            "\(file) cannot be read: \(reason.withoutFullStop)."
        case .refused(let file, let reason):
            "\(file) is not the expected file: \(reason.withoutFullStop); delete it, or replace it by an intact copy."
        case .unusableDataHome(let folder, let reason):
            "The data home \(folder) cannot be used: \(reason.withoutFullStop); name another folder with the argument dataHome or the "
                + "environment variable \(DataHome.variable)."
        case .notInDataHome(let table, let folder, let remedy):
            "\(table) is not in the data home \(folder), and downloadIfMissing is false; \(remedy.withoutFullStop)."
        case .downloadFailed(let table, let url, let reason, let remedy):
            "\(table) could not be downloaded from \(url): \(reason.withoutFullStop); \(remedy.withoutFullStop)."
        }
    }
}

extension DatasetError {
    /// Throws the error unless the condition holds.
    static func require(_ condition: Bool, _ error: @autoclosure () -> DatasetError) throws {
        guard condition else { throw error() }
    }
}
