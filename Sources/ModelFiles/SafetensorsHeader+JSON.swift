// The header is JSON of this form:
// `{"__metadata__": {name: text, …}, name: {"dtype": text, "shape": [n, …], "data_offsets": [n, n]}, …}`.

extension SafetensorsHeader {
    /// Reads the whole text, which may end in spaces.
    ///
    /// - Throws: ``FileProblem``.
    init(json text: [UInt8]) throws {
        // Checked once: strings begin and end at ASCII characters, so each of them is valid too.
        try FileProblem.unless(String(validating: text, as: UTF8.self) != nil, "its header is no UTF-8 text")
        self.init()
        var reader = JSONReader(text[...], of: "its header")
        var hasMetadata = false
        try reader.object { reader, name in
            if name == SafetensorsHeader.metadataKey {
                try FileProblem.unless(!hasMetadata, "its header has \(name) twice")
                hasMetadata = true
                metadata = try reader.metadata()
            } else {
                let earlier = tensors.updateValue(try reader.entry(name), forKey: name)
                try FileProblem.unless(earlier == nil, "its header has the tensor \(name) twice")
            }
        }
        try reader.end()
    }
}

extension JSONReader {
    fileprivate mutating func metadata() throws -> [String: String] {
        var texts: [String: String] = [:]
        try object { reader, name in
            let earlier = texts.updateValue(try reader.string(), forKey: name)
            try FileProblem.unless(earlier == nil, "its metadata has \(name) twice")
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
        try FileProblem.unless(
            offsets.count == 2 && offsets[0] <= offsets[1],
            "the data_offsets of tensor \(tensor) are \(offsets), and not a beginning and an end")
        return SafetensorsHeader.Entry(type: type, shape: shape, bytes: offsets[0]..<offsets[1])
    }

    /// Integers of at least 0, at most as many as a tensor can have dimensions.
    private mutating func integers() throws -> [Int] {
        var integers: [Int] = []
        try list { reader in
            try FileProblem.unless(
                integers.count < SafetensorsHeader.mostDimensions,
                "its header has a list of more than \(SafetensorsHeader.mostDimensions) numbers")
            integers.append(try reader.integer())
        }
        return integers
    }
}
