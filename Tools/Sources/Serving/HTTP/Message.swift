import Foundation
import NIOHTTP1
import Workflows

/// A request as it was received whole.
struct Request {
    var method: HTTPMethod
    /// The path before the question mark, as it was sent.
    var path: String
    /// What follows the question mark, as it was sent.
    var query: String
    var headers: HTTPHeaders
    var body: [UInt8]

    init(method: HTTPMethod, uri: String, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        (self.method, self.headers, self.body) = (method, headers, body)
        if let mark = uri.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(uri[..<mark])
            query = String(uri[uri.utf8.index(after: mark)...])
        } else {
            path = uri
            query = ""
        }
    }

    /// The media type of the body without its parameters, in lower case; empty where none is stated.
    var mediaType: String {
        guard let value = headers.first(name: "content-type") else { return "" }
        let type = value.prefix { $0 != ";" }
        return type.lowercased().trimmingCharacters(in: .whitespaces)
    }

    /// - Throws: `ServiceError` for a body that is compressed.
    func checkEncoding() throws {
        guard let coding = headers.first(name: "content-encoding"), coding.lowercased() != "identity" else { return }
        throw ServiceError(
            status: .unsupportedMediaType,
            message: "the body must be sent as it is, without Content-Encoding, but is encoded by \(coding.prefix(40))")
    }

    /// The parameters of the query.
    ///
    /// - Throws: `ServiceError` for one that is not known, or is there twice.
    func parameters(_ known: Set<String>) throws -> [String: String] {
        guard !query.isEmpty else { return [:] }
        var parameters: [String: String] = [:]
        for part in query.split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = String(sides[0]).removingPercentEncoding,
                let value = sides.count < 2 ? "true" : String(sides[1]).removingPercentEncoding
            else { throw ServiceError.badRequest("the query must be percent-encoded, but is \(query.prefix(100))") }
            guard known.contains(name) else {
                throw ServiceError.badRequest(
                    "the query has an unknown parameter \"\(name.prefix(100))\": there are \(known.sorted().quoted)")
            }
            guard parameters.updateValue(value, forKey: name) == nil else {
                throw ServiceError.badRequest("the query has the parameter \"\(name)\" twice")
            }
        }
        return parameters
    }
}

/// An answer to a request.
struct Response {
    var status = HTTPResponseStatus.ok
    var contentType: String
    var body: [UInt8]
    /// The number of rows that were predicted.
    var rows = 0
    /// Headers besides those of every answer.
    var headers: [(String, String)] = []

    static func json(_ body: [UInt8], rows: Int = 0) -> Response {
        Response(contentType: "application/json", body: body, rows: rows)
    }

    static func text(_ text: String, type: String) -> Response { Response(contentType: type, body: Array(text.utf8)) }

    init(
        status: HTTPResponseStatus = .ok, contentType: String, body: [UInt8], rows: Int = 0,
        headers: [(String, String)] = []
    ) {
        (self.status, self.contentType, self.body, self.rows, self.headers) = (status, contentType, body, rows, headers)
    }

    /// The answer to a request that failed: `{"error": "…"}`.
    init(_ error: ServiceError) {
        var writer = JSONWriter()
        writer.raw("{\"error\":")
        writer.string(error.message)
        writer.raw("}\n")
        self.init(status: error.status, contentType: "application/json", body: writer.bytes)
        if let allowed = error.allowed { headers.append(("allow", allowed)) }
    }
}
