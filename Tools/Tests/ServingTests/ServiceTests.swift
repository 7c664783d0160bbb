import Foundation
import NIOHTTP1
import SwiftMLP
import Testing

@testable import Serving

/// An answer as a test looks at it.
struct Answer {
    let status: UInt
    let text: String
    let type: String
    let headers: [String: String]

    var json: Any { get throws { try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) } }
    var object: [String: Any] { get throws { try #require(try json as? [String: Any]) } }
    var error: String { get throws { try #require(try object["error"] as? String) } }
}

/// The answer of a service to a request, as the connection gives it.
func ask(
    _ method: HTTPMethod, _ uri: String, _ body: String = "", headers: [(String, String)] = [], bytes: [UInt8]? = nil,
    of model: ServedModel = Models.classifier, options: ServerOptions = ServerOptions()
) throws -> Answer {
    let service = Service(model, options)
    let request = Request(method: method, uri: uri, headers: HTTPHeaders(headers), body: bytes ?? Array(body.utf8))
    let response: Response
    do { response = try service.answer(request) } catch let error as ServiceError { response = Response(error) }
    return Answer(
        status: response.status.code, text: String(decoding: response.body, as: UTF8.self), type: response.contentType,
        headers: Dictionary(response.headers) { first, _ in first })
}

/// What a model of classes answers to a row.
private struct ClassAnswer: Decodable {
    let prediction: String
    let probabilities: [String: Double]
}

let csv = [("Content-Type", "text/csv")]

@Suite("Predictions")
struct PredictionTests {
    /// The probabilities that the model itself gives.
    private func probabilities(_ rows: [(Double, Double, String?)]) throws -> [[Double]] {
        let table = try Table([
            ("age", .numbers(rows.map(\.0))), ("hours", .numbers(rows.map(\.1))), ("trade", .strings(rows.map(\.2))),
        ])
        guard case .probabilities(let values, _) = try Models.classifier.workflow.predictions(for: table) else {
            return []
        }
        return (0..<values.rows).map { row in (0..<values.columns).map { values[row, $0] } }
    }

    @Test("A row is answered with an object that has the model's bits")
    func row() throws {
        let answer = try ask(.POST, "/predict", Models.row)
        #expect(answer.status == 200)
        #expect(answer.type == "application/json")
        let expected = try probabilities([(41, 38.5, "nurse")])[0]
        let row = try JSONDecoder().decode(ClassAnswer.self, from: Data(answer.text.utf8))
        #expect(row.probabilities == ["high": expected[0], "lo\"w": expected[1]])
        #expect(row.prediction == (expected[0] >= expected[1] ? "high" : "lo\"w"))
    }

    @Test("Dates are texts in JSON, CSV and tensors")
    func dates() throws {
        let table = try Table(["sold": .numbers([19_753, .nan])])
        guard case .numbers(let expected) = try Models.dated.workflow.predictions(for: table) else { return }
        let list = try ask(.POST, "/predict", #"[{"sold": "31.01.2024"}, {"sold": null}]"#, of: Models.dated)
        #expect(list.text == "[{\"prediction\":\(expected[0])},{\"prediction\":\(expected[1])}]\n")
        let iso = try ask(.POST, "/predict", #"{"sold": "2024-01-31"}"#, of: Models.dated)
        #expect(iso.text == "{\"prediction\":\(expected[0])}\n")
        let lines = try ask(.POST, "/predict", "sold\n31/01/2024\n", headers: csv, of: Models.dated)
        #expect(lines.text == "prediction\n\(expected[0])\n")
        let tensor = #"{"inputs":[{"name":"sold","shape":[1],"datatype":"BYTES","data":["2024-01-31"]}]}"#
        #expect(try ask(.POST, "/v2/models/dated/infer", tensor, of: Models.dated).text.contains("\(expected[0])"))
        #expect(try ask(.GET, "/v2/models/dated", of: Models.dated).text.contains(#""name":"sold","datatype":"BYTES""#))
        for body in [#"{"sold": "01/31/2024"}"#, #"{"sold": 19753}"#, #"{"sold": ""}"#, #"{"sold": true}"#] {
            let answer = try ask(.POST, "/predict", body, of: Models.dated)
            #expect(answer.status == 400)
            #expect(try answer.error.hasPrefix("the row, column \"sold\": must be a date"))
        }
        let wrong = try ask(.POST, "/predict", "sold\nsoon\n", headers: csv, of: Models.dated)
        #expect(try wrong.status == 400 && wrong.error.contains("line 2, column 1: the value \"soon\" is not a date"))
        let bytes = tensor.replacingOccurrences(of: "2024-01-31", with: "soon")
        #expect(try ask(.POST, "/v2/models/dated/infer", bytes, of: Models.dated).error.contains("must be a date"))
    }

    @Test("A list, JSON Lines and CSV give the same predictions in the same order")
    func forms() throws {
        let rows = [
            Models.row, #"{"trade": null, "hours": null, "age": 22}"#,
            #"{"age":6e1,"hours":-0.5,"trade":"\u0062aker"}"#,
        ]
        let expected = try probabilities([(41, 38.5, "nurse"), (22, .nan, nil), (60, -0.5, "baker")])
        let bodies = [
            ("[" + rows.joined(separator: ",") + "]", "application/json"), (rows.joined(separator: "\n"), ""),
            (rows.joined(separator: "\r\n") + "\n", "application/x-ndjson; charset=utf-8"),
            ("\u{FEFF}[" + rows.joined(separator: ",") + "]", "application/x-www-form-urlencoded"),
        ]
        for (body, type) in bodies {
            let answer = try ask(.POST, "/predict", body, headers: type.isEmpty ? [] : [("content-type", type)])
            let list = try JSONDecoder().decode([ClassAnswer].self, from: Data(answer.text.utf8))
            #expect(list.map { $0.probabilities["high"] } == expected.map { $0[0] })
        }
        let lines = "trade,age,hours\nnurse,41,38.5\n,22,NA\nbaker,60,-0.5\n"
        let answer = try ask(.POST, "/predict", lines, headers: csv)
        #expect(answer.type == "text/csv; charset=utf-8")
        let table = try readCSV(text: answer.text)
        #expect(table.columnNames == ["prediction", "p_high", "p_lo\"w"])
        #expect(try table.numbers("p_high") == expected.map { $0[0] })
    }

    @Test("One line of JSON Lines is a list of one, and an empty list is an empty list")
    func lists() throws {
        let one = try ask(.POST, "/predict", Models.row, headers: [("Content-Type", "application/jsonl")])
        #expect(try one.json is [Any])
        #expect(try ask(.POST, "/predict", "[ ]").text == "[]\n")
    }

    @Test("Numbers have bounds of the level that is asked for")
    func intervals() throws {
        let plain = try ask(.POST, "/predict", Models.row, of: Models.regressor).object
        #expect(Set(plain.keys) == ["prediction"])
        let object = try ask(.POST, "/predict?interval=0.9", Models.row, of: Models.regressor).object
        let center = try #require(object["prediction"] as? Double)
        #expect(object["low"] as? Double == center - 9)
        #expect(object["high"] as? Double == center + 9)
        let lines = try ask(
            .POST, "/predict?interval=0.5", "age,hours,trade\n41,38.5,nurse\n", headers: csv, of: Models.regressor)
        let table = try readCSV(text: lines.text)
        #expect(table.columnNames == ["prediction", "low", "high"])
        #expect(try table.numbers("low") == [center - 5])
        #expect(try table.numbers("high") == [center + 5])
    }

    @Test("Unknown columns are left out where that is asked for")
    func ignoring() throws {
        let body = #"{"id": {"deep": [1, "}", {}]}, "age": 41, "hours": 38.5, "trade": "nurse", "x": true}"#
        let answer = try ask(.POST, "/predict?ignore-unknown=true", body)
        #expect(answer.text == (try ask(.POST, "/predict", Models.row).text))
        let lines = try ask(.POST, "/predict?ignore-unknown", "id,age,hours,trade\n9,41,38.5,nurse\n", headers: csv)
        #expect(lines.status == 200)
    }
}

@Suite("Requests that are refused")
struct RefusalTests {
    @Test(
        "The body of a prediction",
        arguments: [
            ("", "the body is empty"), ("  \n", "the body is empty"),
            ("{", "line 1, column 2: expected a name in quotation marks, but the body ends"),
            ("[{}", "row 1 lacks the columns \"age\", \"hours\", \"trade\""),
            ("\n\n{\"age\":}", "line 3, column 8: expected a value"),
            (#"{"age": NaN, "hours": 1, "trade": null}"#, "NaN and Infinity are no JSON: write null"),
            (#"{"age": -Infinity}"#, "expected a digit"),
            (#"{"age": 1e999}"#, "is too large"), (#"{"age": 007}"#, "must not begin with 0"),
            (#"{"age": "41", "hours": 1, "trade": "a"}"#, "the row, column \"age\": must be a number, or null"),
            (#"{"age": true}"#, "must be a number"), (#"{"age": [1]}"#, "but is [1]"),
            (
                #"{"trade": 3}"#,
                "column \"trade\": must be a string in quotation marks, or null where it is missing, but is 3"
            ),
            (
                #"[{"age": 1, "hours": 2, "trade": "x"}, {"age": 1, "agge": 2}]"#,
                "row 2 has the unknown column \"agge\""
            ),
            (#"{"agee": 1, "hours": 2, "trade": "x"}"#, "did you mean \"age\"?"),
            (#"{"age": 1, "age": 2}"#, "has the column \"age\" twice"),
            (#"{"age": 1}"#, "the row lacks the columns \"hours\", \"trade\""),
            (#"[1, 2]"#, "row 1 must be an object"), (#"[[1, 2, "x"]]"#, "row 1 must be an object"),
            ("3", "expected an object, a list"), ("age,hours\n1,2", "expected a value"),
            ("{}{} x", "lacks the columns"), (Models.row + ",", "but there is ,"),
            (Models.row + "3", "row 2 must be an object"),
            (Models.row + "]", "line 1"),
            (#"{"age": 1, "hours": 2, "trade": "\ud800"}"#, "half of a surrogate pair"),
            (#"{"age": 1, "hours": 2, "trade": "\x"}"#, "unknown escape"),
            ("{\"age\": 1, \"hours\": 2, \"trade\": \"a\nb\"}", "control character"),
            (#"{"x": "# + String(repeating: "[", count: 100_000), "nested too deeply"),
        ])
    func bodies(body: String, reason: String) throws {
        let answer = try ask(.POST, "/predict", body)
        #expect(answer.status == 400)
        let error = try answer.error
        #expect(error.contains(reason), "\(error)")
    }

    @Test("Text that is not UTF-8")
    func encoding() throws {
        var bytes = Array(#"{"age": 1, "hours": 2, "trade": "é"}"#.utf8)
        bytes.remove(at: bytes.firstIndex(of: 0xC3)!)
        #expect(try ask(.POST, "/predict", bytes: bytes).error.contains("is not UTF-8"))
        #expect(try ask(.POST, "/predict", headers: csv, bytes: bytes).error.contains("must be CSV in UTF-8"))
    }

    @Test(
        "The body of a prediction in CSV",
        arguments: [
            ("", "the body is empty"), ("age,hours\n1,2\n", "lacks the column \"trade\""),
            ("age,hours,trade,trad\n1,2,a,b\n", "the unknown column \"trad\""),
            ("age,hours,trade\n1,two,a\n", "two"), ("age,hours,trade\n1,2\n", "the body, line 2"),
            ("age,hours,trade\n1,2,\"a\n", "the body, line"),
            ("age,age,hours,trade\n1,1,2,a\n", "already that of column 1"),
        ])
    func lines(body: String, reason: String) throws {
        let answer = try ask(.POST, "/predict", body, headers: csv)
        #expect(answer.status == 400)
        let error = try answer.error
        #expect(error.contains(reason), "\(error)")
    }

    @Test(
        "The query",
        arguments: [
            ("interval=2", "between 0 and 1"), ("interval=nan", "between 0 and 1"),
            ("interval=0.9", "predicts classes"),
            ("ignore-unknown=yes", "true or false"), ("level=0.9", "unknown parameter \"level\""),
            ("%zz=1", "percent-encoded"),
            ("ignore-unknown=true&ignore-unknown=true", "twice"),
        ])
    func queries(query: String, reason: String) throws {
        let answer = try ask(.POST, "/predict?" + query, Models.row)
        #expect(answer.status == 400)
        let error = try answer.error
        #expect(error.contains(reason), "\(error)")
    }

    @Test("An interval beyond what the held-out rows tell")
    func level() throws {
        let answer = try ask(.POST, "/predict?interval=0.999", Models.row, of: Models.regressor)
        #expect(try answer.error.contains("99 errors on held-out rows"))
    }

    @Test("Too many rows")
    func rows() throws {
        var options = ServerOptions()
        options.maxRows = 2
        let three = Array(repeating: Models.row, count: 3)
        for (body, headers) in [
            ("[" + three.joined(separator: ",") + "]", []), (three.joined(separator: "\n"), []),
            ("age,hours,trade\n1,2,a\n1,2,a\n1,2,a\n", csv),
        ] {
            let answer = try ask(.POST, "/predict", body, headers: headers, options: options)
            #expect(answer.status == 413)
            #expect(try answer.error.contains("at most 2 rows"))
        }
        #expect(try ask(.POST, "/predict", three[..<2].joined(separator: "\n"), options: options).status == 200)
    }

    @Test(
        "Paths and tricks with them",
        arguments: [
            "/nothing", "//", "/../../etc/passwd", "/%2e%2e/etc/passwd", "/page.css/", "/predict/", "/v2x", "/v2/x",
            "/v2/models", "/v2/models/", "/v2/models/other", "/v2/models/income/x", "/v2/models/income/versions/2",
            "/v2/models/income/versions", "/v2/models/%ff", "/v2/models/../income", "/index.html", "*", "",
        ])
    func paths(path: String) throws {
        for method in [HTTPMethod.GET, .POST] {
            let answer = try ask(method, path)
            #expect(answer.status == 404)
            #expect(try !answer.error.isEmpty)
        }
    }

    @Test(
        "Methods",
        arguments: [
            (HTTPMethod.GET, "/predict", "POST"), (.PUT, "/predict", "POST"), (.DELETE, "/predict", "POST"),
            (.POST, "/", "GET, HEAD"), (.POST, "/page.js", "GET, HEAD"), (.POST, "/model", "GET, HEAD"),
            (.POST, "/health", "GET, HEAD"), (.POST, "/metrics", "GET, HEAD"), (.POST, "/v2", "GET, HEAD"),
            (.POST, "/v2/health/live", "GET, HEAD"), (.POST, "/v2/health/ready", "GET, HEAD"),
            (.POST, "/v2/models/income", "GET, HEAD"), (.POST, "/v2/models/income/ready", "GET, HEAD"),
            (.GET, "/v2/models/income/infer", "POST"), (.RAW(value: "BREW"), "/predict", "POST"),
        ])
    func methods(method: HTTPMethod, path: String, allowed: String) throws {
        let answer = try ask(method, path)
        #expect(answer.status == 405)
        #expect(answer.headers["allow"] == allowed)
    }

    @Test("CSV of a million columns, and what is no CSV, are refused at once")
    func noCSV() throws {
        let start = Date()
        let wide = (0..<1_000_000).map { "c\($0)" }.joined(separator: ",") + "\n"
        for uri in ["/predict", "/predict?ignore-unknown=true"] {
            let answer = try ask(.POST, uri, wide, headers: csv)
            #expect(try answer.status == 400 && answer.error.contains("columns: the model takes 3"))
        }
        #expect(Date().timeIntervalSince(start) < 10)
        let object = try ask(.POST, "/predict", Models.row, headers: csv)
        #expect(try object.status == 400 && object.error == "the body is no CSV: it is JSON, and no CSV file")
        let zeros = try ask(.POST, "/predict", "age,\0\n", headers: csv)
        #expect(try zeros.status == 400 && zeros.error.hasPrefix("the body is no CSV"))
    }

    @Test("A type of body that is none of those")
    func type() throws {
        let answer = try ask(.POST, "/predict", "<row/>", headers: [("Content-Type", "text/xml")])
        #expect(answer.status == 415)
        #expect(try answer.error.contains("text/csv"))
        for path in ["/predict", "/v2/models/income/infer"] {
            let compressed = try ask(.POST, path, Models.row, headers: [("Content-Encoding", "gzip")])
            #expect(try compressed.status == 415 && compressed.error.contains("encoded by gzip"))
        }
        #expect(try ask(.POST, "/predict", Models.row, headers: [("Content-Encoding", "identity")]).status == 200)
    }
}

@Suite("The Open Inference Protocol")
struct InferenceTests {
    private let tensors = """
        {"id": "q", "inputs": [
          {"name": "trade", "shape": [2], "datatype": "BYTES", "data": ["nurse", null]},
          {"data": [[41], [22]], "name": "age", "shape": [2, 1], "datatype": "INT64"},
          {"name": "hours", "shape": [2], "datatype": "FP64", "data": [38.5, null], "parameters": {"content_type": "np"}}
        ]OUTPUTS}
        """

    @Test("The server, its health, and the model")
    func metadata() throws {
        let server = try ask(.GET, "/v2").object
        #expect(server["version"] as? String == "swift-mlp 1.2.3")
        #expect(try ask(.GET, "/v2/health/live").object["live"] as? Bool == true)
        #expect(try ask(.GET, "/v2/health/ready").object["ready"] as? Bool == true)
        #expect(try ask(.HEAD, "/v2/models/income/versions/1/ready").object["ready"] as? Bool == true)
        let model = try ask(.GET, "/v2/models/income").object
        let inputs = try #require(model["inputs"] as? [[String: Any]])
        #expect(inputs.map { $0["name"] as? String } == ["age", "hours", "trade"])
        #expect(inputs.map { $0["datatype"] as? String } == ["FP64", "FP64", "BYTES"])
        let outputs = try #require(model["outputs"] as? [[String: Any]])
        #expect(outputs.last?["shape"] as? [Int] == [-1, 2])
        let numbers = try ask(.GET, "/v2/models/wage", of: Models.regressor).object
        #expect((numbers["outputs"] as? [[String: Any]])?.count == 1)
    }

    @Test("Tensors in any order give what rows give")
    func inference() throws {
        let rows = try ask(.POST, "/predict", "[" + Models.row + #",{"age": 22, "hours": null, "trade": null}]"#)
        let list = try #require(try rows.json as? [[String: Any]])
        let answer = try ask(.POST, "/v2/models/income/infer", tensors.replacing("OUTPUTS", with: "")).object
        #expect(answer["id"] as? String == "q")
        let outputs = try #require(answer["outputs"] as? [[String: Any]])
        #expect(outputs[0]["data"] as? [String] == list.map { $0["prediction"] as? String ?? "" })
        #expect(outputs[0]["datatype"] as? String == "BYTES")
        #expect(outputs[1]["shape"] as? [Int] == [2, 2])
        let probabilities = list.flatMap { row -> [Double] in
            let values = row["probabilities"] as? [String: Double]
            return [values?["high"] ?? -1, values?["lo\"w"] ?? -1]
        }
        #expect(outputs[1]["data"] as? [Double] == probabilities)

        let one = tensors.replacing("OUTPUTS", with: #", "outputs": [{"name": "prediction", "parameters": {"x": 1}}]"#)
        let less = try ask(.POST, "/v2/models/income/versions/1/infer", one).object
        #expect((less["outputs"] as? [[String: Any]])?.count == 1)
        let numbers = try ask(
            .POST, "/v2/models/wage/infer", tensors.replacing("OUTPUTS", with: ""), of: Models.regressor
        ).object
        #expect((numbers["outputs"] as? [[String: Any]])?[0]["datatype"] as? String == "FP64")
    }

    /// A request with binary tensors, as Triton's client writes it.
    private func binary() -> (body: [UInt8], length: Int) {
        func little<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
            withUnsafeBytes(of: value.littleEndian) { Array($0) }
        }
        let numbers = little(Float(41).bitPattern) + little(Float(22).bitPattern)
        let hours = little(38.5.bitPattern) + little(Double.nan.bitPattern)
        let words = little(UInt32(5)) + Array("nurse".utf8) + little(UInt32(5)) + Array("baker".utf8)
        let json = """
            {"inputs":[{"name":"age","shape":[2,1],"datatype":"FP32","parameters":{"binary_data_size":\(numbers.count)}},
            {"name":"hours","shape":[2,1],"datatype":"FP64","parameters":{"binary_data_size":\(hours.count)}},
            {"name":"trade","shape":[2,1],"datatype":"BYTES","parameters":{"binary_data_size":\(words.count)}}]}
            """
        return (Array(json.utf8) + numbers + hours + words, json.utf8.count)
    }

    @Test("Binary tensors")
    func binaryTensors() throws {
        let (body, length) = binary()
        let headers = [("Inference-Header-Content-Length", "\(length)")]
        let answer = try ask(.POST, "/v2/models/income/infer", headers: headers, bytes: body)
        #expect(answer.status == 200)
        let rows = try ask(.POST, "/predict", "[" + Models.row + #",{"age": 22, "hours": null, "trade": "baker"}]"#)
        let list = try #require(try rows.json as? [[String: Any]])
        let outputs = try #require(try answer.object["outputs"] as? [[String: Any]])
        #expect(outputs[0]["data"] as? [String] == list.map { $0["prediction"] as? String ?? "" })
        for cut in [1, 5, 20, body.count - length] {
            let short = try ask(.POST, "/v2/models/income/infer", headers: headers, bytes: Array(body.dropLast(cut)))
            #expect(short.status == 400)
        }
        #expect(try ask(.POST, "/v2/models/income/infer", headers: headers, bytes: body + [0]).status == 400)
        for wrong in ["-1", "x", "999999", "3"] {
            let headers = [("Inference-Header-Content-Length", wrong)]
            #expect(try ask(.POST, "/v2/models/income/infer", headers: headers, bytes: body).status == 400)
        }
    }

    @Test(
        "What is refused",
        arguments: [
            ("\"shape\": [2], \"datatype\": \"FP64\"", "\"shape\": [3], \"datatype\": \"FP64\"", "the shape [3]"),
            ("\"shape\": [2, 1]", "\"shape\": [1, 2]", "must be [n] or [n, 1]"), ("\"FP64\"", "\"FP128\"", "datatype"),
            ("38.5", "\"a\"", "not of the datatype FP64"), ("\"nurse\"", "7", "not of the datatype BYTES"),
            ("\"name\": \"age\"", "\"name\": \"aeg\"", "unknown column \"aeg\""),
            ("\"age\"", "\"hours\"", "lacks the column"),
            ("\"BYTES\", \"data\": [\"nurse\", null]", "\"FP64\", \"data\": [1, 2]", "must be a string"),
            (
                "[2], \"datatype\": \"BYTES\", \"data\": [\"nurse\", null]",
                "[1], \"datatype\": \"BYTES\", \"data\": [\"a\"]", "values"
            ),
            ("OUTPUTS", ", \"outputs\": [{\"name\": \"x\"}]", "no output \"x\""),
            ("[[41], [22]]", "[[[[[[[[[1]]]]]]]]]", "nested"),
            ("[[41], [22]]", "[{}]", "data must be"), ("[2, 1]", "[-2]", "shape"),
            ("\"id\": \"q\"", "\"id\": 3", "expected a string"),
        ])
    func refusals(part: String, change: String, reason: String) throws {
        let body = tensors.replacing(part, with: change, maxReplacements: 1).replacing("OUTPUTS", with: "")
        let answer = try ask(.POST, "/v2/models/income/infer", body)
        #expect(answer.status == 400)
        let error = try answer.error
        #expect(error.contains(reason), "\(error)")
    }

    @Test("More values than rows are allowed, and no rows")
    func sizes() throws {
        var options = ServerOptions()
        options.maxRows = 1
        let body = tensors.replacing("OUTPUTS", with: "")
        #expect(try ask(.POST, "/v2/models/income/infer", body, options: options).status == 413)
        let empty =
            #"{"inputs": [{"name":"age","shape":[0],"datatype":"FP64","data":[]},{"name":"hours","shape":[0],"datatype":"FP64","data":[]},{"name":"trade","shape":[0],"datatype":"BYTES","data":[]}]}"#
        #expect(try ask(.POST, "/v2/models/income/infer", empty).status == 200)
    }
}

@Suite("The page and what operators ask")
struct PageTests {
    @Test("The page loads its own files alone")
    func page() throws {
        let page = try ask(.GET, "/")
        #expect(page.type == "text/html; charset=utf-8")
        let policy = try #require(page.headers["content-security-policy"])
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        #expect(!page.text.contains("<script>") && !page.text.contains("style=") && !page.text.contains("onclick"))
        #expect(try ask(.GET, "/page.css").type.hasPrefix("text/css"))
        let script = try ask(.GET, "/page.js")
        #expect(script.type.hasPrefix("text/javascript"))
        #expect(!script.text.contains("innerHTML") && !script.text.contains("eval("))
    }

    @Test("The model's description has no paths and no held-out errors")
    func model() throws {
        let answer = try ask(.GET, "/model", of: Models.regressor)
        let object = try answer.object
        #expect(object["name"] as? String == "wage")
        #expect(object["interval"] as? Double == 0.95)
        #expect(!answer.text.contains("secret"))
        let card = try #require(object["card"] as? [String: Any])
        #expect((card["errors"] as? [Double])?.isEmpty == true)
        #expect((card["columns"] as? [[String: Any]])?.count == 3)
    }

    @Test("Health tells when the server is about to stop")
    func health() throws {
        let service = Service(Models.classifier, ServerOptions())
        #expect(try service.answer(Request(method: .GET, uri: "/health")).status == .ok)
        service.isStopping = true
        for path in ["/health", "/v2/health/ready", "/v2/models/income/ready"] {
            #expect(try service.answer(Request(method: .GET, uri: path)).status == .serviceUnavailable)
        }
        #expect(try service.answer(Request(method: .GET, uri: "/v2/health/live")).status == .ok)
    }

    @Test("Counts are sums over threads, and labels are escaped")
    func metrics() throws {
        let metrics = Metrics(shards: 2)
        metrics.shards[0].add(.predict, status: 200, rows: 3, seconds: 0.0002)
        metrics.shards[1].add(.predict, status: 200, rows: 4, seconds: 0.02)
        metrics.shards[1].add(.other, status: 404, rows: 0, seconds: 99)
        let text = metrics.text(ServedModel(Models.classifier.workflow, name: "a\"b\\\nc"))
        for line in [
            "mlp_requests_total{route=\"/predict\",status=\"200\"} 2",
            "mlp_requests_total{route=\"other\",status=\"404\"} 1",
            "mlp_rows_total 7", "mlp_request_seconds_bucket{route=\"/predict\",le=\"0.00025\"} 1",
            "mlp_request_seconds_bucket{route=\"/predict\",le=\"+Inf\"} 2",
            "mlp_request_seconds_count{route=\"/predict\"} 2",
            "mlp_model_info{name=\"a\\\"b\\\\\\nc\",task=\"classification\",target=\"income\",library=\"swift-mlp 1.2.3\"} 1",
        ] { #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)") }
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            #expect(Double(line.split(separator: " ").last ?? "") != nil)
        }
    }

    @Test("Lines of the log")
    func log() throws {
        let lines = Lines()
        let log = Log(.json, isQuiet: false) { lines.add($0) }
        log.info("listening", ("model", "a\"b"))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(lines.all[0].utf8)) as? [String: String])
        #expect(object["message"] == "listening" && object["model"] == "a\"b" && object["level"] == "info")
        let text = Log(.text, isQuiet: true) { lines.add($0) }
        text.info("not this")
        text.error("but\nthis", ("a", "b c"))
        #expect(lines.all.count == 2)
        #expect(lines.all[1].hasSuffix("Z error: but this a=\"b c\"\n"))
    }

    @Test("Sizes and times as people write them")
    func options() throws {
        #expect(ByteCount("10MB")?.bytes == 10 << 20)
        #expect(ByteCount("3 kb")?.bytes == 3072)
        #expect(ByteCount("77")?.bytes == 77)
        #expect(["", "MB", "-1", "0", "9999999999GB", "1.5MB"].allSatisfy { ByteCount($0) == nil })
        #expect(ByteCount(10 << 20).description == "10MB")
        #expect(
            TimeLimit("30s")?.seconds == 30 && TimeLimit("250ms")?.seconds == 0.25 && TimeLimit("2m")?.seconds == 120)
        #expect(TimeLimit("5")?.seconds == 5)
        #expect(["", "s", "-1s", "nan", "inf", "2d", "0"].allSatisfy { TimeLimit($0) == nil })
        #expect(TimeLimit(seconds: 30).description == "30s")
    }
}
