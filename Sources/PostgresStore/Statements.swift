/// The statements of a store. `$1` is the study's name, `$2` the round, and in most `$3` the worker.
extension Statement {
    // MARK: Tables

    static let encoding = Statement("SELECT current_setting('server_encoding')")

    static let tablesExist = Statement(
        "SELECT to_regclass('swift_mlp_studies') IS NOT NULL AND to_regclass('swift_mlp_trials') IS NOT NULL")

    /// Processes that begin at the same time take turns.
    static let createTables = [
        "BEGIN",
        "SELECT pg_advisory_xact_lock(hashtext('swift_mlp_studies'))",
        """
        CREATE TABLE IF NOT EXISTS swift_mlp_studies (
            name text PRIMARY KEY,
            description text NOT NULL,
            version text NOT NULL,
            data text NOT NULL,
            candidates text NOT NULL,
            scorers text NOT NULL,
            created timestamptz NOT NULL DEFAULT now(),
            flushed timestamptz
        )
        """,
        """
        CREATE TABLE IF NOT EXISTS swift_mlp_trials (
            study text NOT NULL REFERENCES swift_mlp_studies ON DELETE CASCADE,
            round integer NOT NULL,
            candidate integer NOT NULL,
            split integer NOT NULL,
            parameters text NOT NULL,
            worker text,
            lease timestamptz,
            claims integer NOT NULL DEFAULT 0,
            finished timestamptz,
            test_scores float8[],
            train_scores float8[],
            fit_time float8,
            score_time float8,
            did_fit boolean,
            error text,
            undefined text,
            PRIMARY KEY (study, round, candidate, split)
        )
        """,
        """
        CREATE INDEX IF NOT EXISTS swift_mlp_unfinished_trials
        ON swift_mlp_trials (study, round, candidate, split) WHERE finished IS NULL
        """,
        "COMMIT",
    ].map { Statement($0) }

    static let rollback = Statement("ROLLBACK")

    // MARK: The study

    static let createStudy = Statement(
        """
        INSERT INTO swift_mlp_studies (name, description, version, data, candidates, scorers)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
        """)

    static let study = Statement(
        """
        SELECT version, data, candidates, scorers, description, to_char(created AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')
        FROM swift_mlp_studies WHERE name = $1
        """)

    /// Waits until everything that any process has written is on the disk. Returns no row where the study is gone.
    static let flush = Statement(
        """
        UPDATE swift_mlp_studies SET flushed = now()
        WHERE name = $1 AND set_config('synchronous_commit', 'on', true) = 'on' RETURNING 1
        """)

    // MARK: Rounds

    static let roundExists = Statement(
        "SELECT EXISTS (SELECT FROM swift_mlp_trials WHERE study = $1 AND round = $2::int)")

    static let createRound = Statement(
        """
        INSERT INTO swift_mlp_trials (study, round, candidate, split, parameters)
        SELECT $1, $2::int, candidate.ordinality - 1, split, candidate.value
        FROM json_array_elements_text($3::json) WITH ORDINALITY AS candidate, generate_series(0, $4::int - 1) AS split
        ON CONFLICT DO NOTHING
        """)

    // MARK: Trials

    private static let noting = """
        UPDATE swift_mlp_trials SET finished = now(), worker = $3, lease = NULL, test_scores = $6, train_scores = $7,
            fit_time = $8, score_time = $9, did_fit = $10::bool, error = $11, undefined = $12
        WHERE study = $1 AND round = $2::int AND candidate = $4::int AND split = $5::int AND finished IS NULL
        """

    /// Notes a trial, unless another worker has noted it.
    static let note = Statement(noting)

    /// Notes a trial, if one is given, and claims the first one that is free or whose worker is gone.
    static let next = Statement(
        """
        WITH noted AS (\(noting)), free AS (
            SELECT candidate, split FROM swift_mlp_trials
            WHERE study = $1 AND round = $2::int AND finished IS NULL AND (lease IS NULL OR lease < now())
                AND (candidate, split) IS DISTINCT FROM ($4::int, $5::int)
            ORDER BY candidate, split LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        UPDATE swift_mlp_trials AS trial
        SET worker = $3, lease = now() + make_interval(secs => $13), claims = claims + 1
        FROM free
        WHERE study = $1 AND round = $2::int AND trial.candidate = free.candidate AND trial.split = free.split
        RETURNING trial.candidate, trial.split
        """)

    static let unfinished = Statement(
        "SELECT count(*) FROM swift_mlp_trials WHERE study = $1 AND round = $2::int AND finished IS NULL")

    private static let held = "unnest($4::int[], $5::int[]) AS held (candidate, split)"

    /// Prolongs the worker's leases, and takes back those that have run out or that a database that crashed has lost.
    static let renew = Statement(
        """
        UPDATE swift_mlp_trials AS trial SET worker = $3, lease = now() + make_interval(secs => $6) FROM \(held)
        WHERE study = $1 AND round = $2::int AND trial.candidate = held.candidate AND trial.split = held.split
            AND finished IS NULL AND (worker = $3 OR lease IS NULL OR lease < now())
        """)

    /// Frees what the worker has claimed without learning of it, since the connection was lost.
    static let release = Statement(
        """
        UPDATE swift_mlp_trials AS trial SET worker = NULL, lease = NULL
        WHERE study = $1 AND round = $2::int AND worker = $3 AND finished IS NULL
            AND NOT EXISTS (
                SELECT FROM \(held) WHERE trial.candidate = held.candidate AND trial.split = held.split)
        """)

    private static let outcomes = """
        SELECT candidate, split, parameters, finished IS NOT NULL, test_scores, train_scores, fit_time, score_time, did_fit,
            error, undefined FROM swift_mlp_trials WHERE study = $1 AND round = $2::int
        """

    static let trials = Statement(outcomes + " ORDER BY candidate, split")

    /// The trials that have been finished since `$3`.
    static let news = Statement(outcomes + " AND finished >= $3::timestamptz")

    /// A moment before which no transaction is still under way.
    static let moment = Statement("SELECT (now() - interval '30 s')::text")

    // MARK: The view

    static let overview = Statement(
        """
        SELECT round, candidate, split, parameters, worker, lease > now(), finished IS NOT NULL, claims,
            to_char(finished AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), test_scores, fit_time, score_time, error
        FROM swift_mlp_trials WHERE study = $1 ORDER BY round, candidate, split
        """)
}
