import Foundation
import ModelFiles
import ModelSelection
import NeuralNetwork
import Testing

/// A search that continues where it stopped.
@Suite struct JournalTests {
    /// A separate file for each test, removed at its end.
    private final class Scratch: Sendable {
        let url = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString).jsonl")

        deinit { try? FileManager.default.removeItem(at: url) }

        var lines: [Substring] {
            get throws { try String(contentsOf: url, encoding: .utf8).split(separator: "\n") }
        }
    }

    private let scratch = Scratch()

    /// A search that counts its fits and has one candidate that fails.
    private func search(counting fits: Counter, nJobs: Int? = nil) -> GridSearchCV<Probe> {
        var search = SearchTests.search(over: [0, 1, 2, 3], nJobs: nJobs) { level, x in
            fits.add()
            if level == 1 { throw Trouble(description: "trouble, with \"quotes\"\nand lines") }
        }
        search.journal = scratch.url
        return search
    }

    private func expectSame(_ actual: GridSearchCV<Probe>, _ expected: GridSearchCV<Probe>) {
        #expect(actual.cvResults.splitTestScores.description == expected.cvResults.splitTestScores.description)
        #expect(actual.cvResults.rankTestScore == expected.cvResults.rankTestScore)
        #expect(actual.cvResults.errors == expected.cvResults.errors)
        #expect(actual.bestIndex == expected.bestIndex)
    }

    @Test(arguments: [1, 2]) func whatIsNotedIsNotFittedAgain(nJobs: Int) throws {
        let (first, second) = (Counter(), Counter())
        var whole = search(counting: first, nJobs: nJobs)
        try whole.fit(Probe.x, Probe.y)
        #expect(first.count == 13)
        #expect(try scratch.lines.count == 13)

        var again = search(counting: second, nJobs: nJobs)
        try again.fit(Probe.x, Probe.y)
        #expect(second.count == 1, "only the best is fitted on all samples")
        #expect(again.cvResults.meanTestScore[1].isNaN)
        expectSame(again, whole)
    }

    @Test func aLineThatWasCutIsFittedAgain() throws {
        var whole = search(counting: Counter())
        try whole.fit(Probe.x, Probe.y)
        for cut in [1, 20, 60] {
            let text = try String(contentsOf: scratch.url, encoding: .utf8)
            try String(text.dropLast(cut)).write(to: scratch.url, atomically: true, encoding: .utf8)
            let fits = Counter()
            var again = search(counting: fits)
            try again.fit(Probe.x, Probe.y)
            // Without its last character, the line break, a trial is still complete.
            #expect(fits.count == (cut == 1 ? 1 : 2))
            expectSame(again, whole)

            let once = Counter()
            var third = search(counting: once)
            try third.fit(Probe.x, Probe.y)
            #expect(once.count == 1, "the line after the cut one can be read")
        }
    }

    @Test(arguments: [("\"testScores\":[", "\"testScores\":[0.5,"), ("\"trainScores\":[", "\"trainScores\":[0.5")])
    func aLineOfOtherScoresIsFittedAgain(part: String, other: String) throws {
        var whole = search(counting: Counter())
        try whole.fit(Probe.x, Probe.y)
        let lines = try scratch.lines
        let altered = lines[2].replacing(part, with: other)
        #expect(altered != lines[2])
        try (lines[..<2] + [altered[...]] + lines[3...]).joined(separator: "\n")
            .write(to: scratch.url, atomically: true, encoding: .utf8)
        let fits = Counter()
        var again = search(counting: fits)
        try again.fit(Probe.x, Probe.y)
        #expect(fits.count == 2)
        expectSame(again, whole)
    }

    @Test func filesOfOthersAreRefusedAndKept() throws {
        let foreign = SearchJournalError.foreign(path: scratch.url.path)
        var whole = search(counting: Counter())
        try whole.fit(Probe.x, Probe.y)
        let content = try Data(contentsOf: scratch.url)

        let changes: [(inout GridSearchCV<Probe>) -> Void] = [
            { $0.estimator.note = "another" },
            { $0.paramGrid = [.init(\.level, [0, 1, 2])] },
            { $0.cv = 4 },
            { $0.errorScore = .value(0) },
            { $0.returnTrainScore = true },
            { $0.scoring = [.r2] },
        ]
        for change in changes {
            var other = search(counting: Counter())
            change(&other)
            #expect(throws: foreign) { try other.fit(Probe.x, Probe.y) }
        }
        var other = search(counting: Counter())
        #expect(throws: foreign) { try other.fit(Probe.x, Probe.y.reversed()) }
        #expect(throws: foreign) { try other.fit(Probe.x, Probe.y, sampleWeight: Probe.y) }
        #expect(try Data(contentsOf: scratch.url) == content)

        try Data("Dear diary\n".utf8).write(to: scratch.url)
        #expect(throws: foreign) { try other.fit(Probe.x, Probe.y) }
        #expect(try scratch.lines == ["Dear diary"])
    }

    /// Version 1 had another checksum of the data.
    @Test func journalsOfEarlierReleasesAreRefusedAndKept() throws {
        var whole = search(counting: Counter())
        try whole.fit(Probe.x, Probe.y)
        let text = try String(contentsOf: scratch.url, encoding: .utf8)
        let earlier = text.replacing("\"version\":2", with: "\"version\":1")
        #expect(earlier != text)
        try earlier.write(to: scratch.url, atomically: true, encoding: .utf8)
        var again = search(counting: Counter())
        let error = #expect(throws: SearchJournalError.self) { try again.fit(Probe.x, Probe.y) }
        #expect(error?.description.contains("of an earlier release") == true)
        #expect(try String(contentsOf: scratch.url, encoding: .utf8) == earlier)
    }

    @Test func theEndsOfTextsCount() throws {
        var whole = search(counting: Counter())
        (whole.estimator.note, whole.estimator.remark) = ("ab", "c")
        try whole.fit(Probe.x, Probe.y)
        var other = search(counting: Counter())
        (other.estimator.note, other.estimator.remark) = ("a", "bc")
        #expect(throws: SearchJournalError.foreign(path: scratch.url.path)) { try other.fit(Probe.x, Probe.y) }
    }

    @Test func filesThatCannotBeWrittenAreNamed() {
        var search = self.search(counting: Counter())
        search.journal = scratch.url.appending(path: "in/no/folder")
        let error = #expect(throws: SearchJournalError.self) { try search.fit(Probe.x, Probe.y) }
        #expect(error?.description.contains("in/no/folder") == true)
        #expect(error?.description.hasSuffix("in/no does not exist.") == true)
        search.journal = FileManager.default.temporaryDirectory
        #expect(throws: SearchJournalError.self) { try search.fit(Probe.x, Probe.y) }
    }

    /// The order of a set differs between processes, and with its capacity even within one.
    @Test func searchesOverSetsGoOnToo() throws {
        let labels = Set(1...50)
        var roomy = Set<Int>(minimumCapacity: 5000)
        roomy.formUnion(labels)
        #expect(labels.description != roomy.description)
        for (number, labels) in [labels, roomy].enumerated() {
            let fits = Counter()
            var search = self.search(counting: fits)
            search.estimator.labels = labels
            search.paramGrid = [.init(\.labels, [labels])]
            try search.fit(Probe.x, Probe.y)
            #expect(fits.count == (number == 0 ? 4 : 1))
        }
    }

    @Test func objectsThatLeadBackToThemselvesDoNoHarm() throws {
        for expected in [13, 1] {
            let fits = Counter()
            var search = self.search(counting: fits)
            search.estimator.object = SelfReferring()
            try search.fit(Probe.x, Probe.y)
            #expect(fits.count == expected)
        }
    }

    @Test func halvingSearchesGoOnInTheirRound() throws {
        let fits = Counter()
        func halving() -> HalvingGridSearchCV<Probe> {
            HalvingGridSearchCV(
                Probe(onFit: { _, _ in fits.add() }), paramGrid: [.init(\.level, [0, 1, 2, 3])], factor: 2,
                minResources: 3, cv: 3, randomState: 0, journal: scratch.url)
        }
        var whole = halving()
        try whole.fit(Probe.x, Probe.y)
        #expect(whole.cvResults.nResources == [3, 3, 3, 3, 6, 6, 12])
        #expect(fits.count == 22)
        let text = try String(contentsOf: scratch.url, encoding: .utf8)
        try String(text.dropLast(60)).write(to: scratch.url, atomically: true, encoding: .utf8)
        var again = halving()
        try again.fit(Probe.x, Probe.y)
        #expect(fits.count == 24)
        #expect(again.cvResults.splitTestScores == whole.cvResults.splitTestScores)
    }

    #if compiler(>=6.2)
        /// The same file for this process and its child, which knows its parent's process number.
        private static func fileOfKilled(by process: Int32) -> URL {
            FileManager.default.temporaryDirectory.appending(path: "journal-of-child-of-\(process).jsonl")
        }

        @Test func aKilledSearchGoesOn() async throws {
            let file = JournalTests.fileOfKilled(by: getpid())
            defer { try? FileManager.default.removeItem(at: file) }
            await #expect(processExitsWith: .signal(SIGKILL)) {
                let fits = Counter()
                var search = SearchTests.search(over: [0, 1, 2, 3], nJobs: 2) { _, _ in
                    let fit = fits.add()
                    if fit == 6 { kill(getpid(), SIGKILL) }
                    // The other thread must not continue before the signal arrives.
                    while fit > 6 { sleep(1) }
                }
                search.journal = JournalTests.fileOfKilled(by: getppid())
                try search.fit(Probe.x, Probe.y)
            }
            let noted = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").count - 1
            #expect((4...5).contains(noted))

            let fits = Counter()
            var resumed = SearchTests.search(over: [0, 1, 2, 3], nJobs: 2) { _, _ in fits.add() }
            resumed.journal = file
            try resumed.fit(Probe.x, Probe.y)
            #expect(fits.count == 13 - noted)
            var whole = SearchTests.search(over: [0, 1, 2, 3])
            try whole.fit(Probe.x, Probe.y)
            expectSame(resumed, whole)
        }
    #endif
}
