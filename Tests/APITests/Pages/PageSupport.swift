import Datasets
import Foundation
import LinearAlgebra

/// What the examples assume: features `x`, targets `y`, and a folder for files.
struct PageSupport {
    let x: Matrix<Double>
    let y: [Int]

    init() throws {
        let iris = try loadIris()
        (x, y) = (iris.data, iris.target)
    }

    /// Runs an example with its own folder, which is removed afterwards.
    static func inFolder(_ example: (_ folder: URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try example(folder)
    }
}
