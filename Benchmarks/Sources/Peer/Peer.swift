import Foundation

/// The program that measures this package for the comparison. It reads requests, one JSON object per line, and answers
/// each with one line.
///
/// Python/peer.py documents the protocol, which the Python programs share.
@main
struct Peer {
    static func main() throws {
        if CommandLine.arguments.dropFirst().first == "check-device" {
            do {
                return try DeviceCheck.run(Array(CommandLine.arguments.dropFirst(2)))
            } catch {
                print("check-device: \(error)")
                exit(1)
            }
        }
        try say(Hello(peer: "swift-mlp", version: "this checkout", rows: Workload.allCases.map(\.rawValue)))
        var measure: Measurement?
        while let line = readLine() {
            do {
                let request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
                switch request.do {
                case .prepare:
                    // Release the memory of the previous row first, so that it does not count for the next.
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

/// A prepared measurement. Each call measures once.
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
