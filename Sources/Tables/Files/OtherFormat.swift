/// Files that are named in place of a CSV file by mistake.
enum OtherFormat {
    /// What files of other formats begin with, and what they are.
    private static let signatures: [(beginning: [UInt8], what: String)] = [
        (Array("PK\u{3}\u{4}".utf8), "it is a ZIP archive, such as an Excel workbook or a skops file, and no CSV file"),
        ([0xD0, 0xCF, 0x11, 0xE0], "it is an old Office file, such as an Excel workbook: save its sheet as CSV"),
        ([0x1F, 0x8B], "it is compressed by gzip: decompress it first, as gunzip does"),
        (Array("BZh".utf8), "it is compressed by bzip2: decompress it first, as bunzip2 does"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "it is compressed by xz: decompress it first, as unxz does"),
        ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed by zstd: decompress it first, as unzstd does"),
        ([0x04, 0x22, 0x4D, 0x18], "it is compressed by lz4: decompress it first, as unlz4 does"),
        ([0x37, 0x7A, 0xBC, 0xAF], "it is a 7-Zip archive: unpack it first"),
        (Array("PAR1".utf8), "it is a Parquet file: write it as CSV first"),
        (Array("ARROW1\0".utf8), "it is an Arrow or Feather file: write it as CSV first"),
        (Array("SQLite format 3\0".utf8), "it is an SQLite database: write a table of it as CSV first"),
        ([0x89, 0x48, 0x44, 0x46], "it is an HDF5 file: write a table of it as CSV first"),
        (Array("%PDF-1".utf8), "it is a PDF document, and no CSV file"),
        ([0x89, 0x50, 0x4E, 0x47], "it is a PNG picture, and no CSV file"),
        ([0xFF, 0xD8, 0xFF], "it is a JPEG picture, and no CSV file"),
    ]

    /// What a file that begins with these bytes is instead of a CSV file; nil where it may be one.
    ///
    /// - Parameter beginning: at least the first 16 bytes, if there are so many.
    static func problem(of beginning: [UInt8]) -> String? {
        // A header may begin with the letters of a signature; then bytes must follow that no text has.
        if let known = signatures.first(where: { beginning.starts(with: $0.beginning) }),
            !isText(known.beginning) || !isText(beginning)
        {
            return known.what
        }
        // A safetensors file begins with the length of its header, below 2³², and the header's brace.
        if beginning.count >= 9, beginning[4..<8].allSatisfy({ $0 == 0 }), beginning[8] == UInt8(ascii: "{") {
            return "it is a model file in safetensors format, which init(contentsOf:) of the model reads"
        }
        return markup(beginning)
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil && bytes.allSatisfy { $0 >= 0x20 || (0x09...0x0D).contains($0) }
    }

    /// What a text of another kind is.
    private static func markup(_ beginning: [UInt8]) -> String? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = beginning.dropFirst(beginning.starts(with: mark) ? 3 : 0)
        let text = String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self).lowercased()
        if ["<!doctypehtml", "<html", "<?xml", "<table"].contains(where: text.hasPrefix) {
            return "it is HTML or XML, and no CSV file: it may be a page that was saved instead of the file behind it"
        }
        let isJSON = ["{\"", "[{\"", "[[", "[{}", "{}"].contains(where: text.hasPrefix)
        return isJSON ? "it is JSON, and no CSV file: Table(json:) reads a list of objects" : nil
    }
}
