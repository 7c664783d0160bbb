import Foundation

/// The tables of the package's resources, in the folder `Bundled`.
enum BundledTables {
    /// Reads the table `name`.csv.
    ///
    /// - Throws: ``DatasetError`` if it is missing or damaged.
    static func table(_ name: String, rows: Int, columns: Int) throws -> NumericCSV {
        let (file, bytes) = try contents(of: name + ".csv")
        return try NumericCSV(bytes, file: file, rows: rows, columns: columns, hasHeader: true)
    }

    /// Reads the table `name`.csv, whose last column has indices into `classes`, and its description.
    ///
    /// - Throws: ``DatasetError`` if it is missing or damaged.
    static func classification(
        _ name: String, rows: Int, features: Int, classes: [String]
    ) throws -> Dataset<Int> {
        let table = try table(name, rows: rows, columns: features + 1)
        let target = try table.target.map { value in
            guard let label = Int(exactly: value), classes.indices.contains(label) else {
                throw DatasetError.refused(
                    file: name + ".csv", reason: "\(value) is not one of the classes 0 to \(classes.count - 1)")
            }
            return label
        }
        return Dataset(
            data: table.features,
            target: target,
            featureNames: Array(table.header.dropLast()),
            targetNames: classes,
            description: try description(name))
    }

    /// Reads the description `name`.md.
    ///
    /// - Throws: ``DatasetError`` if it is missing.
    static func description(_ name: String) throws -> String {
        String(decoding: try contents(of: name + ".md").bytes, as: UTF8.self)
    }

    /// Reads the file from the first of `folders` that has it.
    ///
    /// - Throws: ``DatasetError`` if none has it, or if it cannot be read.
    static func contents(of name: String, in folders: [URL] = folders) throws -> (file: String, bytes: [UInt8]) {
        for folder in folders {
            let url = folder.appendingPathComponent(name)
            if let bytes = try DataFile.contents(of: url) { return (url.path, bytes) }
        }
        throw DatasetError.bundleMissing(file: name, searched: folders.map(\.path))
    }

    /// The folders where the tables may be, the most likely first.
    ///
    /// SwiftPM's `Bundle.module` stops the program when the resources are missing, for instance because only the
    /// executable was copied to another machine. This search throws an error instead.
    static var folders: [URL] {
        var places = [Bundle.main.resourceURL, Bundle.main.bundleURL]
        #if canImport(Darwin)
            // In tests the main bundle is the test runner's; ours is in, or beside, the bundle that has this code.
            let own = Bundle(for: Anchor.self)
            places += [own.resourceURL, own.bundleURL, own.bundleURL.deletingLastPathComponent()]
            let layouts = ["swift-mlp_Datasets.bundle", "swift-mlp_Datasets.bundle/Contents/Resources"]
        #else
            let layouts = ["swift-mlp_Datasets.resources"]
        #endif
        let bundled = places.compactMap { $0?.standardizedFileURL }.flatMap { place in
            layouts.map { place.appendingPathComponent($0).appendingPathComponent("Bundled") }
        }
        let module = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let candidates = bundled + [module.appendingPathComponent("Bundled")]
        return candidates.enumerated().filter { !candidates[..<$0].contains($1) }.map(\.element)
    }

    #if canImport(Darwin)
        private final class Anchor {}
    #endif
}
