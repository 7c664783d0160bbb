import Estimators
public import ModelSelection

extension SearchStore {
    /// A database in which any number of processes, on any machines, share the trials of a search.
    ///
    /// ```swift
    /// search.store = try .postgres("postgres://user@host/db", study: "iris")
    /// try search.fit(x, y)
    /// ```
    ///
    /// Every process runs the same program with the same data. Each process claims one trial after another. When no
    /// trial is left, it waits for the trials of other processes. All processes end with the same `cvResults`, which
    /// are those of a single process; each time is that of the process that ran the trial. Processes can join and leave
    /// at any time: when a process is killed, others can claim its trials after their leases end. The database contains
    /// checksums, candidates and scores, but not the data.
    ///
    /// The password comes from the URL, or from the places where libpq looks for it, such as `~/.pgpass`. It is never
    /// shown or stored.
    ///
    /// - Parameters:
    ///   - url: the URL of the database, in libpq's form:
    ///     `postgres://user:password@host:port/database?sslmode=require`.
    ///   - study: the name of the search in the database.
    ///   - lease: the time after which other processes can claim a trial of a process that has stopped, at least one
    ///     second. A running process renews its leases. Default one minute.
    ///   - patience: the time for which a search waits for a database that does not answer, for example while it
    ///     restarts. Default ten minutes.
    /// - Throws: `SearchStoreError` if libpq is missing or cannot read the URL; `EstimatorError` for an empty name or a
    ///   lease below one second.
    public static func postgres(
        _ url: String, study: String, lease: Duration = .seconds(60), patience: Duration = .seconds(600)
    ) throws -> SearchStore {
        try Check.require(
            !study.isEmpty, parameter: "study", study,
            allowed: "a name of at least one character")
        try Check.require(lease >= .seconds(1), parameter: "lease", lease, allowed: "at least one second")
        let libpq = try LibPQ()
        let address = try DatabaseAddress(url, libpq)
        return SearchStore("\(address), study \(study)", isShared: true) { search in
            try PostgresTrials(Database(address, study: study, patience: patience, libpq), search, lease: lease)
        }
    }
}
