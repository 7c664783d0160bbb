import Foundation
import NIOHTTP1
import SwiftMLP
import Synchronization
import Workflows

/// What answers requests: a model that can be exchanged while it does.
final class Service: Sendable {
    let options: ServerOptions
    let metrics: Metrics
    private let current: Mutex<ServedModel>
    private let stopping = Atomic(false)

    init(_ model: ServedModel, _ options: ServerOptions) {
        self.options = options
        metrics = Metrics(shards: options.workers)
        current = Mutex(model)
    }

    /// The model of requests that begin now.
    var model: ServedModel {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    /// Whether the server finishes what it began, and takes nothing new.
    var isStopping: Bool {
        get { stopping.load(ordering: .relaxed) }
        set { stopping.store(newValue, ordering: .relaxed) }
    }

    /// The route of a path, for the counts.
    func route(_ path: String) -> Metrics.Route {
        switch path {
        case "/predict": .predict
        case "/", "/page.css", "/page.js": .page
        case "/model": .model
        case "/health": .health
        case "/metrics": .metrics
        default:
            if !path.hasPrefix("/v2") { .other } else { path.hasSuffix("/infer") ? .infer : .v2 }
        }
    }

    /// The answer to a request.
    ///
    /// - Throws: `ServiceError` for a request that cannot be answered; other errors are the server's.
    func answer(_ request: Request) throws -> Response {
        switch request.path {
        case "/predict":
            return try question(request).answer()
        case "/", "/page.css", "/page.js":
            try allow([.GET, .HEAD], request)
            return Page.file(request.path)
        case "/model":
            try allow([.GET, .HEAD], request)
            return .json(try Page.description(of: model))
        case "/health":
            try allow([.GET, .HEAD], request)
            return isStopping
                ? Response(
                    status: .serviceUnavailable, contentType: "application/json",
                    body: Array(#"{"status":"stopping"}"#.utf8))
                : .json(Array(#"{"status":"ok"}"#.utf8))
        case "/metrics":
            try allow([.GET, .HEAD], request)
            return .text(metrics.text(model), type: "text/plain; version=0.0.4; charset=utf-8")
        default:
            guard request.path == "/v2" || request.path.hasPrefix("/v2/") else {
                throw ServiceError.notFound(request.path)
            }
            return try inference(request)
        }
    }

    private func allow(_ methods: [HTTPMethod], _ request: Request) throws {
        guard methods.contains(request.method) else {
            throw ServiceError.notAllowed(methods.map(\.rawValue).joined(separator: ", "))
        }
    }

    /// What a request to `/predict` asks.
    ///
    /// - Throws: `ServiceError` for what it must not ask.
    func question(_ request: Request) throws -> Question {
        try allow([.POST], request)
        try request.checkEncoding()
        let parameters = try request.parameters(["interval", "ignore-unknown"])
        let ignoresUnknown: Bool
        switch parameters["ignore-unknown"] {
        case nil, "false"?: ignoresUnknown = false
        case "true"?: ignoresUnknown = true
        case let other?:
            throw ServiceError.badRequest("ignore-unknown must be true or false, but is \(other.prefix(40))")
        }
        let model = self.model
        let halfWidth = try parameters["interval"].map { try model.halfWidth($0) }
        let type = request.mediaType
        if type == "text/csv" {
            let table = try model.rows(csv: request.body, ignoresUnknown: ignoresUnknown, limit: options.maxRows)
            return Question(model: model, table: table, form: .lines, halfWidth: halfWidth)
        }
        guard Self.jsonTypes.contains(type) else {
            throw ServiceError(
                status: .unsupportedMediaType,
                message: "the Content-Type must be application/json, application/x-ndjson or text/csv, but is "
                    + "\(type.prefix(60))")
        }
        let (table, isSingle) = try model.rows(
            json: request.body, ignoresUnknown: ignoresUnknown, areLines: Self.lineTypes.contains(type),
            limit: options.maxRows)
        return Question(model: model, table: table, form: isSingle ? .object : .list, halfWidth: halfWidth)
    }

    private static let lineTypes: Set = ["application/x-ndjson", "application/jsonl", "application/x-jsonlines"]
    /// The type of a form is what curl sends where nobody states one.
    private static let jsonTypes = lineTypes.union(["", "application/json", "application/x-www-form-urlencoded"])

    // MARK: The Open Inference Protocol

    private func inference(_ request: Request) throws -> Response {
        var path = try request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).map {
            guard let part = String($0).removingPercentEncoding else { throw ServiceError.notFound(request.path) }
            return part
        }
        if path == [""] { path = [] }
        let model = self.model
        if path.first == "models", path.count >= 2 {
            guard path[1] == model.name else {
                throw ServiceError(
                    status: .notFound,
                    message: "there is no model \"\(path[1].prefix(100))\": it is called \"\(model.name)\"")
            }
            path.removeSubrange(0..<2)
            if path.first == "versions", path.count >= 2 {
                guard path[1] == "1" else {
                    throw ServiceError(
                        status: .notFound,
                        message: "there is no version \"\(path[1].prefix(100))\" of the model: it is \"1\"")
                }
                path.removeSubrange(0..<2)
            }
            switch path {
            case []:
                try allow([.GET, .HEAD], request)
                return .json(model.metadata())
            case ["ready"]:
                try allow([.GET, .HEAD], request)
                return ready("ready")
            case ["infer"]:
                try allow([.POST], request)
                try request.checkEncoding()
                let length = try request.headers.first(name: "inference-header-content-length").map { text in
                    guard let length = Int(text) else {
                        throw ServiceError.badRequest(
                            "Inference-Header-Content-Length must be a number, but is \(text.prefix(40))")
                    }
                    return length
                }
                let (body, rows) = try model.infer(request.body, jsonLength: length, limit: options.maxRows)
                return .json(body, rows: rows)
            default: throw ServiceError.notFound(request.path)
            }
        }
        switch path {
        case []:
            try allow([.GET, .HEAD], request)
            var writer = JSONWriter()
            writer.raw(#"{"name":"mlp","version":"#)
            writer.string(model.card.library ?? "unknown")
            writer.raw(#","extensions":["binary_tensor_data"]}"#)
            return .json(writer.bytes)
        case ["health", "live"]:
            try allow([.GET, .HEAD], request)
            return .json(Array(#"{"live":true}"#.utf8))
        case ["health", "ready"]:
            try allow([.GET, .HEAD], request)
            return ready("ready")
        default: throw ServiceError.notFound(request.path)
        }
    }

    private func ready(_ name: String) -> Response {
        Response(
            status: isStopping ? .serviceUnavailable : .ok, contentType: "application/json",
            body: Array("{\"\(name)\":\(!isStopping)}".utf8))
    }
}
