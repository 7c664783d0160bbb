import Foundation
import Testing

@testable import Plotting

/// Escaping, numbers and text widths.
@Suite struct MarkupTests {
    @Test func textAndAttributesAreEscaped() {
        let element = Element("text", ["title": "\"a\" & 'b'"], text: "<script>alert(\"1\")</script>")
        #expect(
            element.text
                == "<text title=\"&quot;a&quot; &amp; &#39;b&#39;\">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</text>"
        )
    }

    @Test func xmlCheckFindsErrors() {
        #expect(XMLCheck.isValid("<a><b/></a>"))
        for text in ["<a><b></a>", "<a>&nbsp;</a>", "<a b=c/>", "<a>\u{1}</a>", "", "<a/><b/>", "<a"] {
            #expect(!XMLCheck.isValid(text), "\(text)")
        }
    }

    @Test func replacesCharactersThatXMLDoesNotAllow() throws {
        for value in (0...0x9F).map({ UInt32($0) }) + [0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF] {
            let scalar = try #require(Unicode.Scalar(value))
            let text = Element("text", text: "a\(Character(scalar))b").text
            #expect(XMLCheck.isValid(text), "U+\(String(value, radix: 16))")
        }
        #expect("a\u{1}b".escapedForXML == "a\u{FFFD}b")
        #expect("مرحبا 日本 👩‍👩‍👧".escapedForXML == "مرحبا 日本 👩‍👩‍👧")
    }

    @Test(arguments: [
        (0, "0"), (-0.001, "0"), (1, "1"), (-1.5, "-1.5"), (0.25, ".25"), (-0.05, "-.05"), (12.345, "12.35"),
        (1e300, "1000000"), (-Double.infinity, "-1000000"), (Double.nan, "0"),
    ])
    func numbersAreShort(number: Double, text: String) { #expect(short(number) == text) }

    @Test func elidedTextFitsAndKeepsItsStart() {
        for text in Gallery.longNames + ["", "a", "WWWWWWWW", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"] {
            for width in stride(from: 20.0, through: 400, by: 13) {
                let cut = TextWidth.elided(text, size: 12, to: width)
                #expect(TextWidth.of(cut, size: 12) <= width)
                #expect(cut == text || (cut.hasSuffix("…") && text.hasPrefix(cut.dropLast())))
            }
        }
    }

    @Test func wrappedTextFitsAndIsComplete() {
        let text = "one two three four five six seven eight nine ten eleven twelve"
        let lines = TextWidth.wrapped(text, size: 12, to: 120, lines: 20)
        #expect(lines.joined(separator: " ") == text)
        #expect(lines.allSatisfy { TextWidth.of($0, size: 12) <= 120 })
        let few = TextWidth.wrapped(text, size: 12, to: 120, lines: 2)
        #expect(few.count == 2)
        #expect(few.last?.hasSuffix("…") == true)
    }

    /// A style sheet is text in XML but not in HTML, so its characters must mean the same in both.
    @Test func styleSheetsNeedNoEscaping() {
        #expect(Theme.stylesheet.escapedForXML == Theme.stylesheet)
        #expect(HTMLPage.stylesheet.escapedForXML == HTMLPage.stylesheet)
    }
}
