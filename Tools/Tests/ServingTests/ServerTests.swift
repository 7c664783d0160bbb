import Foundation
import Testing

@testable import Serving

/// A client that sends what it likes.
final class Client {
    private let descriptor: Int32

    init(port: Int) throws {
        #if canImport(Darwin)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw CocoaError(.fileReadUnknown) }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        #if canImport(Darwin)
            _ = Foundation.send(descriptor, bytes, bytes.count, 0)
        #else
            _ = Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
    }

    /// Sends no more, but reads on.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What arrives until the text holds `end`, or until the connection ends where it is nil.
    func receive(until end: String? = nil) -> String {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: received, as: UTF8.self)
            if let end, text.contains(end) { return text }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { return count == 0 ? text : text + "<timeout>" }
            received.append(contentsOf: buffer[..<count])
        }
    }
}

private func post(_ body: String, _ path: String = "/predict", close: Bool = false) -> String {
    "POST \(path) HTTP/1.1\r\nHost: x\r\n\(close ? "Connection: close\r\n" : "")Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
}

/// Serves a model while `body` runs.
private func serving<Result>(
    _ path: String? = nil, log: Log = Log(isQuiet: true), _ change: (inout ServerOptions) -> Void = { _ in },
    _ body: (Server) async throws -> Result
) async throws -> Result {
    var options = ServerOptions()
    (options.port, options.workers) = (0, 2)
    change(&options)
    let server = try await Server(contentsOf: path ?? Models.file(), options: options, log: log)
    let result: Result
    do { result = try await body(server) } catch {
        await server.stop()
        throw error
    }
    await server.stop()
    return result
}

@Suite("The server", .serialized, .timeLimit(.minutes(2)))
struct ServerTests {
    private let answer: String

    init() throws { answer = try ask(.POST, "/predict", Models.row).text }

    @Test("Requests follow each other on a connection, and may be sent ahead")
    func keepAlive() async throws {
        try await serving { server in
            let client = try Client(port: server.port)
            client.send(post(Models.row))
            #expect(client.receive(until: "}}\n").hasSuffix(answer))
            client.send(
                post(Models.row) + "GET /health HTTP/1.1\r\nHost: x\r\n\r\n" + post("{") + post(Models.row, close: true)
            )
            let all = client.receive()
            #expect(
                all.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) } == [
                    "200", "200", "400", "200",
                ])
            #expect(all.hasSuffix(answer))
        }
    }

    @Test("HTTP/1.0, HEAD, a body in chunks, and a client that finishes sending first")
    func variants() async throws {
        try await serving { server in
            var client = try Client(port: server.port)
            client.send("GET /health HTTP/1.0\r\n\r\n")
            #expect(client.receive().contains("connection: close"))

            client = try Client(port: server.port)
            client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let head = client.receive()
            #expect(head.hasPrefix("HTTP/1.1 200") && head.hasSuffix("\r\n\r\n"))

            client = try Client(port: server.port)
            client.send("POST /predict HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            for character in Models.row { client.send("1\r\n\(character)\r\n") }
            client.send("0\r\n\r\n")
            #expect(client.receive(until: "}}\n").hasSuffix(answer))

            client = try Client(port: server.port)
            client.send(post(Models.row))
            client.finish()
            #expect(client.receive().hasSuffix(answer))

            client = try Client(port: server.port)
            client.send(
                "POST /predict HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: \(Models.row.utf8.count)\r\n\r\n"
            )
            #expect(client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100 Continue"))
            client.send(Models.row)
            #expect(client.receive(until: "}}\n").hasSuffix(answer))
        }
    }

    @Test("Rows that are predicted together are answered like rows alone, and errors go to whom they belong")
    func together() async throws {
        let rows = (0..<40).map { #"{"age": \#(20 + $0), "hours": \#($0 % 3 == 0 ? "null" : "30"), "trade": "nurse"}"# }
        let expected = try rows.map { try ask(.POST, "/predict", $0, of: Models.tabular).text }
        #expect(Set(expected).count > 30)
        try await serving(Models.file(Models.tabular)) { server in
            let clients = try rows.map { _ in try Client(port: server.port) }
            for round in 0..<5 {
                for (index, client) in clients.enumerated() {
                    client.send(post(index % 7 == round ? #"{"age": "x"}"# : rows[index]))
                }
                for (index, client) in clients.enumerated() {
                    let text = client.receive(until: "}\n")
                    #expect(index % 7 == round ? text.contains("must be a number") : text.hasSuffix(expected[index]))
                }
            }
        }
        let questions = try rows.map { row in
            try Service(Models.tabular, ServerOptions()).question(
                Request(method: .POST, uri: "/predict", body: Array(row.utf8)))
        }
        #expect(!questions.contains { !$0.joinsOthers })
        let answers = try Question.answers(questions).map { String(decoding: $0.body, as: UTF8.self) }
        #expect(answers == expected)
        #expect(!Models.classifier.joinsRows)
    }

    @Test("A long body is answered by another thread")
    func longBody() async throws {
        try await serving { server in
            let client = try Client(port: server.port)
            client.send(post("[" + Array(repeating: Models.row, count: 5000).joined(separator: ",") + "]", close: true))
            let text = client.receive()
            #expect(text.hasPrefix("HTTP/1.1 200"))
            #expect(text.components(separatedBy: "\"prediction\"").count == 5001)
        }
    }

    @Test("A body that is too large is refused by its length before it is read, and while it arrives")
    func tooLarge() async throws {
        try await serving(nil, { $0.maxBody = ByteCount(1000) }) { server in
            var client = try Client(port: server.port)
            client.send("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\n")
            var text = client.receive()
            #expect(
                text.hasPrefix("HTTP/1.1 413") && text.contains("connection: close")
                    && text.contains("at most 1000 bytes"))

            client = try Client(port: server.port)
            client.send("POST /predict HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<11 { client.send("64\r\n\(String(repeating: "x", count: 100))\r\n") }
            text = client.receive()
            #expect(text.hasPrefix("HTTP/1.1 413"))

            client = try Client(port: server.port)
            client.send(post(String(repeating: " ", count: 1000 - Models.row.utf8.count) + Models.row))
            #expect(client.receive(until: "}}\n").hasSuffix(answer))
        }
    }

    @Test("Bodies that are too large together are refused, and the count of their bytes returns to 0")
    func held() async throws {
        try await serving(nil, { $0.maxHeld = ByteCount(1000) }) { server in
            let head = "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n"
            let body = String(repeating: " ", count: 800)
            var one: Client? = try Client(port: server.port)
            one?.send(head + body)
            try await Task.sleep(for: .milliseconds(200))
            let two = try Client(port: server.port)
            two.send(head + body)
            #expect(two.receive().hasPrefix("HTTP/1.1 503"))
            one = nil
            try await Task.sleep(for: .milliseconds(200))
            let three = try Client(port: server.port)
            three.send(post(body + Models.row))
            #expect(three.receive(until: "}}\n").hasSuffix(answer))
            three.send("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(three.receive().contains("mlp_held_bytes 0\n"))
        }
    }

    @Test("What is no HTTP")
    func noHTTP() async throws {
        try await serving { server in
            for garbage in [
                "hello\r\n\r\n", "\0\0\0\0", "POST /predict HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                "POST /predict HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 50_000) + "\r\n",
            ] {
                let client = try Client(port: server.port)
                client.send(garbage)
                client.finish()
                let text = client.receive()
                #expect(
                    text.isEmpty || text.hasPrefix("HTTP/1.1 4") || text.hasPrefix("HTTP/1.0 4"),
                    "\(garbage.prefix(40)): \(text.prefix(80))")
            }
            let client = try Client(port: server.port)
            client.send(post(Models.row))
            #expect(client.receive(until: "}}\n").hasSuffix(answer))
        }
    }

    @Test("Clients that are too slow")
    func slow() async throws {
        try await serving(nil, { $0.timeout = TimeLimit(seconds: 0.3) }) { server in
            let body = try Client(port: server.port)
            body.send("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{")
            let head = try Client(port: server.port)
            head.send("POST /predict HT")
            let silent = try Client(port: server.port)
            #expect(body.receive().hasPrefix("HTTP/1.1 408"))
            #expect(head.receive() == "")
            #expect(silent.receive() == "")
        }
    }

    @Test("A client that does not take its answers is not answered without end")
    func unread() async throws {
        try await serving(nil, { $0.timeout = TimeLimit(seconds: 0.5) }) { server in
            let client = try Client(port: server.port)
            let sending = Task.detached {
                let requests = String(repeating: "GET /page.js HTTP/1.1\r\nHost: x\r\n\r\n", count: 20_000)
                client.send(requests)
            }
            try await Task.sleep(for: .seconds(3))
            let other = try Client(port: server.port)
            other.send("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(other.receive().contains("mlp_connections 1\n"))
            await sending.value
        }
    }

    @Test("More connections than allowed are closed, and the others go on")
    func connections() async throws {
        try await serving(nil, { $0.maxConnections = 2 }) { server in
            let clients = try (0..<2).map { _ in try Client(port: server.port) }
            clients[0].send(post(Models.row))
            #expect(clients[0].receive(until: "}}\n").hasSuffix(answer))
            clients[1].send(post(Models.row))
            #expect(clients[1].receive(until: "}}\n").hasSuffix(answer))
            let third = try Client(port: server.port)
            third.send(post(Models.row))
            #expect(!third.receive().contains("HTTP/1.1 200"))
            clients[0].send(post(Models.row))
            #expect(clients[0].receive(until: "}}\n").hasSuffix(answer))
        }
    }

    @Test("A new model file is taken over without losing a request; a damaged one is not")
    func reload() async throws {
        let path = try Models.file()
        let other = try ask(.POST, "/predict", Models.row, of: Models.otherClassifier).text
        #expect(other != answer)
        let lines = Lines()
        try await serving(path, log: Log(.text, isQuiet: true) { lines.add($0) }) { server in
            let port = server.port
            let answer = answer
            async let answers = withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let client = try Client(port: port)
                        return (0..<150).map { _ in
                            client.send(post(Models.row))
                            return String(client.receive(until: "}}\n").split(separator: "\r\n\r\n").last ?? "")
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            for round in 0..<10 {
                try (round % 2 == 0 ? Models.otherClassifier : Models.classifier).workflow.save(to: path)
                #expect(server.reload())
                try await Task.sleep(for: .milliseconds(5))
            }
            let all = try await answers
            #expect(all.count == 600)
            #expect(all.allSatisfy { $0 == answer || $0 == other })

            try Data("no model".utf8).write(to: URL(fileURLWithPath: path))
            #expect(!server.reload())
            #expect(lines.all.count == 1 && lines.all[0].contains("error: the model file cannot be read again"))
            let client = try Client(port: port)
            client.send(post(Models.row, close: true))
            #expect(client.receive().hasSuffix(answer))
        }
    }

    @Test("A stop finishes what has begun, ends idle connections and takes no new ones")
    func stop() async throws {
        var options = ServerOptions()
        (options.port, options.workers, options.timeout) = (0, 2, TimeLimit(seconds: 10))
        let server = try await Server(contentsOf: Models.file(), options: options, log: Log(isQuiet: true))
        let idle = try Client(port: server.port)
        idle.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = idle.receive(until: "ok\"}")
        let begun = try Client(port: server.port)
        begun.send("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: \(Models.row.utf8.count)\r\n\r\n{")
        try await Task.sleep(for: .milliseconds(100))
        async let stopped: Void = server.stop()
        #expect(idle.receive() == "")
        #expect(throws: (any Error).self) { try Client(port: server.port) }
        begun.send(String(Models.row.dropFirst()))
        let text = begun.receive()
        #expect(text.hasSuffix(answer) && text.contains("connection: close"))
        await stopped
    }

    @Test("A stop waits no longer than the time limit")
    func impatientStop() async throws {
        let start = ContinuousClock.now
        let client = try await serving(nil, { $0.timeout = TimeLimit(seconds: 1) }) { server in
            let client = try Client(port: server.port)
            client.send("POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
            try await Task.sleep(for: .milliseconds(50))
            return client
        }
        #expect(ContinuousClock.now - start < .seconds(8))
        _ = client.receive()
    }

    @Test("An address that is taken, and a file that is no model")
    func failures() async throws {
        try await serving { server in
            var options = ServerOptions()
            options.port = server.port
            await #expect(throws: ServerError.self) {
                try await Server(contentsOf: Models.file(), options: options, log: Log(isQuiet: true))
            }
        }
        await #expect(throws: (any Error).self) { try await Server(contentsOf: "/nowhere.mlp") }
    }
}
