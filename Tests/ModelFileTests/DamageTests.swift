import Estimators
import Foundation
import ModelFiles
import NumPyRandom
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Damaged or manipulated files give an error, or a model that can be used.
///
/// The tests check that the process never stops. With the address sanitizer they also check memory accesses:
/// `swift test --sanitize=address --filter DamageTests`.
@Suite struct DamageTests {
    private static let subjects = Result {
        try StoredSubject.preprocessing() + StoredSubject.networks() + StoredSubject.tabularNetworks()
            + StoredSubject.metaEstimators()
    }

    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Reads an altered file and uses what was read.
    ///
    /// - Returns: whether it could be read.
    @discardableResult
    private func check(
        _ subject: StoredSubject, _ data: Data, _ alteration: @autoclosure () -> String
    ) throws -> Bool {
        try data.write(to: folder.file())
        do {
            _ = try subject.answers(folder.file())
            return true
        } catch is ModelFileError {
            return false
        } catch {
            Issue.record("\(subject.testDescription), \(alteration()): \(error) is no error of files")
            return false
        }
    }

    private func content(of subject: StoredSubject) throws -> Data {
        try subject.save(folder.file())
        return try Data(contentsOf: folder.file())
    }

    @Test func filesCutOffAtEveryLength() throws {
        let path = folder.file().path
        for subject in try DamageTests.subjects.get() {
            let content = try content(of: subject)
            for length in (0..<content.count).reversed() {
                try #require(truncate(path, off_t(length)) == 0)
                guard (try? subject.answers(folder.file())) == nil else {
                    Issue.record("\(subject.testDescription) of \(length) bytes of \(content.count) was read")
                    break
                }
            }
        }
    }

    @Test func everyByteOfTheHeaderAltered() throws {
        for (number, subject) in try DamageTests.subjects.get().enumerated() {
            let content = try content(of: subject)
            let header = 8 + content.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            // Every byte of the first file. The headers of the others have the same form, so only some of their bytes,
            // here and at random below.
            for place in stride(from: 0, to: header, by: number == 0 ? 1 : max(1, header / 40)) {
                for byte in [content[place] ^ 1, content[place] ^ 0x80, UInt8(ascii: "9"), UInt8(ascii: "\"")] {
                    var altered = content
                    altered[place] = byte
                    try check(subject, altered, "byte \(place) made \(byte)")
                }
            }
        }
    }

    @Test func tenThousandMutations() throws {
        let readable = try check(DamageTests.subjects.get(), mutations: 10_000, seed: 20)
        // Some changes, such as in a weight, cannot be detected. The test would be useless if this were true of all or
        // of none.
        #expect(100 < readable && readable < 9000, "\(readable) could be read")
    }

    /// The networks for tables alone; `SWIFT_MLP_MUTATIONS` is the number of mutations.
    @Test func mutationsOfTabularNetworks() throws {
        let count = ProcessInfo.processInfo.environment["SWIFT_MLP_MUTATIONS"].flatMap(Int.init) ?? 500
        let readable = try check(
            StoredSubject.tabularNetworks() + StoredSubject.wrappedTabularNetworks(), mutations: count, seed: 15)
        #expect(0 < readable && readable < count, "\(readable) could be read")
    }

    /// Reads and uses altered files, one subject after the other.
    ///
    /// - Returns: how many files could be read.
    private func check(_ subjects: [StoredSubject], mutations: Int, seed: UInt32) throws -> Int {
        var random = RandomState(seed: seed)
        let originals = try subjects.map { ($0, try content(of: $0)) }
        var readable = 0
        for number in 0..<mutations {
            let (subject, content) = originals[number % originals.count]
            var altered = content
            for _ in 0...Int.random(in: 0..<4, using: &random) { mutate(&altered, using: &random) }
            if try check(subject, altered, "mutation \(number)") { readable += 1 }
        }
        return readable
    }

    private func mutate(_ data: inout Data, using random: inout RandomState) {
        let place = Int.random(in: 0..<data.count, using: &random)
        let other = Int.random(in: 0..<data.count, using: &random)
        let length = min(Int.random(in: 1..<12, using: &random), data.count - max(place, other))
        switch Int.random(in: 0..<10, using: &random) {
        case 0: data[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: data[place] = UInt8.random(in: 0...255, using: &random)
        case 2: data.replaceSubrange(place..<place + length, with: data.subdata(in: other..<other + length))
        case 3: data.insert(contentsOf: data.subdata(in: other..<other + length), at: place)
        case 4: data.removeSubrange(place..<place + length)
        case 5: digit(&data, near: place, using: &random)
        default: value(&data, using: &random)
        }
    }

    /// What a value of the header becomes.
    private static let extremes = [
        "-1", "0", "1", "2", "65536", "9223372036854775807", "-9223372036854775808", "1e308", "-1e308", "1e999",
        "5e-324",
        "NaN", "null", "true", "{}", "[]", "[-1]", "[0,1099511627776]",
    ]

    /// Replaces or repeats a value of the header, and corrects the header's length.
    private func value(_ data: inout Data, using random: inout RandomState) {
        guard var file = RawFile(data), !file.header.isEmpty else { return }
        var header = Array(file.header.utf8)
        let place = Int.random(in: 0..<header.count, using: &random)
        let (starts, ends) = (Set(":,[".utf8), Set(",]}".utf8))
        guard let start = header[place...].firstIndex(where: starts.contains),
            let end = header[(start + 1)...].firstIndex(where: ends.contains)
        else { return }
        if header[start] == UInt8(ascii: ","), Bool.random(using: &random) {
            // An element, or a key with its value.
            header.insert(contentsOf: header[start..<end], at: end)
        } else {
            let extreme = DamageTests.extremes[Int.random(in: 0..<DamageTests.extremes.count, using: &random)]
            header.replaceSubrange(start + 1..<end, with: extreme.utf8)
        }
        file.header = String(decoding: header, as: UTF8.self)
        data = file.data
    }

    /// Replaces a digit by another one, so that the text stays valid JSON.
    private func digit(_ data: inout Data, near place: Int, using random: inout RandomState) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let found = data[place...].firstIndex(where: digits.contains) else { return }
        data[found] = UInt8.random(in: digits, using: &random)
    }
}
