import ModelSelection
import PostgresStore
import Testing

/// What a study looks like from outside.
@Suite(.serialized, .enabled(if: Server.programs != nil, Server.reason)) struct StudyTests {
    @Test func aStudyShowsHowFarItHasCome() throws {
        try Server.run { server in
            let missing = #expect(throws: SearchStoreError.self) { try PostgresStudy(server.url, study: "iris") }
            #expect(missing?.description.contains("there is no study iris") == true)

            var search = Probe.search(in: try .postgres(server.url, study: "iris")) { if $0 == 2 { throw Trouble() } }
            try search.fit()
            try server.sql(
                "UPDATE swift_mlp_trials SET finished = NULL, lease = now() + interval '1 hour' WHERE candidate = 3 AND split > 0"
            )
            let study = try PostgresStudy(server.url, study: "iris")
            #expect((study.trials, study.finishedTrials, study.runningWorkers.count) == (12, 10, 1))
            let lines = study.description.split(separator: "\n")
            #expect(lines[0].hasPrefix("iris: Probe, 4 candidates, 3 splits, begun 20"))
            #expect(lines[1] == "10 of 12 trials finished, 2 running in 1 process")
            #expect(lines[2] == "round  candidate  parameters    finished  running  failed  meanScore")
            #expect(lines[3].hasPrefix("    0          0  {level: 0.0}         3        0       0   3.1"))
            #expect(lines[5] == "    0          2  {level: 2.0}         3        0       3        nan")
            #expect(lines[6].hasPrefix("    0          3  {level: 3.0}         1        2       0   3."))

            let table = study.csv.split(separator: "\n")
            #expect(table.count == 13)
            #expect(
                table[0] == "round,candidate,split,parameters,worker,claims,finished,score,fitTime,scoreTime,error")
            let row = table[5].split(separator: ",", omittingEmptySubsequences: false)
            #expect(row[0...3] == ["0", "1", "1", "{level: 1.0}"])
            #expect(Double(row[7]) == search.cvResults.splitTestScores[1][1])
            #expect(Double(row[8]) == search.cvResults.fitTimes[1][1])
        }
    }
}
