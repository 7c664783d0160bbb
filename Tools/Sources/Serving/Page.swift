import Foundation
import Workflows

/// The page, and what it is made from.
enum Page {
    /// One of its files.
    static func file(_ path: String) -> Response {
        switch path {
        case "/page.css":
            Response(contentType: "text/css; charset=utf-8", body: PackageResources.page_css)
        case "/page.js":
            Response(contentType: "text/javascript; charset=utf-8", body: PackageResources.page_js)
        default:
            Response(
                contentType: "text/html; charset=utf-8", body: PackageResources.index_html,
                headers: [("content-security-policy", policy)])
        }
    }

    /// What the page may do: load its own files, and ask its own server.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private struct Description: Encodable {
        let name: String
        let card: ModelCard
        /// The highest level of its intervals; nil if there are none.
        let interval: Double?
    }

    /// The model's name and card as JSON, without the held-out errors and the place of the data.
    static func description(of model: ServedModel) throws -> [UInt8] {
        var card = model.card
        let interval = [0.95, 0.9, 0.8, 0.5].first { card.halfWidth(level: $0) != nil }
        card.errors = []
        (card.data, card.checksum) = (nil, nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return Array(try encoder.encode(Description(name: model.name, card: card, interval: interval)))
    }
}
