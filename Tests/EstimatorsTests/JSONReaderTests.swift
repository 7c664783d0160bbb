import Estimators
import ModelFiles
import Testing

/// The JSON reader, which must accept any input without crashing.
@Suite("Reader of JSON") struct JSONReaderTests {
    private func reader(_ text: some StringProtocol) -> JSONReader { JSONReader(Array(text.utf8)[...], of: "the text") }

    /// Whether a text is one value and nothing else.
    private func isValue(_ text: some StringProtocol) -> Bool {
        var reader = reader(text)
        return (try? reader.skipValue()) != nil && (try? reader.end()) != nil
    }

    private static let whole =
        #" {"a": [1, -2.5e-3, NaN, {"\u00e9\\": null}], "b\"" : "\ud83d\ude00, ]}", "c":[ ] ,"d":{}} "#

    @Test func whatIsSkippedIsOneValue() {
        #expect(isValue(JSONReaderTests.whole))
        for text in ["0", "-Infinity", "true", "\"\"", "[]", "{}", "[[],{}]"] { #expect(isValue(text), "\(text)") }
        for text in ["", " ", "[1,]", "{,}", "{1:2}", "{\"a\" 1}", "[1}", "1 2", "nul", "+-1", "\"\n\"", "]"] {
            #expect(!isValue(text), "\(text)")
        }
    }

    /// A truncated text is never read beyond its end.
    @Test func everyBeginningIsNoValue() {
        let text = JSONReaderTests.whole.utf8
        let end = JSONReaderTests.whole.utf8.count - 1
        for length in 0..<end { #expect(!isValue(String(decoding: text.prefix(length), as: UTF8.self)), "\(length)") }
    }

    @Test func nestingHasAnEnd() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + "0" + String(repeating: "]", count: depth)
        }
        #expect(isValue(nested(JSONReader.deepestNesting)))
        #expect(!isValue(nested(JSONReader.deepestNesting + 1)))
        #expect(!isValue(String(repeating: "[", count: 1_000_000)))
    }

    /// Skipping a text ends at the same place as reading it.
    @Test func textsEndWhereTheyEnd() throws {
        let texts = [
            (#""plain""#, "plain"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\ud83d\ude00""#, "é😀"),
            (#""\\""#, "\\"), (#""é😀""#, "é😀"),
        ]
        for (text, meaning) in texts {
            var (read, skipped) = (reader(text + "]"), reader(text + "]"))
            #expect(try read.string() == meaning)
            try skipped.skipValue()
            #expect(read.position == skipped.position && read.next == "]")
        }
        for text in [#""\ud800""#, #""\u12""#, #""\x""#, #""\"#, #""open"#] {
            var reader = reader(text)
            #expect(throws: (any Error).self, "\(text)") { try reader.string() }
        }
    }
}
