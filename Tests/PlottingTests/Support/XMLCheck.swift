import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What Foundation's parser of XML says of a text.
enum XMLCheck {
    static func isValid(_ text: String) -> Bool {
        let parser = XMLParser(data: Data(text.utf8))
        let reader = Reader()
        parser.delegate = reader
        return parser.parse() && reader.error == nil && reader.isComplete
    }

    /// Without somebody to tell, the parser keeps errors to itself.
    private final class Reader: NSObject, XMLParserDelegate {
        private(set) var error: (any Error)?
        private(set) var isComplete = false

        func parserDidEndDocument(_ parser: XMLParser) { isComplete = true }

        func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { self.error = error }
    }
}
