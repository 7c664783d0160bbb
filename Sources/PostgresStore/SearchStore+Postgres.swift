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
    /// Every process runs the same program with the same data. Each claims one trial after the other, waits for the last
    /// ones, and ends with the same `cvResults`, those of one process alone; the times are those of the process that ran
    /// the trial. Processes may come and go: what a process that was killed had claimed is free when its lease ends.
    /// Checksums, candidates and scores travel; data do not.
    ///
    /// The password comes from the URL or from where libpq looks for it, such as `~/.pgpass`. It is never shown or stored.
    ///
    /// - Parameters:
    ///   - url: the database, as libpq writes it: `postgres://user:password@host:port/database?sslmode=require`.
    ///   - study: the name of the search in the database.
    ///   - lease: how long others wait for a process that has stopped. A process that runs prolongs its lease. Default one
    ///     minute, at least one second.
    ///   - patience: how long a search waits for a database that does not answer, such as one that restarts. Default ten
    ///     minutes.
    /// - Throws: `SearchStoreError` where libpq is missing, and for a URL that it cannot read;
    ///   `EstimatorError` for an empty name and a lease below one second.
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
