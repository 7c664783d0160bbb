import NIOCore
import NIOHTTP1
import NIOPosix

/// One client's requests, one after the other.
final class Connection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// Between requests.
        case idle
        /// A head has arrived, and the body follows.
        case receiving(HTTPRequestHead)
        /// The request is being answered.
        case answering
        /// The request has been refused before its end; the rest of it is thrown away.
        case refusing
    }

    private let service: Service
    private let shard: Metrics.Shard
    private let batch: Batch
    private let threads: NIOThreadPool
    private let log: Log
    private var state = State.idle
    private var body: [UInt8] = []
    private var held = 0
    private var since = NIODeadline.now()
    private var isFirst = true
    private var isReadWaiting = false
    private var unwritableSince: NIODeadline?
    private var clock: RepeatedTask?

    /// A body beyond this size is not read on the thread that serves others.
    private static let longBody = 1 << 15
    /// How long a connection may rest between requests.
    private static let rest = TimeAmount.seconds(75)

    init(_ service: Service, _ shard: Metrics.Shard, _ batch: Batch, _ threads: NIOThreadPool, _ log: Log) {
        (self.service, self.shard, self.batch, self.threads, self.log) = (service, shard, batch, threads, log)
    }

    private var timeout: TimeAmount { .nanoseconds(Int64(service.options.timeout.seconds * 1e9)) }

    // MARK: Time

    func handlerAdded(context: ChannelHandlerContext) {
        service.metrics.connections.add(1, ordering: .relaxed)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let interval = TimeAmount.nanoseconds(max(2_000_000, timeout.nanoseconds / 8))
        clock = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            let (connection, context) = bound.value
            connection.look(context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        service.metrics.connections.subtract(1, ordering: .relaxed)
        clock?.cancel()
        if case .receiving = state { service.metrics.inFlight.subtract(1, ordering: .relaxed) }
        hold(-held)
        state = .refusing
    }

    /// Ends what takes too long.
    private func look(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        if let unwritableSince, now - unwritableSince > timeout { return context.close(promise: nil) }
        switch state {
        case .idle where now - since > (isFirst ? timeout : max(timeout, Self.rest)): context.close(promise: nil)
        case .receiving(let head) where now - since > timeout:
            refuse(
                context, head,
                ServiceError(
                    status: .requestTimeout,
                    message:
                        "the request must arrive within \(service.options.timeout): send it faster, or raise --timeout")
            )
        case .refusing where now - since > min(timeout, .seconds(2)): context.close(promise: nil)
        default: break
        }
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(context, head)
        case .body(let bytes):
            guard case .receiving(let head) = state else { return }
            guard body.count + bytes.readableBytes <= service.options.maxBody.bytes else {
                return refuse(context, head, .tooLarge(limit: service.options.maxBody.bytes))
            }
            hold(bytes.readableBytes)
            guard service.metrics.held.load(ordering: .relaxed) <= service.options.maxHeld.bytes else {
                return refuse(context, head, .busy)
            }
            body.append(contentsOf: bytes.readableBytesView)
        case .end:
            if case .receiving(let head) = state { end(context, head) }
        }
    }

    /// Counts bytes that are held until the request is answered.
    private func hold(_ bytes: Int) {
        held += bytes
        service.metrics.held.add(bytes, ordering: .relaxed)
    }

    private func begin(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        if case .refusing = state { return }
        (since, isFirst, state) = (.now(), false, .receiving(head))
        service.metrics.inFlight.add(1, ordering: .relaxed)
        if let text = head.headers.first(name: "content-length"), let length = Int(text) {
            guard length <= service.options.maxBody.bytes else {
                return refuse(context, head, .tooLarge(limit: service.options.maxBody.bytes))
            }
            body.reserveCapacity(min(length, 1 << 16))
        }
        if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
            let go = HTTPResponseHead(version: head.version, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
        }
    }

    private func end(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        state = .answering
        let request = Request(method: head.method, uri: head.uri, headers: head.headers, body: body)
        body = []
        if request.body.count > Self.longBody {
            let (service, log) = (service, log)
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            threads.runIfActive(eventLoop: context.eventLoop) {
                Self.response(log, request) { try service.answer(request) }
            }.whenSuccess { response in
                let (connection, context) = bound.value
                connection.write(context, head, request, response)
            }
        } else if request.path == "/predict", service.model.joinsRows {
            joinOthers(context, head, request)
        } else {
            write(context, head, request, Self.response(log, request) { try service.answer(request) })
        }
    }

    private func joinOthers(_ context: ChannelHandlerContext, _ head: HTTPRequestHead, _ request: Request) {
        do {
            let question = try service.question(request)
            guard question.joinsOthers else {
                return write(context, head, request, Self.response(log, request) { try question.answer() })
            }
            batch.add(question, on: context.eventLoop) { [self] result in
                write(context, head, request, Self.response(log, request) { try result.get() })
            }
        } catch {
            write(context, head, request, Self.response(log, request) { throw error })
        }
    }

    private static func response(_ log: Log, _ request: Request, _ answer: () throws -> Response) -> Response {
        do {
            return try answer()
        } catch let error as ServiceError {
            return Response(error)
        } catch {
            log.error("a request failed", ("path", request.path), ("reason", "\(error)"))
            return Response(
                ServiceError(status: .internalServerError, message: "the server cannot answer this: its log says why"))
        }
    }

    // MARK: Answers

    private func write(
        _ context: ChannelHandlerContext, _ head: HTTPRequestHead, _ request: Request, _ response: Response
    ) {
        count(request.path, response)
        guard context.channel.isActive else { return }
        send(context, head, response, closes: !head.isKeepAlive || service.isStopping)
        (state, since) = (.idle, .now())
    }

    /// Answers before the request has arrived, and lets the client read the answer before the connection ends.
    private func refuse(_ context: ChannelHandlerContext, _ head: HTTPRequestHead, _ error: ServiceError) {
        let response = Response(error)
        count(Request(method: head.method, uri: head.uri).path, response)
        (state, since, body) = (.refusing, .now(), [])
        send(context, head, response, closes: true)
        context.close(mode: .output, promise: nil)
    }

    private func count(_ path: String, _ response: Response) {
        let seconds = Double((NIODeadline.now() - since).nanoseconds) / 1e9
        shard.add(service.route(path), status: response.status.code, rows: response.rows, seconds: seconds)
        service.metrics.inFlight.subtract(1, ordering: .relaxed)
        hold(-held)
    }

    private func send(
        _ context: ChannelHandlerContext, _ head: HTTPRequestHead, _ response: Response, closes: Bool
    ) {
        var headers = HTTPHeaders()
        headers.reserveCapacity(8)
        headers.add(name: "content-type", value: response.contentType)
        headers.add(name: "content-length", value: "\(response.body.count)")
        headers.add(name: "x-content-type-options", value: "nosniff")
        headers.add(name: "cache-control", value: "no-store")
        for (name, value) in response.headers { headers.add(name: name, value: value) }
        if closes {
            headers.add(name: "connection", value: "close")
        } else if head.version.minor == 0 {
            headers.add(name: "connection", value: "keep-alive")
        }
        let answer = HTTPResponseHead(version: head.version, status: response.status, headers: headers)
        context.write(wrapOutboundOut(.head(answer)), promise: nil)
        if head.method != .HEAD, !response.body.isEmpty {
            context.write(
                wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: response.body)))),
                promise: nil)
        }
        let written = closes ? context.eventLoop.makePromise(of: Void.self) : nil
        if case .refusing = state {
        } else if let written {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            written.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }

    // MARK: The connection

    /// Takes no more requests from a client that does not take its answers.
    func read(context: ChannelHandlerContext) {
        if context.channel.isWritable { context.read() } else { isReadWaiting = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        unwritableSince = context.channel.isWritable ? nil : unwritableSince ?? .now()
        if context.channel.isWritable, isReadWaiting {
            isReadWaiting = false
            context.read()
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            switch state {
            case .answering: break
            case .idle, .receiving, .refusing: context.close(promise: nil)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
