import Estimators
import Foundation

/// The form of a model file: which metadata it has, and how the model's state is written.
enum ModelFile {
    /// What every model file says of itself.
    static let format = "swift-mlp model"

    /// Counts up when an earlier version of the package could not read what this one writes.
    static let formatVersion = 1

    /// The keys of the metadata.
    private enum Key {
        static let format = "format"
        static let formatVersion = "formatVersion"
        static let library = "library"
        static let type = "type"
        static let state = "state"
    }

    /// JSON has neither NaN nor infinity.
    private static let nonFinite = (positive: "inf", negative: "-inf", nan: "nan")

    // MARK: Writing

    static func write<Model: Storable>(_ model: Model, to url: URL) throws {
        let tensors = TensorWriter()
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            encoder.nonConformingFloatEncodingStrategy = .convertToString(
                positiveInfinity: nonFinite.positive, negativeInfinity: nonFinite.negative, nan: nonFinite.nan)
            encoder.userInfo[TensorWriter.key] = tensors
            var header = SafetensorsHeader()
            header.metadata = [
                Key.format: format, Key.formatVersion: "\(formatVersion)",
                Key.library: "swift-mlp \(PackageVersion.current)",
                Key.type: Model.storedTypeName,
                Key.state: String(decoding: try encoder.encode(model), as: UTF8.self),
            ]
            let items = tensors.items
            var end = 0
            for item in items {
                let bytes = end..<(end + item.byteCount)
                header.tensors[item.name] = .init(type: item.type.rawValue, shape: item.shape, bytes: bytes)
                end = bytes.upperBound
            }
            guard header.tensors.count == items.count else { throw FileProblem("two of its tensors have one name") }
            let beginning = try header.encoded()
            try AtomicFile.write(to: url) { append in
                try beginning.withUnsafeBytes(append)
                for item in items { try item.withBytes(append) }
            }
        } catch let error as EncodingError {
            throw ModelFileError.notStorable(type: Model.storedTypeName, reason: sentence(for: error))
        } catch let problem as FileProblem {
            throw ModelFileError.notStorable(type: Model.storedTypeName, reason: problem.text)
        }
    }

    private static func sentence(for error: EncodingError) -> String {
        switch error {
        case .invalidValue(_, let context): context.debugDescription
        @unknown default: "\(error)"
        }
    }

    // MARK: Reading

    static func read<Model: Storable>(_: Model.Type, from url: URL) throws -> Model {
        let file = try InputFile(url)
        var header: SafetensorsHeader
        let start: Int
        do {
            (header, start) = try SafetensorsHeader.read(from: file)
        } catch let problem as FileProblem {
            throw ModelFileError.damaged(path: file.path, problem: problem.text)
        }
        try checkFormat(header.metadata, path: file.path)
        let found = header.metadata[Key.type] ?? ""
        guard found == Model.storedTypeName else {
            throw ModelFileError.otherType(path: file.path, found: found, expected: Model.storedTypeName)
        }
        do {
            try header.checkTensors(byteCount: file.size - start)
            // Taken out, so that only one copy of it is left while it is decoded.
            guard let text = header.metadata.removeValue(forKey: Key.state) else {
                throw FileProblem("its metadata has no \(Key.state)")
            }
            return try state(text, TensorReader(file, header, start: start), fileSize: file.size)
        } catch let error as ModelFileError {
            throw error
        } catch {
            throw ModelFileError.damaged(path: file.path, problem: sentence(for: error))
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
        _ text: String, _ tensors: TensorReader, fileSize: Int
    ) throws -> Model {
        let state = Data(text.utf8)
        try checkLength(of: state, fileSize: fileSize)
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: nonFinite.positive, negativeInfinity: nonFinite.negative, nan: nonFinite.nan)
        decoder.userInfo[TensorReader.key] = tensors
        let model = try decoder.decode(Model.self, from: state)
        if let leftover = tensors.leftover {
            throw FileProblem("it has a tensor \(leftover) that no part of the model is")
        }
        return model
    }

    /// Refuses a state with so many values that decoding it would take much more memory than the file has bytes.
    ///
    /// `JSONDecoder` takes three words for a value or a name, be it of two characters. Models have few values of which this
    /// could be said: long arrays are tensors.
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
        guard values <= (16 << 20 + 3 * fileSize) / 24 else {
            throw FileProblem("its \(Key.state) has \(values) values, too many for a file of \(fileSize) bytes")
        }
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
