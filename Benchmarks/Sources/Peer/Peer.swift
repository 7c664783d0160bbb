import Foundation

/// This package as a peer of the comparison: reads requests, one JSON object a line, and answers each with a line.
///
/// Python/peer.py has the protocol in words, and is the same for the peers in Python.
@main
struct Peer {
    static func main() throws {
        try say(Hello(peer: "swift-mlp", version: "this checkout", rows: Workload.allCases.map(\.rawValue)))
        var measure: Measurement?
        while let line = readLine() {
            do {
                let request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
                switch request.do {
                case .prepare:
                    // What the last row left goes before the next comes, so that it is not counted to its memory.
                    measure = nil
                    measure = try Workload(named: request.row).prepare(request)
                    try say(Answer(values: []))
                case .measure:
                    guard let measure else { throw PeerError("measure comes after prepare") }
                    try say(Answer(values: try measure()))
                }
            } catch {
                try say(Answer(error: "\(error)"))
            }
        }
    }

    private static func say(_ message: some Encodable) throws {
        FileHandle.standardOutput.write(try JSONEncoder().encode(message) + [UInt8(ascii: "\n")])
    }
}

/// What a prepared workload does at each request: measures once.
typealias Measurement = () throws -> [Double]

struct Hello: Encodable {
    var peer: String
    var version: String
    var rows: [String]
}

struct Request: Decodable {
    enum Order: String, Decodable { case prepare, measure }

    var `do`: Order
    var row: String?
    var network: NetworkDescription?
}

struct Answer: Encodable {
    var values: [Double]?
    var error: String?
}

struct PeerError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
