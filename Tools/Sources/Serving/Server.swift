import Dispatch
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import SwiftMLP
import Synchronization

/// A model behind HTTP.
public final class Server: Sendable {
    private let path: String
    private let service: Service
    private let log: Log
    private let group: MultiThreadedEventLoopGroup
    private let threads: NIOThreadPool
    private let listener: any Channel
    private let clients: Clients

    /// The port on which the server listens.
    public var port: Int { listener.localAddress?.port ?? 0 }

    /// Reads a model file and listens.
    ///
    /// - Throws: what `Workflow` throws; `ServerError` for an address that cannot be listened on.
    public init(contentsOf path: String, options: ServerOptions = ServerOptions(), log: Log = Log()) async throws {
        self.path = path
        self.log = log
        let model = try ServedModel(contentsOf: path, name: options.name)
        service = Service(model, options)
        group = MultiThreadedEventLoopGroup(numberOfThreads: options.workers)
        threads = NIOThreadPool(numberOfThreads: options.workers)
        threads.start()
        // Connections must not take the last files that the process may open.
        let clients = Clients(limit: min(options.maxConnections, max(16, sysconf(Int32(_SC_OPEN_MAX)) - 64)))
        self.clients = clients
        let (service, threads) = (service, threads)
        var loops: [ObjectIdentifier: (Metrics.Shard, NIOLoopBoundBox<Batch>)] = [:]
        for (loop, shard) in zip(group.makeIterator(), service.metrics.shards) {
            loops[ObjectIdentifier(loop)] = (shard, .makeBoxSendingValue(Batch(), eventLoop: loop))
        }
        let partsOfLoops = loops
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard clients.add(channel) else { throw ServerError("there are too many connections") }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withPipeliningAssistance: true, withServerUpgrade: nil, withErrorHandling: true,
                        withOutboundHeaderValidation: false)
                    guard let (shard, batch) = partsOfLoops[ObjectIdentifier(channel.eventLoop)] else { return }
                    try channel.pipeline.syncOperations.addHandler(
                        Connection(service, shard, batch.value, threads, log))
                }
            }
        do {
            listener = try await bootstrap.bind(host: options.host, port: options.port).get()
        } catch {
            try? await group.shutdownGracefully()
            try? await threads.shutdownGracefully()
            throw ServerError(
                "cannot listen on \(options.host), port \(options.port): \(error): choose another --port or --host")
        }
        log.info(
            "listening",
            ("address", "http://\(options.host.contains(":") ? "[\(options.host)]" : options.host):\(port)"),
            ("model", model.name), ("workers", "\(options.workers)"))
    }

    /// Reads the model file again. Requests that have begun are answered by the model of their beginning; if the file cannot
    /// be used, the server keeps the model that it has.
    ///
    /// - Returns: whether the model was exchanged.
    @discardableResult
    public func reload() -> Bool {
        do {
            service.model = try ServedModel(contentsOf: path, name: service.options.name)
            service.metrics.reloads.add(1, ordering: .relaxed)
            log.info("reloaded", ("file", path))
            return true
        } catch {
            service.metrics.failedReloads.add(1, ordering: .relaxed)
            log.error("the model file cannot be read again, and the old model stays: \(error)")
            return false
        }
    }

    /// Listens no longer, finishes the requests that have begun, at most until the time limit, and ends.
    public func stop() async {
        log.info("stopping")
        service.isStopping = true
        try? await listener.close().get()
        let open = clients.channels
        for channel in open { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        let limit = NIODeadline.now() + .nanoseconds(Int64(service.options.timeout.seconds * 1e9))
        while !clients.isEmpty, NIODeadline.now() < limit { try? await Task.sleep(for: .milliseconds(5)) }
        for channel in clients.channels { channel.close(promise: nil) }
        try? await group.shutdownGracefully()
        try? await threads.shutdownGracefully()
        log.info("stopped")
    }

    /// Serves until the process is asked to stop: SIGTERM and SIGINT stop, SIGHUP reloads.
    public func run() async {
        let queue = DispatchQueue(label: "mlp.signals")
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let sources = [SIGTERM, SIGINT, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
        for await number in signals {
            guard number == SIGHUP else { break }
            reload()
        }
        for source in sources { source.cancel() }
        await stop()
    }
}

/// Why a server cannot serve: one sentence.
public struct ServerError: Error, CustomStringConvertible, Equatable {
    /// The sentence, without a full stop.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// The open connections.
private final class Clients: Sendable {
    private let limit: Int
    private let open = Mutex<[ObjectIdentifier: any Channel]>([:])

    init(limit: Int) { self.limit = limit }

    /// - Returns: false if there are too many.
    func add(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let isTaken = open.withLock { open in
            guard open.count < limit else { return false }
            open[id] = channel
            return true
        }
        if isTaken { channel.closeFuture.whenComplete { [self] _ in open.withLock { $0[id] = nil } } }
        return isTaken
    }

    var channels: [any Channel] { open.withLock { Array($0.values) } }

    var isEmpty: Bool { open.withLock { $0.isEmpty } }
}
