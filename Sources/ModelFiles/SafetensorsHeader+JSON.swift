// The header is JSON of one form:
// `{"__metadata__": {name: text, …}, name: {"dtype": text, "shape": [n, …], "data_offsets": [n, n]}, …}`.

extension SafetensorsHeader {
    /// Reads the whole text, which may end in spaces.
    ///
    /// - Throws: ``FileProblem``.
    init(json text: [UInt8]) throws {
        // Checked once for all: strings are cut out at ASCII characters, so that each of them is valid then.
        guard String(validating: text, as: UTF8.self) != nil else { throw FileProblem("its header is no UTF-8 text") }
        self.init()
        var reader = JSONReader(text[...], of: "its header")
        var hasMetadata = false
        try reader.object { reader, name in
            if name == SafetensorsHeader.metadataKey {
                guard !hasMetadata else { throw FileProblem("its header has \(name) twice") }
                hasMetadata = true
                metadata = try reader.metadata()
            } else {
                guard tensors.updateValue(try reader.entry(name), forKey: name) == nil else {
                    throw FileProblem("its header has the tensor \(name) twice")
                }
            }
        }
        try reader.end()
    }
}

extension JSONReader {
    fileprivate mutating func metadata() throws -> [String: String] {
        var texts: [String: String] = [:]
        try object { reader, name in
            guard texts.updateValue(try reader.string(), forKey: name) == nil else {
                throw FileProblem("its metadata has \(name) twice")
            }
        }
        return texts
    }

    fileprivate mutating func entry(_ tensor: String) throws -> SafetensorsHeader.Entry {
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try object { reader, name in
            switch name {
            case "dtype" where type == nil: type = try reader.string()
            case "shape" where shape == nil: shape = try reader.integers()
            case "data_offsets" where offsets == nil: offsets = try reader.integers()
            default: throw FileProblem("tensor \(tensor) has \(name), which it must not have or not twice")
            }
        }
        guard let type, let shape, let offsets else {
            throw FileProblem("tensor \(tensor) does not have all of dtype, shape and data_offsets")
        }
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw FileProblem("the data_offsets of tensor \(tensor) are \(offsets), and not a beginning and an end")
        }
        return SafetensorsHeader.Entry(type: type, shape: shape, bytes: offsets[0]..<offsets[1])
    }

    /// Integers of at least 0, no more than a tensor has dimensions.
    private mutating func integers() throws -> [Int] {
        var integers: [Int] = []
        try list { reader in
            guard integers.count < SafetensorsHeader.mostDimensions else {
                throw FileProblem("its header has a list of more than \(SafetensorsHeader.mostDimensions) numbers")
            }
            integers.append(try reader.integer())
        }
        return integers
    }
}
