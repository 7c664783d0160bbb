import Estimators
import Foundation
import LinearAlgebra

/// The format of a model file: its metadata, and how the model's state is written.
enum ModelFile {
    /// The format that every model file names.
    static let format = "swift-mlp model"

    /// Is raised when an earlier version of the package cannot read what this one writes.
    static let formatVersion = 1

    /// The keys of the metadata.
    private enum Key {
        static let format = "format"
        static let formatVersion = "formatVersion"
        static let library = "library"
        static let type = "type"
        static let state = "state"
        /// Begins the keys of notes.
        static let note = "note."
    }

    /// JSON has neither NaN nor infinity.
    private static let nonFinite = (positive: "inf", negative: "-inf", nan: "nan")

    // MARK: Writing

    static func write<Model: Storable>(
        _ model: Model, to file: some FileLocation, knowing parts: [any Storable.Type], notes: [String: String]
    ) throws {
        let tensors = TensorWriter()
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.nonConformingFloatEncodingStrategy = .convertToString(
                positiveInfinity: nonFinite.positive, negativeInfinity: nonFinite.negative, nan: nonFinite.nan)
            encoder.userInfo[TensorWriter.key] = tensors
            encoder.userInfo[.knownParts] = parts
            var header = SafetensorsHeader()
            header.metadata = [
                Key.format: format, Key.formatVersion: "\(formatVersion)",
                Key.library: "swift-mlp \(PackageVersion.current)",
                Key.type: Model.storedTypeName,
                Key.state: String(decoding: try encoder.encode(model), as: UTF8.self),
            ]
            for (name, text) in notes { header.metadata[Key.note + name] = text }
            let items = tensors.items
            var end = 0
            for item in items {
                let bytes = end..<(end + item.byteCount)
                header.tensors[item.name] = .init(type: item.type.rawValue, shape: item.shape, bytes: bytes)
                end = bytes.upperBound
            }
            try FileProblem.unless(header.tensors.count == items.count, "two of its tensors have one name")
            let beginning = try header.encoded()
            try AtomicFile.write(to: file) { append in
                try beginning.withUnsafeBytes(append)
                for item in items { try item.withBytes(append) }
            }
        } catch EncodingError.invalidValue(_, let context) {
            throw ModelFileError.notStorable(type: Model.storedTypeName, reason: context.debugDescription)
        } catch let problem as FileProblem {
            throw ModelFileError.notStorable(type: Model.storedTypeName, reason: problem.text)
        }
    }

    // MARK: Reading

    static func read<Model: Storable>(
        _: Model.Type, from location: some FileLocation, knowing parts: [any Storable.Type]
    ) throws -> Model {
        let file = try RegularFile(location, failure: ModelFileError.unreadable)
        var (header, start) = try header(of: file)
        let found = header.metadata[Key.type] ?? ""
        // Earlier versions wrote the name of the Swift type, whatever name its parts have in files.
        guard [Model.storedTypeName, String(describing: Model.self)].contains(found) else {
            throw ModelFileError.otherType(path: file.path, found: found, expected: Model.storedTypeName)
        }
        do {
            try header.checkTensors(byteCount: file.size - start)
            // Removed, so that there is only one copy of it while it is decoded.
            guard let text = header.metadata.removeValue(forKey: Key.state) else {
                throw FileProblem("its metadata has no \(Key.state)")
            }
            return try state(text, TensorReader(file, header, start: start), fileSize: file.size, knowing: parts)
        } catch let error as ModelFileError {
            throw error
        } catch {
            throw ModelFileError.damaged(path: file.path, problem: sentence(for: error))
        }
    }

    /// What the file says about its model, which is not read.
    static func information(_ location: some FileLocation) throws -> ModelFileInformation {
        let file = try RegularFile(location, failure: ModelFileError.unreadable)
        let metadata = try header(of: file).header.metadata
        let notes = metadata.compactMap { key, text in
            key.hasPrefix(Key.note) ? (String(key.dropFirst(Key.note.count)), text) : nil
        }
        return ModelFileInformation(
            typeName: metadata[Key.type] ?? "", library: metadata[Key.library] ?? "",
            notes: Dictionary(uniqueKeysWithValues: notes))
    }

    /// The checked header of a model file, and where its tensors start.
    private static func header(of file: RegularFile) throws -> (header: SafetensorsHeader, start: Int) {
        guard file.size <= PhysicalMemory.bytes ?? .max else {
            let reason = "it has \(file.size) bytes, more than the memory of this machine"
            throw ModelFileError.unreadable(path: file.path, reason: reason)
        }
        do {
            let read = try SafetensorsHeader.read(from: file)
            try checkFormat(read.0.metadata, path: file.path)
            return read
        } catch let problem as FileProblem {
            throw ModelFileError.damaged(path: file.path, problem: problem.text)
        }
    }

    private static func checkFormat(_ metadata: [String: String], path: String) throws {
        guard let found = metadata[Key.format], metadata[Key.formatVersion] != nil || found == format else {
            throw ModelFileError.foreign(path: path, reason: "is a safetensors file of something else")
        }
        guard found == format else {
            throw ModelFileError.foreign(path: path, reason: "says that its format is \(found), and not \(format)")
        }
        guard let version = metadata[Key.formatVersion].flatMap(Int.init), version >= 1 else {
            throw ModelFileError.damaged(path: path, problem: "its \(Key.formatVersion) is no number of at least 1")
        }
        guard version <= formatVersion else {
            throw ModelFileError.newerFormat(path: path, version: version, known: formatVersion)
        }
    }

    private static func state<Model: Storable>(
        _ text: String, _ tensors: TensorReader, fileSize: Int, knowing parts: [any Storable.Type]
    ) throws -> Model {
        let state = Data(text.utf8)
        try checkLength(of: state, fileSize: fileSize)
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: nonFinite.positive, negativeInfinity: nonFinite.negative, nan: nonFinite.nan)
        decoder.userInfo[TensorReader.key] = tensors
        decoder.userInfo[.knownParts] = parts
        let model = try decoder.decode(Model.self, from: state)
        let leftover = tensors.leftover
        try FileProblem.unless(leftover == nil, "it has a tensor \(leftover ?? "") that is no part of the model")
        return model
    }

    /// Rejects a state with so many values that decoding it would take much more memory than the file has bytes.
    ///
    /// `JSONDecoder` takes three words for each value or name, however short it is. Models have few of them: long
    /// arrays are tensors.
    private static func checkLength(of state: Data, fileSize: Int) throws {
        var values = 0
        var isInText = false
        var isEscaped = false
        for byte in state {
            switch byte {
            case UInt8(ascii: "\"") where !isEscaped: isInText.toggle()
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "{"):
                if !isInText { values += 1 }
            default: break
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        try FileProblem.unless(
            values <= (16 << 20 + 3 * fileSize) / 24,
            "its \(Key.state) has \(values) values, too many for a file of \(fileSize) bytes")
    }

    private static func sentence(for error: any Error) -> String {
        func at(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map { key in key.intValue.map(String.init) ?? key.stringValue }
            return path.isEmpty ? "its \(Key.state)" : "its \(Key.state) at \(path.joined(separator: "."))"
        }
        switch error {
        case let problem as FileProblem: return problem.text
        case DecodingError.keyNotFound(let key, let context): return "\(at(context)) has no \(key.stringValue)"
        case DecodingError.valueNotFound(_, let context), DecodingError.typeMismatch(_, let context),
            DecodingError.dataCorrupted(let context):
            return "\(at(context)) cannot be: \(context.debugDescription)"
        default: return "\(error)"
        }
    }
}
