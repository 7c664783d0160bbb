import Foundation
import NIOHTTP1
import Synchronization

/// What is counted about requests, in the text format of Prometheus.
final class Metrics: Sendable {
    /// The routes by which requests are counted.
    enum Route: String, CaseIterable, Sendable {
        case page = "/", predict = "/predict", model = "/model", health = "/health", metrics = "/metrics", v2 = "/v2"
        case infer = "/v2/models/infer", other

        /// Whether its time is measured.
        var isPrediction: Bool { self == .predict || self == .infer }
    }

    /// The counts of one thread, which nobody else waits for.
    final class Shard: Sendable {
        private struct Key: Hashable {
            let route: Route
            let status: UInt
        }

        private struct Counts {
            var requests: [Key: Int] = [:]
            var rows = 0
            var seconds = [0.0, 0.0]
            var buckets = [[Int]](repeating: Array(repeating: 0, count: Metrics.bounds.count + 1), count: 2)
        }

        private let counts = Mutex(Counts())

        /// Counts an answer.
        func add(_ route: Route, status: UInt, rows: Int, seconds: Double) {
            counts.withLock { counts in
                counts.requests[Key(route: route, status: status), default: 0] += 1
                counts.rows += rows
                guard route.isPrediction else { return }
                let kind = route == .predict ? 0 : 1
                counts.seconds[kind] += seconds
                var bucket = 0
                while bucket < Metrics.bounds.count, seconds > Metrics.bounds[bucket] { bucket += 1 }
                counts.buckets[kind][bucket] += 1
            }
        }

        fileprivate typealias Sums = (
            requests: [Route: [UInt: Int]], rows: Int, seconds: [Double], buckets: [[Int]]
        )

        fileprivate func add(to sums: inout Sums) {
            counts.withLock { counts in
                for (key, count) in counts.requests {
                    sums.requests[key.route, default: [:]][key.status, default: 0] += count
                }
                sums.rows += counts.rows
                for kind in 0..<2 {
                    sums.seconds[kind] += counts.seconds[kind]
                    for bucket in counts.buckets[kind].indices {
                        sums.buckets[kind][bucket] += counts.buckets[kind][bucket]
                    }
                }
            }
        }
    }

    static let bounds = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    let shards: [Shard]
    let inFlight = Atomic(0)
    let connections = Atomic(0)
    /// The bytes of bodies that wait for the rest, or for their answer.
    let held = Atomic(0)
    let reloads = Atomic(0)
    let failedReloads = Atomic(0)
    private let start = Date().timeIntervalSince1970

    init(shards: Int) { self.shards = (0..<max(1, shards)).map { _ in Shard() } }

    /// All counts.
    func text(_ model: ServedModel) -> String {
        var sums: Shard.Sums = (
            [:], 0, [0, 0], Array(repeating: Array(repeating: 0, count: Self.bounds.count + 1), count: 2)
        )
        for shard in shards { shard.add(to: &sums) }
        var lines: [String] = []
        func family(_ name: String, _ type: String, _ help: String) {
            lines.append("# HELP \(name) \(help)")
            lines.append("# TYPE \(name) \(type)")
        }
        func value(_ name: String, _ type: String, _ help: String, _ value: String) {
            family(name, type, help)
            lines.append("\(name) \(value)")
        }
        family("mlp_requests_total", "counter", "Answered requests.")
        for route in Route.allCases {
            for (status, count) in (sums.requests[route] ?? [:]).sorted(by: { $0.key < $1.key }) {
                lines.append("mlp_requests_total{route=\"\(route.rawValue)\",status=\"\(status)\"} \(count)")
            }
        }
        value("mlp_rows_total", "counter", "Predicted rows.", "\(sums.rows)")
        family("mlp_request_seconds", "histogram", "Time from the head of a request to its answer.")
        for (kind, route) in [Route.predict, .infer].enumerated() {
            var count = 0
            for (bucket, bound) in (Self.bounds.map { "\($0)" } + ["+Inf"]).enumerated() {
                count += sums.buckets[kind][bucket]
                lines.append("mlp_request_seconds_bucket{route=\"\(route.rawValue)\",le=\"\(bound)\"} \(count)")
            }
            lines.append("mlp_request_seconds_sum{route=\"\(route.rawValue)\"} \(sums.seconds[kind])")
            lines.append("mlp_request_seconds_count{route=\"\(route.rawValue)\"} \(count)")
        }
        value(
            "mlp_requests_in_flight", "gauge", "Requests that are being answered.",
            "\(inFlight.load(ordering: .relaxed))")
        value("mlp_connections", "gauge", "Open connections.", "\(connections.load(ordering: .relaxed))")
        value(
            "mlp_held_bytes", "gauge", "Bytes of bodies that are not answered yet.", "\(held.load(ordering: .relaxed))")
        family("mlp_reloads_total", "counter", "Reloads of the model file.")
        lines.append("mlp_reloads_total{result=\"done\"} \(reloads.load(ordering: .relaxed))")
        lines.append("mlp_reloads_total{result=\"failed\"} \(failedReloads.load(ordering: .relaxed))")
        family("mlp_model_info", "gauge", "The model.")
        let labels = [
            ("name", model.name), ("task", model.card.task.rawValue), ("target", model.card.target),
            ("library", model.card.library ?? ""),
        ]
        let texts = labels.map { name, value in
            let escaped = value.replacingOccurrences(of: "\\", with: "\\\\")
                .replacingOccurrences(of: "\"", with: "\\\"").replacingOccurrences(of: "\n", with: "\\n")
            return "\(name)=\"\(escaped)\""
        }
        lines.append("mlp_model_info{\(texts.joined(separator: ","))} 1")
        value("process_start_time_seconds", "gauge", "When the server began, in seconds since 1970.", "\(start)")
        return lines.joined(separator: "\n") + "\n"
    }
}
