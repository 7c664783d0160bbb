import Foundation
import NIOHTTP1
import Synchronization
import Testing
import Workflows

@testable import Serving

/// A generator of the same numbers in every run.
struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

/// Lines that were logged.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

@Suite("JSON")
struct JSONTests {
    @Test("Numbers are those that Swift reads")
    func numbers() throws {
        var generator = Numbers(state: 1)
        for round in 0..<20_000 {
            let text: String
            switch round % 4 {
            case 0: text = "\(Double(bitPattern: generator.next()))"
            case 1: text = "\(Double.random(in: -1e6...1e6, using: &generator))"
            case 2:
                text =
                    "\(Int.random(in: Int.min...Int.max, using: &generator)).\(generator.next() % 1000)e\(Int.random(in: -40...40, using: &generator))"
            default: text = "-0.\(generator.next())E+\(generator.next() % 30)"
            }
            guard let expected = Double(text), expected.isFinite else { continue }
            var scanner = JSONScanner(Array(text.utf8))
            #expect(try scanner.number() == expected)
            try scanner.expectEnd()
        }
    }

    @Test("Strings are those that Foundation reads")
    func strings() throws {
        for text in [#""""#, #""a\"\\\/\b\f\n\r\t""#, #""\u00e9\ud83d\ude00é😀""#, "\"\u{7F}\u{2028}\""] {
            var scanner = JSONScanner(Array(text.utf8))
            let expected =
                try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as? String
            #expect(try scanner.string() == expected)
            var writer = JSONWriter()
            writer.string(expected ?? "")
            var again = JSONScanner(writer.bytes)
            #expect(try again.string() == expected)
        }
    }

    @Test("What the scanner accepts, Foundation accepts")
    func strictness() throws {
        var generator = Numbers(state: 2)
        let alphabet = Array(#"{}[]",:0123456789.-+eE truefalsn\u/"#.utf8)
        var accepted = 0
        for _ in 0..<100_000 {
            let bytes = (0..<Int.random(in: 1...7, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator)!
            }
            var scanner = JSONScanner(bytes)
            guard (try? scanner.skip()) != nil, (try? scanner.expectEnd()) != nil else { continue }
            accepted += 1
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            #expect(isJSON, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(accepted > 1000)
    }
}

@Suite("Hostile bodies")
struct FuzzTests {
    private static let seeds: [(uri: String, type: String, body: String)] = [
        ("/predict", "application/json", Models.row),
        (
            "/predict?ignore-unknown=true", "",
            "[" + Models.row + "," + #"{"id":{"a":[1,2]},"age":null,"hours":1e3,"trade":"\u00e9"}]"#
        ),
        ("/predict", "application/x-ndjson", Models.row + "\n" + Models.row),
        ("/predict?interval=0.9", "text/csv", "age,hours,trade\n41,38.5,nurse\n,,\"a \"\"b\"\"\"\n"),
        (
            "/v2/models/income/infer", "application/json",
            #"{"id":"1","inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":[41]},{"name":"hours","shape":[1,1],"datatype":"INT32","data":[[3]]},{"name":"trade","shape":[1],"datatype":"BYTES","data":["nurse"]}],"outputs":[{"name":"prediction"}]}"#
        ),
    ]

    @Test("10,000 mutated requests are answered with JSON or CSV, and never by a crash or a failure of the server")
    func mutations() throws {
        var generator = Numbers(state: 3)
        let services = [Service(Models.classifier, ServerOptions()), Service(Models.regressor, ServerOptions())]
        let pieces = [
            "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u", "null", "NaN", "1e400", "-", "\0", "\u{FEFF}", "\n",
            "\"age\":", "99999999999999999999",
        ]
        var statuses: [UInt: Int] = [:]
        for round in 0..<10_000 {
            let seed = Self.seeds[round % Self.seeds.count]
            var body = Array(seed.body.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0...body.count, using: &generator)
                switch Int.random(in: 0..<5, using: &generator) {
                case 0 where place < body.count: body[place] = UInt8.random(in: 0...255, using: &generator)
                case 1 where place < body.count: body.remove(at: place)
                case 2: body.insert(contentsOf: pieces.randomElement(using: &generator)!.utf8, at: place)
                case 3: body.removeSubrange(place..<min(body.count, place + Int.random(in: 0...20, using: &generator)))
                default: body.insert(contentsOf: body[..<place], at: place)
                }
            }
            var headers = HTTPHeaders([("content-type", seed.type)])
            if round % 7 == 0 {
                headers.add(
                    name: "Inference-Header-Content-Length",
                    value: "\(Int.random(in: -1...body.count + 1, using: &generator))")
            }
            let request = Request(method: .POST, uri: seed.uri, headers: headers, body: body)
            let response: Response
            do { response = try services[round % 2].answer(request) } catch let error as ServiceError {
                response = Response(error)
            }
            statuses[response.status.code, default: 0] += 1
            if response.contentType == "application/json" {
                _ = try JSONSerialization.jsonObject(with: Data(response.body))
            }
        }
        #expect(statuses.keys.allSatisfy { [200, 400, 404, 413].contains($0) }, "\(statuses)")
        #expect((statuses[200] ?? 0) > 200 && (statuses[400] ?? 0) > 4000, "\(statuses)")
    }
}
