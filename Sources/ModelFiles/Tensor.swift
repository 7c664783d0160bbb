package import LinearAlgebra

/// Numbers that a model file stores as a tensor, and any other encoder as a list.
///
/// The tensor's name is its coding path: `last.coefs.0`. The JSON has that name too, so that a tensor is read from one
/// place only.
package struct Tensor<Element: Codable & Equatable & Sendable>: Equatable, Sendable {
    /// The number of elements along each dimension.
    package let shape: [Int]

    /// The elements, in row-major order.
    package let elements: [Element]

    /// A vector.
    package init(_ elements: [Element]) {
        self.shape = [elements.count]
        self.elements = elements
    }

    /// Rows × columns.
    package init(_ matrix: Matrix<Element>) {
        self.shape = [matrix.rows, matrix.columns]
        self.elements = matrix.elements
    }

    init(shape: [Int], elements: [Element]) {
        self.shape = shape
        self.elements = elements
    }
}

extension Tensor {
    /// The numbers of a tensor with one dimension.
    ///
    /// - Throws: `DecodingError` for another number of dimensions.
    package func vector(_ codingPath: [any CodingKey]) throws -> [Element] {
        guard shape.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: codingPath, debugDescription: "must have one dimension, but has the shape \(shape)"))
        }
        return elements
    }

    /// The rows and columns of a tensor with two dimensions.
    ///
    /// - Throws: `DecodingError` for another number of dimensions.
    package func matrix(_ codingPath: [any CodingKey] = []) throws -> Matrix<Element> {
        guard shape.count == 2 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: codingPath, debugDescription: "must have two dimensions, but has the shape \(shape)"))
        }
        return Matrix(rows: shape[0], columns: shape[1], elements: elements)
    }
}

extension Tensor where Element == Double {
    /// A vector in which NaN stands for nil.
    package init(_ elements: [Double?]) { self.init(elements.map { $0 ?? .nan }) }
}

// MARK: - Coding

extension Tensor: Codable {
    private enum CodingKeys: String, CodingKey { case shape, elements }

    package init(from decoder: any Decoder) throws {
        if let tensors = decoder.userInfo[TensorReader.key] as? TensorReader {
            let name = tensorName(decoder.codingPath)
            let found = try decoder.singleValueContainer().decode(String.self)
            try FileProblem.unless(found == name, "it names another tensor where \(name) should be")
            self = try tensors.tensor(name)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let shape = try container.decode([Int].self, forKey: .shape)
        let notANumber = (Element.self as? any FloatingPoint.Type)?.nan as? Element
        let elements = try container.decode([Element?].self, forKey: .elements).compactMap { $0 ?? notANumber }
        try container.require(
            product(of: shape) == elements.count, .elements,
            "must fill the shape \(shape), but has \(elements.count) numbers")
        self.init(shape: shape, elements: elements)
    }

    package func encode(to encoder: any Encoder) throws {
        if let tensors = encoder.userInfo[TensorWriter.key] as? TensorWriter {
            let name = tensorName(encoder.codingPath)
            try tensors.add(self, name: name)
            var container = encoder.singleValueContainer()
            try container.encode(name)
            return
        }
        // Formats such as JSON have no NaN, which is not equal to itself.
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(shape, forKey: .shape)
        try container.encode(elements.map { $0 == $0 ? $0 : nil }, forKey: .elements)
    }
}

/// The keys joined by points; of a list element, its index.
private func tensorName(_ path: [any CodingKey]) -> String {
    path.map { key in key.intValue.map(String.init) ?? key.stringValue }.joined(separator: ".")
}

/// An array that is coded as a ``Tensor`` where the compiler synthesizes the coding.
@propertyWrapper
package struct CodedAsTensor<Element: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    package var wrappedValue: [Element]

    package init(wrappedValue: [Element]) { self.wrappedValue = wrappedValue }

    package init(from decoder: any Decoder) throws {
        wrappedValue = try Tensor<Element>(from: decoder).vector(decoder.codingPath)
    }

    package func encode(to encoder: any Encoder) throws { try Tensor(wrappedValue).encode(to: encoder) }
}

// MARK: - Decoding vectors and matrices

extension KeyedDecodingContainer {
    /// The numbers of a tensor with one dimension.
    ///
    /// - Throws: `DecodingError` for another number of dimensions or, where `count` is given, of elements.
    package func decodeVector<Element: Codable & Equatable & Sendable>(
        of _: Element.Type = Element.self, forKey key: Key, count: Int? = nil
    ) throws -> [Element] {
        let elements = try decode(Tensor<Element>.self, forKey: key).vector(codingPath + [key])
        if let count { try requireCount(elements.count, count, key) }
        return elements
    }

    /// The numbers of a tensor with one dimension; nil where there is none.
    ///
    /// - Throws: what ``decodeVector(of:forKey:count:)`` throws.
    package func decodeVectorIfPresent<Element: Codable & Equatable & Sendable>(
        of _: Element.Type = Element.self, forKey key: Key
    ) throws -> [Element]? {
        try contains(key) ? decodeVector(forKey: key) : nil
    }

    /// The numbers of a tensor with one dimension, nil for NaN.
    ///
    /// - Throws: what ``decodeVector(of:forKey:count:)`` throws.
    package func decodeOptionals(forKey key: Key, count: Int? = nil) throws -> [Double?] {
        try decodeVector(of: Double.self, forKey: key, count: count).map { $0.isNaN ? nil : $0 }
    }

    /// The numbers of a tensor with two dimensions.
    ///
    /// - Throws: `DecodingError` for another number of dimensions.
    package func decodeMatrix<Element: Codable & Equatable & Sendable>(
        of _: Element.Type = Element.self, forKey key: Key
    ) throws -> Matrix<Element> {
        try decode(Tensor<Element>.self, forKey: key).matrix(codingPath + [key])
    }
}
