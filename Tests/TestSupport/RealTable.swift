public import Foundation
public import Testing

/// The real California housing table, which the repository does not contain.
public enum RealTable {
    /// The folder of `cal_housing.data`: the one that `SWIFT_MLP_DATA` names, or one beside the checkout; nil if neither
    /// has it.
    public static let folder: URL? = {
        let checkout = URL(filePath: #filePath).appending(path: "../../..").standardized
        let named = ProcessInfo.processInfo.environment["SWIFT_MLP_DATA"].map { URL(filePath: $0) }
        let beside = checkout.deletingLastPathComponent().appending(path: "shared/datasets")
        return [named, beside].compactMap { $0 }.first {
            FileManager.default.fileExists(atPath: $0.appending(path: "cal_housing.data").path)
        }
    }()

    /// The comment of a test that is skipped without the table.
    public static let reason: Comment = "needs the real table: set SWIFT_MLP_DATA to the folder of cal_housing.data"
}
