import Estimators
import Foundation
import LinearAlgebra
import Metrics
import ModelSelection
import TestSupport
import Testing

@testable import PostgresStore

/// Searches that cannot use a study, and say why.
@Suite(.serialized, .enabled(if: Server.programs != nil, Server.reason)) struct TurnedAwayTests {
    /// What a search says that must not be able to use the store.
    private func sentence(
        _ store: SearchStore, y: [Double] = Probe.y, sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout GridSearchCV<Probe>) -> Void = { _ in }
    ) -> String {
        var search = Probe.search(in: store)
        change(&search)
        let error = #expect(throws: SearchStoreError.self, sourceLocation: sourceLocation) {
            try search.fit(Probe.x, y)
        }
        let text = error?.description ?? ""
        #expect(text.hasSuffix(".") && !text.contains("\n"), sourceLocation: sourceLocation)
        return text
    }

    @Test func workersWithOtherDataCandidatesOrVersions() throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "iris")
            var search = Probe.search(in: store)
            try search.fit()
            let content = "SELECT string_agg(t::text, ';' ORDER BY candidate, split) FROM swift_mlp_trials t"
            let before = try server.sql(content)
            #expect(sentence(store, y: Probe.y.reversed()).contains("is of other data"))
            #expect(sentence(store) { $0.cv = 4 }.contains("is of another search"))
            #expect(sentence(store) { $0.paramGrid = [.init(\.level, [1])] }.contains("is of another search"))
            #expect(sentence(store) { $0.errorScore = .value(0) }.contains("is of another search"))
            #expect(sentence(store) { $0.scoring = [.r2] }.contains("is of another search"))
            #expect(try server.sql(content) == before)

            try server.sql("UPDATE swift_mlp_studies SET version = '0.9'")
            #expect(sentence(store).contains("begun by version 0.9"))
            #expect(try server.sql(content) == before)
        }
    }

    @Test func changedRows() throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "iris")
            var search = Probe.search(in: store)
            try search.fit()
            let here = "WHERE candidate = 1 AND split = 2"
            for change in [
                "test_scores = NULL", "test_scores = '{}'", "test_scores = '{1,2}'", "test_scores = '{NULL}'",
                "test_scores = '{{1}}'", "train_scores = '{1}'", "fit_time = NULL", "did_fit = NULL",
                "parameters = '{level: 7}'",
            ] {
                try server.sql("CREATE TABLE kept AS SELECT * FROM swift_mlp_trials \(here)")
                try server.sql("UPDATE swift_mlp_trials SET \(change) \(here)")
                let text = sentence(store)
                #expect(text.contains("round 0, candidate 1, split 2"), "\(change)")
                try server.sql(
                    "DELETE FROM swift_mlp_trials \(here); INSERT INTO swift_mlp_trials TABLE kept; DROP TABLE kept")
            }
            let fits = Counter()
            var repaired = Probe.search(in: store) { _ in fits.add() }
            try repaired.fit()
            #expect(fits.count == 1)

            try server.sql(
                "INSERT INTO swift_mlp_trials (study, round, candidate, split, parameters) VALUES ('iris', 0, 9, 0, '')"
            )
            #expect(sentence(store).contains("candidate 9"))
            try server.sql("DELETE FROM swift_mlp_trials WHERE candidate > 2")
            #expect(sentence(store).contains("must have 12 trials in round 0"))
        }
    }

    @Test func otherTables() throws {
        try Server.run { server in
            try server.sql("CREATE TABLE swift_mlp_studies (name text); CREATE TABLE swift_mlp_trials (x int)")
            let text = sentence(try .postgres(server.url, study: "iris"))
            #expect(text.contains("are not those of this version"))
            try server.sql("CREATE SCHEMA mine")
            var elsewhere = Probe.search(
                in: try .postgres(server.url(options: "?options=-csearch_path%3Dmine"), study: "iris"))
            try elsewhere.fit()

            try server.sql("ALTER TABLE mine.swift_mlp_trials ALTER test_scores TYPE text")
            let typed = sentence(
                try .postgres(server.url(options: "?options=-csearch_path%3Dmine"), study: "iris"))
            #expect(typed.contains("swift_mlp_trials"))
        }
    }

    @Test func usersWithoutRights() throws {
        try Server.run { server in
            try server.sql("CREATE ROLE guest LOGIN")
            let store = try SearchStore.postgres(server.url(user: "guest"), study: "iris")
            let cannotCreate = sentence(store)
            #expect(cannotCreate.contains("permission denied for schema public"))
            #expect(cannotCreate.contains("GRANT CREATE"))

            var owner = Probe.search(in: try .postgres(server.url, study: "iris"))
            try owner.fit()
            #expect(sentence(store).contains("permission denied for table swift_mlp_studies"))
            try server.sql(
                "GRANT SELECT, INSERT, UPDATE ON swift_mlp_studies, swift_mlp_trials TO guest")
            let fits = Counter()
            var guest = Probe.search(in: store) { _ in fits.add() }
            try guest.fit()
            #expect(fits.count == 1)
        }
    }

    @Test func databasesThatRejectOrDoNotAnswer() throws {
        try Server.run { server in
            let unknown = sentence(try .postgres(server.url(database: "nothing"), study: "iris"))
            #expect(unknown.contains("\"nothing\" does not exist"))
            let role = sentence(try .postgres(server.url(user: "nobody:pässword"), study: "iris"))
            #expect(role.contains("\"nobody\" does not exist"))
            #expect(!role.contains("pässword"))
            try server.sql("CREATE DATABASE latin ENCODING LATIN1 TEMPLATE template0")
            #expect(sentence(try .postgres(server.url(database: "latin"), study: "iris")).contains("UTF8"))
        }
        let nowhere = sentence(
            try .postgres("postgres://me:hidden@%2Fno%2Fsuch%2Ffolder/db", study: "iris", patience: .milliseconds(100)))
        #expect(nowhere.contains("postgres://me@%2Fno"))
        #expect(!nowhere.contains("hidden"))
    }

    @Test func fullDisks() throws {
        guard geteuid() == 0, FileManager.default.isExecutableFile(atPath: "/usr/bin/mount") else { return }
        try Server.run { server in
            try server.withSmallDisk { space in
                try server.sql("CREATE TABLESPACE small LOCATION '\(space)'")
                try server.sql("ALTER DATABASE postgres SET default_tablespace = small")
                let store = try SearchStore.postgres(server.url, study: "iris")
                var search = Probe.search(in: store)
                try search.fit()
                let text = sentence(try .postgres(server.url, study: "large")) {
                    $0.paramGrid = [.init(\.level, (0..<20000).map(Double.init))]
                }
                #expect(text.contains("has no room left"))
                let fits = Counter()
                var again = Probe.search(in: store) { _ in fits.add() }
                try again.fit()
                #expect(fits.count == 1, "nothing is lost")
            }
        }
    }

    // MARK: - Before a connection

    @Test func aSearchHasAJournalOrAStore() throws {
        try Server.run { server in
            var search = Probe.search(in: try .postgres(server.url, study: "iris"))
            search.journal = URL(filePath: "/tmp/journal")
            let error = #expect(throws: (any Error).self) { try search.fit() }
            #expect("\(error as Any)".contains("journal"))
        }
    }

    @Test(arguments: [
        "", "host=db", "mysql://db", "postgres://u:p@ss@h/db", "postgres://u:p/ss@h/db", "postgres://u:p?s@h/db",
    ])
    func urlsThatCannotBeRead(url: String) throws {
        let error = #expect(throws: SearchStoreError.self) { try SearchStore.postgres(url, study: "iris") }
        let text = try #require(error).description
        #expect(text.contains("percent-encoded"))
        if !url.isEmpty { #expect(!text.contains(url)) }
        #expect(!text.contains("ss@h"))
    }

    @Test func namesAndLeases() {
        #expect(throws: EstimatorError.self) { try SearchStore.postgres("postgres://db", study: "") }
        #expect(throws: EstimatorError.self) {
            try SearchStore.postgres("postgres://db", study: "iris", lease: .milliseconds(1))
        }
    }

    @Test func passwordsAreNeverShown() throws {
        let url = "postgresql://me:s3cr%40t@db:5432/mlp?sslpassword=k3y&password=0ther"
        let store = try SearchStore.postgres(url, study: "iris")
        var text = ""
        dump(Probe.search(in: store), to: &text)
        text += "\(store) \(Probe.search(in: store))"
        let address = try DatabaseAddress(url, LibPQ())
        text += address.cleaned("FATAL: s3cr@t, s3cr%40t, k3y and 0ther")
        #expect(store.description == "postgresql://me@db:5432/mlp, study iris")
        for secret in ["s3cr", "k3y", "0ther"] { #expect(!text.contains(secret)) }
    }

    @Test func aMissingLibraryIsNamedWithTheRemedy() {
        let error = #expect(throws: SearchStoreError.self) { try LibPQ(names: ["libpq-that-is-not-there.so"]) }
        #expect(error?.description.contains("install") == true)
        #expect(error?.description.contains("libpq-that-is-not-there.so") == true)
    }
}
