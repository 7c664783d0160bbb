import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What Foundation's parser of XML says of a text.
enum XMLCheck {
    static func isValid(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }
}
