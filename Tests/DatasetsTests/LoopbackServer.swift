import Foundation

/// A web server on this machine that answers each connection with its next reply, good or bad, and then stops
/// listening. Every wait is limited.
final class LoopbackServer: @unchecked Sendable {
    enum Reply {
        /// The body, with status 200.
        case body([UInt8])
        /// Half of the body, after announcing the full length.
        case half([UInt8])
        /// Like `half`, but the connection then stays open without data.
        case stall([UInt8])
        /// The body, a byte every twentieth of a second.
        case drip([UInt8])
        case status(Int)
        case redirect(to: String)
        /// No data, with the connection open.
        case silence
    }

    struct Failure: Error {
        let call: String
        let code = errno
    }

    let address: String
    private let listener: Int32
    private let lock = NSLock()
    private var answered = 0

    /// How many connections have been answered.
    var connections: Int { lock.withLock { answered } }

    init(_ replies: [Reply]) throws {
        #if canImport(Darwin)
            listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
            listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        guard listener >= 0 else { throw Failure(call: "socket") }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = in_addr_t(UInt32(0x7F00_0001).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = listener
        let port = try withUnsafeMutablePointer(to: &name) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(socket, generic, length) == 0, listen(socket, 8) == 0,
                    getsockname(socket, generic, &length) == 0
                else { throw Failure(call: "bind") }
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
        address = "http://127.0.0.1:\(port)/cal_housing.tgz"
        Thread.detachNewThread { self.serve(replies) }
    }

    private func serve(_ replies: [Reply]) {
        defer { close(listener) }
        for reply in replies {
            guard Self.waitForInput(listener, seconds: 10) else { return }
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            lock.withLock { answered += 1 }
            Self.answer(connection, with: reply)
            close(connection)
        }
    }

    private static func answer(_ connection: Int32, with reply: Reply) {
        readRequest(connection)
        switch reply {
        case .body(let body):
            send(head(200, length: body.count) + body, to: connection)
        case .half(let body):
            send(head(200, length: body.count) + body.prefix(body.count / 2), to: connection)
        case .stall(let body):
            send(head(200, length: body.count) + body.prefix(body.count / 2), to: connection)
            _ = waitForInput(connection, seconds: 5)
        case .drip(let body):
            send(head(200, length: body.count), to: connection)
            for byte in body.prefix(100) where send([byte], to: connection) { usleep(50_000) }
        case .status(let code):
            send(head(code, length: 0), to: connection)
        case .redirect(let target):
            send(head(302, length: 0, extra: "Location: \(target)\r\n"), to: connection)
        case .silence:
            _ = waitForInput(connection, seconds: 5)
        }
    }

    private static func head(_ status: Int, length: Int, extra: String = "") -> [UInt8] {
        Array("HTTP/1.1 \(status) Reply\r\n\(extra)Content-Length: \(length)\r\nConnection: close\r\n\r\n".utf8)
    }

    private static func readRequest(_ connection: Int32) {
        var request: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !request.suffix(4).elementsEqual("\r\n\r\n".utf8), waitForInput(connection, seconds: 5) {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            request += buffer.prefix(count)
        }
    }

    /// Whether the client has received everything.
    @discardableResult
    private static func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
        #if canImport(Darwin)
            let flags: Int32 = 0
            var on: Int32 = 1
            setsockopt(connection, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Whether, within the time limit, there is a connection to accept, data to read, or a closed connection.
    private static func waitForInput(_ descriptor: Int32, seconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, seconds * 1000) > 0
    }
}
