import NIOHTTP1

/// Why a request is not answered as it asks: a status and one sentence that says what to do about it.
struct ServiceError: Error, Equatable {
    let status: HTTPResponseStatus
    let message: String
    /// The methods that are allowed, where another was used.
    var allowed: String?

    static func badRequest(_ message: String) -> ServiceError { ServiceError(status: .badRequest, message: message) }

    static func notFound(_ path: String) -> ServiceError {
        ServiceError(status: .notFound, message: "there is no \(path.prefix(200)): see the page at / for what there is")
    }

    static func notAllowed(_ allowed: String) -> ServiceError {
        ServiceError(status: .methodNotAllowed, message: "the method must be \(allowed)", allowed: allowed)
    }

    static func tooLarge(limit: Int) -> ServiceError {
        ServiceError(
            status: .payloadTooLarge,
            message: "the body must be at most \(ByteCount(limit)): send fewer rows at once, or raise --max-body")
    }

    static let busy = ServiceError(
        status: .serviceUnavailable, message: "the server holds too many bodies at the moment: try again")

    static func tooManyRows(limit: Int) -> ServiceError {
        ServiceError(
            status: .payloadTooLarge,
            message: "a request must have at most \(limit) rows: send fewer rows at once, or use mlp predict")
    }
}

extension Collection<String> {
    /// The names in quotation marks, at most 20 of them.
    var quoted: String {
        let texts = prefix(20).map { "\"\($0.prefix(100))\"" }
        return texts.joined(separator: ", ") + (count > texts.count ? ", …" : "")
    }
}
