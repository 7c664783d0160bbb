import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Checks a text with Foundation's XML parser.
enum XMLCheck {
    static func isValid(_ text: String) -> Bool {
        let parser = XMLParser(data: Data(text.utf8))
        let reader = Reader()
        parser.delegate = reader
        return parser.parse() && reader.error == nil && reader.isComplete
    }

    /// Without a delegate, the parser does not report errors.
    private final class Reader: NSObject, XMLParserDelegate {
        private(set) var error: (any Error)?
        private(set) var isComplete = false

        func parserDidEndDocument(_ parser: XMLParser) { isComplete = true }

        func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { self.error = error }
    }
}
