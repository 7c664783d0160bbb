import LinearAlgebra

/// An array of numbers or strings in NumPy's `.npy` format, versions 1 to 3.
///
/// Source: `numpy.lib.format`'s documentation. Arrays of Python objects are not of this format's simple types and are
/// refused.
struct NumPyArray {
    /// The elements' type.
    enum Element: Equatable {
        case float(bytes: Int)
        case integer(bytes: Int, isSigned: Bool)
        case bool
        /// Strings of up to so many characters of four bytes.
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
    /// Whether the first index runs fastest.
    let isFortranOrder: Bool
    /// The elements, in the order of the file.
    let data: ArraySlice<UInt8>

    /// How many elements there are.
    let count: Int

    /// Reads the header.
    ///
    /// - Throws: ``InterchangeError`` where it is damaged, names another type, or promises more or fewer bytes than follow.
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
        // Strings of no characters have no bytes; there are then as many as a user would ever name.
        count = element.size == 0 ? 0 : data.count / element.size
    }
}

extension NumPyArray {
    /// The three fields of a header, which NumPy writes in this form and no other.
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
    /// The type of that name in a header; nil for one that is not read.
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
    /// The elements in the order of the file as numbers of the given type, rounded where it is the narrower; nil for strings.
    func numbers<Scalar: MatrixScalar>(_: Scalar.Type = Scalar.self) -> [Scalar]? { doubles().map(Scalar.rounding) }

    // Without generic parameters, so that no element costs a call.
    private func doubles() -> [Double]? {
        switch element {
        case .float(8): map(UInt64.self) { Double(bitPattern: $0) }
        case .float: map(UInt32.self) { Double(Float(bitPattern: $0)) }
        default: integers()?.map { Double($0) }
        }
    }

    /// The elements as integers, truth values as 0 and 1; nil where one is none, or does not fit.
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

    /// The strings, without the zeros that fill them; nil for other elements.
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

    /// Every word of the data, whatever the elements are.
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
    /// The elements, unless one of them is nil.
    fileprivate var allOrNil: [Int]? {
        let present = compactMap(\.self)
        return present.count == count ? present : nil
    }
}
