public import ArgumentParser
public import Serving

/// `mlp serve`: a model behind HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves a model over HTTP, with a page to try it.",
        discussion: """
            POST /predict takes rows as JSON or CSV; / is a page with a form; /v2 is the Open Inference Protocol; /health and \
            /metrics are for operators. SIGTERM and SIGINT finish the requests that have begun and stop. SIGHUP reads the \
            model file again.

            EXAMPLE
              mlp serve income.mlp
              mlp serve income.mlp --port 9000 --workers 4 --log json
              curl localhost:8080/predict -d '{"age": 41, "trade": "nurse", "region": null}'
              curl localhost:8080/predict -H Content-Type:text/csv --data-binary @new.csv
            """)

    @Argument(help: "The model file.")
    var model: String

    @Option(help: "The address to listen on; 0.0.0.0 for all addresses of this machine.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 for any that is free.")
    var port = 8080

    @Option(help: "The number of threads that answer requests. (default: the number of processors)")
    var workers: Int?

    @Option(help: "The maximum size of a request: 512KB, 10MB, 1GB.")
    var maxBody = ByteCount(10 << 20)

    @Option(help: "The maximum number of rows in a request.")
    var maxRows = 100_000

    @Option(help: "The maximum time for a request to arrive, and for open requests to finish: 500ms, 30s, 2m.")
    var timeout = TimeLimit(seconds: 30)

    @Option(help: "The name of the model in the paths of /v2. (default: the name of the file)")
    var name: String?

    @Option(help: "How lines on standard error are written: text or json.")
    var log = Log.Format.text

    @Flag(help: "Write errors only.")
    var quiet = false

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port must be from 0 to 65535, but is \(port)")
        }
        if let workers, !(1...1024).contains(workers) {
            throw ValidationError("--workers must be from 1 to 1024, but is \(workers)")
        }
        guard maxRows >= 1 else { throw ValidationError("--max-rows must be at least 1, but is \(maxRows)") }
    }

    func run() async throws {
        var options = ServerOptions()
        (options.host, options.port, options.maxRows, options.name) = (host, port, maxRows, name)
        (options.maxBody, options.timeout) = (maxBody, timeout)
        if let workers { options.workers = workers }
        try await Server(contentsOf: model, options: options, log: Log(log, isQuiet: quiet)).run()
    }
}

extension ByteCount: ExpressibleByArgument {
    /// The value that is written so; nil if none is.
    public init?(argument: String) { self.init(argument) }
    /// The value as the help shows it.
    public var defaultValueDescription: String { description }
}

extension TimeLimit: ExpressibleByArgument {
    /// The value that is written so; nil if none is.
    public init?(argument: String) { self.init(argument) }
    /// The value as the help shows it.
    public var defaultValueDescription: String { description }
}

extension Log.Format: ExpressibleByArgument {}
