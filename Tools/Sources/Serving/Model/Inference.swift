import Foundation
import SwiftMLP
import Workflows

/// The Open Inference Protocol, version 2, over HTTP: a tensor for each column.
///
/// Source: "Open Inference Protocol (V2)", kserve/open-inference-protocol, and Triton's extension for binary tensors.
extension ServedModel {
    /// What the model takes and gives.
    func metadata() -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.raw("{\"name\":")
        writer.string(name)
        writer.raw(",\"versions\":[\"1\"],\"platform\":\"swift-mlp\",\"inputs\":")
        writer.list(columns) { writer, column in
            writer.raw("{\"name\":")
            writer.string(column.name)
            writer.raw(",\"datatype\":")
            writer.string(column.isNumber && column.dates == nil ? "FP64" : "BYTES")
            writer.raw(",\"shape\":[-1]}")
        }
        writer.raw(",\"outputs\":[{\"name\":\"prediction\",\"datatype\":")
        writer.string(card.task == .classification ? "BYTES" : "FP64")
        writer.raw(",\"shape\":[-1]}")
        if card.task == .classification {
            writer.raw(",{\"name\":\"probabilities\",\"datatype\":\"FP64\",\"shape\":[-1,")
            writer.number(card.classes.count)
            writer.raw("]}")
        }
        writer.raw("]}\n")
        return writer.bytes
    }

    /// The answer to a request for inference.
    ///
    /// - Parameter jsonLength: the length of the JSON before binary tensors; nil where there are none.
    /// - Throws: `ServiceError`.
    func infer(_ body: [UInt8], jsonLength: Int?, limit: Int) throws -> (body: [UInt8], rows: Int) {
        let request = try InferenceRequest(body, jsonLength: jsonLength, limit: limit * max(1, columns.count))
        try checkNames(request.inputs.map(\.name), ignoresUnknown: false, place: "the list of inputs")
        let rows = request.inputs.first?.values.count ?? 0
        guard rows <= limit else { throw ServiceError.tooManyRows(limit: limit) }
        var tensors: [String: InferenceRequest.Input] = [:]
        for input in request.inputs {
            guard tensors.updateValue(input, forKey: input.name) == nil else {
                throw ServiceError.badRequest("the input \"\(input.name)\" is there twice")
            }
            guard input.values.count == rows else {
                throw ServiceError.badRequest(
                    "the input \"\(input.name)\" has \(input.values.count) values, but \"\(request.inputs[0].name)\" has \(rows)"
                )
            }
        }
        let known = card.task == .classification ? ["prediction", "probabilities"] : ["prediction"]
        if let unknown = request.outputs.first(where: { !known.contains($0) }) {
            throw ServiceError.badRequest("there is no output \"\(unknown.prefix(100))\": there are \(known.quoted)")
        }
        let table = try Table(
            columnNames: columnNames,
            columns: columns.map { column in
                let input = tensors[column.name]!
                if let order = column.dates { return .numbers(try input.dates(order)) }
                return column.isNumber ? .numbers(try input.numbers()) : .strings(try input.strings())
            })
        let wanted = request.outputs.isEmpty ? known : request.outputs
        let predictions = rows == 0 ? nil : try predictions(table)
        return (answer(predictions, rows: rows, outputs: wanted, id: request.id), rows)
    }

    private func answer(_ predictions: Predictions?, rows: Int, outputs: [String], id: String?) -> [UInt8] {
        var writer = JSONWriter(capacity: 512 + 32 * rows * (1 + card.classes.count))
        writer.raw("{\"model_name\":")
        writer.string(name)
        writer.raw(",\"model_version\":\"1\"")
        if let id {
            writer.raw(",\"id\":")
            writer.string(id)
        }
        writer.raw(",\"outputs\":")
        writer.list(outputs) { writer, output in
            writer.raw("{\"name\":")
            writer.string(output)
            writer.raw(",\"datatype\":")
            writer.string(output == "prediction" && card.task == .classification ? "BYTES" : "FP64")
            writer.raw(",\"shape\":[")
            writer.number(rows)
            if output == "probabilities" {
                writer.raw(",")
                writer.number(card.classes.count)
            }
            writer.raw("],\"data\":")
            switch predictions {
            case nil: writer.raw("[]")
            case .numbers(let numbers)?: writer.list(numbers) { $0.number($1) }
            case .probabilities(let probabilities, let classes)?:
                if output == "prediction" {
                    writer.list(0..<rows) { $0.string(classes[probabilities.mostProbable(in: $1)]) }
                } else {
                    writer.list(0..<rows * classes.count) {
                        $0.number(probabilities[$1 / classes.count, $1 % classes.count])
                    }
                }
            }
            writer.raw("}")
        }
        writer.raw("}\n")
        return writer.bytes
    }
}

/// The body of a request for inference.
struct InferenceRequest {
    /// A value of a tensor.
    enum Value: Equatable {
        case number(Double)
        case string(String)
        case missing
    }

    /// A tensor: a column.
    struct Input {
        var name = ""
        var type = ""
        var shape: [Int] = []
        var values: [Value] = []
        var binarySize: Int?

        func numbers() throws -> [Double] {
            try values.enumerated().map { row, value in
                switch value {
                case .number(let number): return number
                case .missing: return .nan
                case .string(let text): throw wrong(row, "a number", "\"\(text.prefix(60))\"")
                }
            }
        }

        func strings() throws -> [String?] {
            try values.enumerated().map { row, value in
                switch value {
                case .string(let text): return text
                case .missing: return nil
                case .number(let number): throw wrong(row, "a string: BYTES", "\(number)")
                }
            }
        }

        func dates(_ order: DateOrder) throws -> [Double] {
            try strings().enumerated().map { row, text in
                guard let text else { return .nan }
                guard let date = CalendarDate(text, order: order) else {
                    throw wrong(row, "a date such as 2024-01-31", "\"\(text.prefix(60))\"")
                }
                return date.days
            }
        }

        private func wrong(_ row: Int, _ allowed: String, _ found: String) -> ServiceError {
            .badRequest(
                "row \(row + 1), input \"\(name)\": must be \(allowed), or null where it is missing, but is \(found)")
        }
    }

    private(set) var id: String?
    private(set) var inputs: [Input] = []
    private(set) var outputs: [String] = []

    /// - Throws: `ServiceError` for what is no request for inference.
    init(_ body: [UInt8], jsonLength: Int?, limit: Int) throws {
        let length = jsonLength ?? body.count
        guard (0...body.count).contains(length) else {
            throw ServiceError.badRequest(
                "Inference-Header-Content-Length must be at most the length of the body, \(body.count), but is \(length)"
            )
        }
        guard !body.isEmpty else {
            throw ServiceError.badRequest("the body is empty: send {\"inputs\": [a tensor for each column]}")
        }
        var scanner = JSONScanner(body, count: length)
        var values = 0
        try scanner.object { name, scanner in
            switch try scanner.string(name) {
            case "id": id = try scanner.string()
            case "inputs":
                try scanner.list { inputs.append(try Self.input(&$0, &values, limit: limit)) }
            case "outputs":
                try scanner.list { scanner in
                    var output = ""
                    try scanner.object { name, scanner in
                        if try scanner.string(name) == "name" {
                            output = try scanner.string()
                        } else {
                            try scanner.skip()
                        }
                    }
                    if !outputs.contains(output) { outputs.append(output) }
                }
            default: try scanner.skip()
            }
        }
        try scanner.expectEnd()
        try readBinary(body[length...], values, limit: limit)
        for input in inputs { try Self.check(input) }
    }

    private static func input(_ scanner: inout JSONScanner, _ count: inout Int, limit: Int) throws -> Input {
        var input = Input()
        try scanner.object { name, scanner in
            switch try scanner.string(name) {
            case "name": input.name = try scanner.string()
            case "datatype": input.type = try scanner.string()
            case "shape":
                try scanner.list { scanner in
                    guard let size = Int(exactly: try scanner.number()), size >= 0, input.shape.count < 8 else {
                        throw scanner.malformed("shape must have few sizes, and none below 0")
                    }
                    input.shape.append(size)
                }
            case "data": try values(&scanner, &input.values, &count, limit: limit, depth: 0)
            case "parameters":
                try scanner.object { name, scanner in
                    if try scanner.string(name) == "binary_data_size" {
                        guard let size = Int(exactly: try scanner.number()), size >= 0 else {
                            throw scanner.malformed("binary_data_size must be a number of bytes")
                        }
                        input.binarySize = size
                    } else {
                        try scanner.skip()
                    }
                }
            default: try scanner.skip()
            }
        }
        return input
    }

    private static func values(
        _ scanner: inout JSONScanner, _ values: inout [Value], _ count: inout Int, limit: Int, depth: Int
    ) throws {
        guard depth < 8 else { throw scanner.malformed("data are nested too deeply") }
        try scanner.list { scanner in
            count += 1
            guard count <= limit else { throw ServiceError.tooManyRows(limit: limit) }
            switch try scanner.kind() {
            case .number: values.append(.number(try scanner.number()))
            case .string: values.append(.string(try scanner.string()))
            case .boolean: values.append(.number(try scanner.boolean() ? 1 : 0))
            case .null:
                try scanner.null()
                values.append(.missing)
            case .list:
                count -= 1
                try Self.values(&scanner, &values, &count, limit: limit, depth: depth + 1)
            case .object: throw scanner.malformed("data must be numbers, strings, true, false or null")
            }
        }
    }

    private mutating func readBinary(_ bytes: ArraySlice<UInt8>, _ count: Int, limit: Int) throws {
        var rest = bytes
        var count = count
        for index in inputs.indices {
            guard let size = inputs[index].binarySize else { continue }
            guard size <= rest.count else {
                throw ServiceError.badRequest(
                    "the input \"\(inputs[index].name)\" has a binary_data_size of \(size), but only \(rest.count) bytes follow"
                )
            }
            guard inputs[index].values.isEmpty else {
                throw ServiceError.badRequest("the input \"\(inputs[index].name)\" has both data and binary_data_size")
            }
            inputs[index].values = try Self.binaryValues(rest.prefix(size), inputs[index], limit: limit - count)
            count += inputs[index].values.count
            rest = rest.dropFirst(size)
        }
        guard rest.isEmpty else {
            throw ServiceError.badRequest("\(rest.count) bytes follow the last tensor: check binary_data_size")
        }
    }

    private static func binaryValues(_ bytes: ArraySlice<UInt8>, _ input: Input, limit: Int) throws -> [Value] {
        func integers<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> [Integer] {
            let size = MemoryLayout<Integer>.size
            guard bytes.count % size == 0 else {
                throw ServiceError.badRequest(
                    "the input \"\(input.name)\" has \(bytes.count) bytes, which is no multiple of \(size)")
            }
            return stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { start in
                var value: Integer = 0
                for offset in (0..<size).reversed() {
                    value = value << 8 | Integer(truncatingIfNeeded: bytes[start + offset])
                }
                return value
            }
        }
        func value(_ number: Double) throws -> Value {
            if number.isNaN { return .missing }
            guard number.isFinite else {
                throw ServiceError.badRequest("the input \"\(input.name)\" has an infinite number")
            }
            return .number(number)
        }
        let values: [Value]
        switch input.type {
        case "FP64": values = try integers(UInt64.self).map { try value(Double(bitPattern: $0)) }
        case "FP32": values = try integers(UInt32.self).map { try value(Double(Float(bitPattern: $0))) }
        case "INT64": values = try integers(Int64.self).map { .number(Double($0)) }
        case "INT32": values = try integers(Int32.self).map { .number(Double($0)) }
        case "INT16": values = try integers(Int16.self).map { .number(Double($0)) }
        case "INT8": values = try integers(Int8.self).map { .number(Double($0)) }
        case "UINT64": values = try integers(UInt64.self).map { .number(Double($0)) }
        case "UINT32": values = try integers(UInt32.self).map { .number(Double($0)) }
        case "UINT16": values = try integers(UInt16.self).map { .number(Double($0)) }
        case "UINT8", "BOOL": values = bytes.map { .number(Double($0)) }
        case "BYTES":
            var found: [Value] = []
            var rest = bytes
            while !rest.isEmpty {
                let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
                guard rest.count >= 4, length <= rest.count - 4,
                    let text = String(validating: rest.dropFirst(4).prefix(length), as: UTF8.self)
                else {
                    throw ServiceError.badRequest(
                        "the input \"\(input.name)\" has a string that is damaged or not UTF-8")
                }
                found.append(.string(text))
                guard found.count <= limit else { break }
                rest = rest.dropFirst(4 + length)
            }
            values = found
        default: throw unknownType(input)
        }
        guard values.count <= limit else { throw ServiceError.tooManyRows(limit: limit) }
        return values
    }

    private static let types = [
        "BOOL", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "FP32", "FP64", "BYTES",
    ]

    private static func unknownType(_ input: Input) -> ServiceError {
        .badRequest(
            "the input \"\(input.name)\" has the datatype \"\(input.type.prefix(40))\", but must have one of \(types.quoted)"
        )
    }

    private static func check(_ input: Input) throws {
        guard types.contains(input.type) || input.type == "FP16" && input.binarySize == nil else {
            throw unknownType(input)
        }
        let isColumn = input.shape.count == 1 || (input.shape.count == 2 && input.shape[1] == 1)
        guard isColumn, input.shape[0] == input.values.count else {
            throw ServiceError.badRequest(
                "the input \"\(input.name)\" has the shape \(input.shape) and \(input.values.count) values, "
                    + "but the shape must be [n] or [n, 1] for n values")
        }
        for (row, value) in input.values.enumerated() {
            switch value {
            case .missing: break
            case .number where input.type != "BYTES": break
            case .string where input.type == "BYTES": break
            default:
                throw ServiceError.badRequest(
                    "row \(row + 1), input \"\(input.name)\": the value is not of the datatype \(input.type)")
            }
        }
    }
}
