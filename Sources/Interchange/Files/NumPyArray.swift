import LinearAlgebra

/// An array of numbers or strings in NumPy's `.npy` format, versions 1 to 3.
///
/// Source: the documentation of `numpy.lib.format`. Arrays of Python objects are rejected.
struct NumPyArray {
    /// The type of the elements.
    enum Element: Equatable {
        case float(bytes: Int)
        case integer(bytes: Int, isSigned: Bool)
        case bool
        /// Strings of up to `characters` characters of four bytes each.
        case string(characters: Int)

        var size: Int {
            switch self {
            case .float(let bytes), .integer(let bytes, _): bytes
            case .bool: 1
            case .string(let characters): 4 * characters
            }
        }
    }

    let element: Element
    let shape: [Int]
    /// Whether the array is in Fortran order: the first index changes fastest.
    let isFortranOrder: Bool
    /// The bytes of the elements, in the order of the file.
    let data: ArraySlice<UInt8>

    /// The number of elements.
    let count: Int

    /// Reads the header.
    ///
    /// - Throws: ``InterchangeError`` if it is damaged, has an unsupported type, or does not match the number of bytes
    ///   that follow.
    init(_ bytes: ArraySlice<UInt8>, place: String) throws {
        func malformed(_ problem: String) -> InterchangeError { .malformed(place: place, problem: problem) }
        let file = Array(bytes.prefix(12))
        guard file.starts(with: [0x93] + Array("NUMPY".utf8)), let version = file.integer(UInt8.self, at: 6),
            (1...3).contains(version),
            let length = version == 1
                ? file.integer(UInt16.self, at: 8).map(Int.init) : file.integer(UInt32.self, at: 8).map(Int.init)
        else { throw malformed("is not an array of NumPy") }
        let start = bytes.startIndex + (version == 1 ? 10 : 12)
        guard start <= bytes.endIndex, length <= bytes.endIndex - start, length <= 10_000 else {
            throw malformed("has a header that does not end")
        }
        let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
        guard let (type, order, extents) = NumPyArray.fields(of: header) else {
            throw malformed("has a header that is not read: \(header.prefix(80))")
        }
        guard let element = Element(type) else {
            throw InterchangeError.unsupportedType(
                place: place, found: "an array of dtype \(type)",
                allowed: "an array of little-endian numbers, truth values or strings")
        }
        let sizes = extents.split(whereSeparator: { ", ".contains($0) }).map { Int($0) }
        self.element = element
        shape = sizes.compactMap(\.self)
        isFortranOrder = order == "True"
        data = bytes[(start + length)...]

        var size: Int? = element.size
        for extent in sizes { size = extent.flatMap { size?.multiplied(by: $0) } }
        guard size == data.count else {
            throw malformed("has a header of shape (\(extents)) but \(data.count) bytes of elements")
        }
        // Empty strings have no bytes, so their number is unknown and taken as 0.
        count = element.size == 0 ? 0 : data.count / element.size
    }
}

extension NumPyArray {
    /// Returns the three fields of a header. NumPy always writes them in this form.
    private static func fields(of header: String) -> (type: String, order: String, extents: String)? {
        var rest = header[...]
        func take(_ text: String) -> Bool {
            guard rest.hasPrefix(text) else { return false }
            rest = rest.dropFirst(text.count)
            return true
        }
        func take(upTo end: Character) -> String? {
            guard let index = rest.firstIndex(of: end) else { return nil }
            defer { rest = rest[index...] }
            return String(rest[..<index])
        }
        guard take("{'descr': '"), let type = take(upTo: "'"), take("', 'fortran_order': "),
            let order = take(upTo: ","),
            order == "True" || order == "False", take(", 'shape': ("), let extents = take(upTo: ")"),
            extents.allSatisfy({ "0123456789, ".contains($0) }), take("), }"), rest.allSatisfy(\.isWhitespace)
        else { return nil }
        return (type, order, extents)
    }
}

extension Int {
    fileprivate func multiplied(by other: Int) -> Int? {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? nil : product
    }
}

extension NumPyArray.Element {
    /// Creates the type with this name in a header; nil if it is not supported.
    init?(_ name: String) {
        switch name {
        case "<f8": self = .float(bytes: 8)
        case "<f4": self = .float(bytes: 4)
        case "<i8": self = .integer(bytes: 8, isSigned: true)
        case "<i4": self = .integer(bytes: 4, isSigned: true)
        case "<i2": self = .integer(bytes: 2, isSigned: true)
        case "|i1": self = .integer(bytes: 1, isSigned: true)
        case "<u8": self = .integer(bytes: 8, isSigned: false)
        case "<u4": self = .integer(bytes: 4, isSigned: false)
        case "<u2": self = .integer(bytes: 2, isSigned: false)
        case "|u1": self = .integer(bytes: 1, isSigned: false)
        case "|b1": self = .bool
        default:
            guard name.hasPrefix("<U"), let characters = Int(name.dropFirst(2)), (1...1 << 20).contains(characters)
            else {
                return nil
            }
            self = .string(characters: characters)
        }
    }
}

// MARK: - Elements

extension NumPyArray {
    /// Returns the elements in the order of the file, converted to the given type; nil for strings.
    func numbers<Scalar: MatrixScalar>(_: Scalar.Type = Scalar.self) -> [Scalar]? { doubles().map(Scalar.rounding) }

    // Not generic, so that no element costs a call.
    private func doubles() -> [Double]? {
        switch element {
        case .float(8): map(UInt64.self) { Double(bitPattern: $0) }
        case .float: map(UInt32.self) { Double(Float(bitPattern: $0)) }
        default: integers()?.map { Double($0) }
        }
    }

    /// Returns the elements as integers, Booleans as 0 and 1; nil if an element is not an integer or does not fit.
    func integers() -> [Int]? {
        switch element {
        case .float(8): map(UInt64.self) { Int(exactly: Double(bitPattern: $0)) }.allOrNil
        case .float: map(UInt32.self) { Int(exactly: Float(bitPattern: $0)) }.allOrNil
        case .integer(8, true): map(Int64.self) { Int($0) }
        case .integer(4, true): map(Int32.self) { Int($0) }
        case .integer(2, true): map(Int16.self) { Int($0) }
        case .integer(_, true): map(Int8.self) { Int($0) }
        case .integer(8, false): map(UInt64.self) { Int(exactly: $0) }.allOrNil
        case .integer(4, false): map(UInt32.self) { Int($0) }
        case .integer(2, false): map(UInt16.self) { Int($0) }
        case .integer: map(UInt8.self) { Int($0) }
        case .bool: map(UInt8.self) { $0 == 0 ? 0 : 1 }
        case .string: nil
        }
    }

    /// Returns the strings without their padding zeros; nil for other types.
    func strings() -> [String]? {
        guard case .string(let characters) = element else { return nil }
        let scalars = map(UInt32.self) { Unicode.Scalar($0) }
        return stride(from: 0, to: scalars.count, by: characters).map { start in
            var text = String.UnicodeScalarView()
            for scalar in scalars[start..<start + characters] {
                guard let scalar, scalar != "\0" else { break }
                text.append(scalar)
            }
            return String(text)
        }
    }

    /// Applies `transform` to each word of the data, of any element type.
    private func map<Word: FixedWidthInteger, Result>(_: Word.Type, _ transform: (Word) -> Result) -> [Result] {
        let size = MemoryLayout<Word>.size
        return data.withUnsafeBytes { data in
            (0..<data.count / size).map {
                transform(Word(littleEndian: data.loadUnaligned(fromByteOffset: $0 &* size, as: Word.self)))
            }
        }
    }
}

extension [Int?] {
    /// The elements; nil if one of them is nil.
    fileprivate var allOrNil: [Int]? {
        let present = compactMap(\.self)
        return present.count == count ? present : nil
    }
}
