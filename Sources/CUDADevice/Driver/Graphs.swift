/// Graphs of launches that repeat, by what they depend on.
struct Graphs<Key: Hashable> {
    private var graphs: [Key: Graph] = [:]
    /// What was launched before. A graph pays off from the second time on, and the driver has loaded its kernels then.
    private var launched: Set<Key> = []

    /// Launches what `body` launches: the graph of the key, if there is one.
    mutating func launch(_ key: Key, on stream: Stream, _ body: () throws -> Void) throws {
        if graphs[key] == nil, !launched.insert(key).inserted { graphs[key] = try stream.record(body) }
        if let graph = graphs[key] { try stream.launch(graph) } else { try body() }
    }
}
