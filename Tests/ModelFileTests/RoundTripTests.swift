import Estimators
import Foundation
import ModelFiles
import Testing

/// Models are read exactly as they were written, bit for bit.
@Suite struct RoundTripTests {
    private static let subjects = Result {
        try StoredSubject.preprocessing() + StoredSubject.networks() + StoredSubject.tabularNetworks()
            + StoredSubject.metaEstimators()
    }

    @Test func theModelReadIsTheModelWritten() throws {
        let folder = try ScratchFolder()
        let (first, second) = (folder.file("first"), folder.file("second"))
        for subject in try RoundTripTests.subjects.get() {
            try subject.save(first)
            #expect(try subject.isEqual(first), "\(subject.testDescription)")
            #expect(try subject.answers(first) == subject.expected(), "\(subject.testDescription)")
            let learners = try subject.answersOfLearners(first)
            #expect(learners.stored == learners.expected, "\(subject.testDescription)")
            // Every bit of its state, including state that `==` ignores.
            try subject.copy(first, second)
            #expect(try Data(contentsOf: first) == Data(contentsOf: second), "\(subject.testDescription)")
        }
        #expect(try folder.names == ["first", "second"], "nothing else is left")
    }

    @Test func aFileTakesThePlaceOfAnother() throws {
        let folder = try ScratchFolder()
        let subjects = try RoundTripTests.subjects.get()
        for subject in [subjects[0], subjects[subjects.count - 1], subjects[1]] {
            try subject.save(folder.file())
            #expect(try subject.isEqual(folder.file()))
        }
        #expect(try folder.names == ["model.safetensors"])
    }

    /// A symbolic link stays a link, and its target is replaced.
    @Test func linksAreFollowed() throws {
        let folder = try ScratchFolder()
        let (file, link) = (folder.file(), folder.file("link"))
        try Data("old".utf8).write(to: file)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
        let subject = try RoundTripTests.subjects.get()[0]
        try subject.save(link)
        #expect(try subject.isEqual(file) && subject.isEqual(link))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path).hasSuffix("model.safetensors"))
    }
}
