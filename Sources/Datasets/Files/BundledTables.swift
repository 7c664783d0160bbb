import Foundation

/// The tables that come with the package, in the folder `Bundled` of its resources.
enum BundledTables {
    /// Reads the table `name`.csv.
    ///
    /// - Throws: ``DatasetError`` when it is not there or not whole.
    static func table(_ name: String, rows: Int, columns: Int) throws -> NumericCSV {
        let (file, bytes) = try contents(of: name + ".csv")
        return try NumericCSV(bytes, file: file, rows: rows, columns: columns, hasHeader: true)
    }

    /// The table `name`.csv, whose last column holds the number of one of `classes`, with its description.
    ///
    /// - Throws: ``DatasetError`` when it is not there or not whole.
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
    /// - Throws: ``DatasetError`` when it is not there.
    static func description(_ name: String) throws -> String {
        String(decoding: try contents(of: name + ".md").bytes, as: UTF8.self)
    }

    /// Reads the first file of that name in `folders`.
    static func contents(of name: String, in folders: [URL] = folders) throws -> (file: String, bytes: [UInt8]) {
        for folder in folders {
            let url = folder.appendingPathComponent(name)
            if let bytes = try DataFile.contents(of: url) { return (url.path, bytes) }
        }
        throw DatasetError.bundleMissing(file: name, searched: folders.map(\.path))
    }

    /// Where the tables may lie, the most likely place first.
    ///
    /// SwiftPM's own `Bundle.module` stops the program when the resources are gone, for instance because only the
    /// executable was copied to another machine. Looking for them ourselves turns that into an error to be caught.
    static var folders: [URL] {
        var places = [Bundle.main.resourceURL, Bundle.main.bundleURL]
        #if canImport(Darwin)
            // In tests the main bundle is the test runner; ours lies in, or beside, the bundle that holds this code.
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
