import Estimators
import LinearAlgebra
import Preprocessing
import TestSupport
import Testing

@Suite("Encoders equal scikit-learn's")
struct EncoderEqualityTests {
    struct Case: Decodable {
        let encoder: String
        let kind: String
        let parameters: Parameters
        let x: [[String]]
        let probe: [[String]]
        let refused: String?
        let transformRefused: String?
        let categories: [[String]]?
        let infrequent: [[String]]?
        let dropIdx: [Int?]?
        let names: [String]?
        let transformed: [[Double]]?
        let inverse: [[String?]]?

        struct Parameters: Decodable {
            let minFrequency: Double?
            let maxCategories: Int?
            let drop: String?
            let dropped: [String]?
            let handleUnknown: String?
            let unknownValue: Double?
            let encodedMissingValue: Double?
        }
    }

    @Test func encoders() throws {
        for (index, test) in try fixture("encoders", in: .module, of: [Case].self).enumerated() {
            let comment: Comment = "case \(index), \(test)"
            switch test.kind {
            case "String": try check(test, comment) { $0 }
            case "String?": try check(test, comment) { $0 == "nan" ? String?.none : $0 }
            case "Int": try check(test, comment) { Int($0) ?? 0 }
            case "Double": try check(test, comment) { Double($0) ?? 0 }
            default: Issue.record(comment)
            }
        }
    }

    private func check<Value: Category>(_ test: Case, _ comment: Comment, _ value: (String) -> Value) throws {
        if test.encoder == "OneHotEncoder" {
            try checkOneHot(test, comment, value)
        } else {
            try checkOrdinal(test, comment, value)
        }
    }

    private func checkOneHot<Value: Category>(_ test: Case, _ comment: Comment, _ value: (String) -> Value) throws {
        let parameters = test.parameters
        let drop: OneHotEncoder<Value>.Drop? =
            switch parameters.drop {
            case "first": .first
            case "ifBinary": .ifBinary
            case "list": .categories((parameters.dropped ?? []).map(value))
            default: nil
            }
        var encoder = OneHotEncoder<Value>(
            drop: drop, handleUnknown: parameters.handleUnknown.flatMap { .init(rawValue: $0) } ?? .error,
            minFrequency: frequency(parameters), maxCategories: parameters.maxCategories)
        let (x, probe) = try (Matrix(test.x).map(value), Matrix(test.probe).map(value))
        guard test.refused == nil else {
            #expect(throws: EstimatorError.self, comment) { try encoder.fit(x) }
            return
        }
        try encoder.fit(x)
        #expect(encoder.categories.map { $0.map(\.categoryName) } == test.categories, comment)
        if test.infrequent?.isEmpty == false {
            #expect(encoder.infrequentCategories.map { $0.map(\.categoryName) } == test.infrequent, comment)
        }
        #expect(encoder.dropIdx == test.dropIdx ?? [], comment)
        #expect(try encoder.getFeatureNamesOut() == test.names, comment)
        guard test.transformRefused == nil else {
            #expect(throws: EstimatorError.self, comment) { try encoder.transform(probe) }
            return
        }
        let transformed = try encoder.transform(probe)
        expectEqual(transformed, test.transformed, comment)
        if let inverse = test.inverse {
            let categories = try encoder.inverseTransform(transformed)
            #expect(categories.map { $0?.categoryName } == (try Matrix(inverse)), comment)
        }
    }

    private func checkOrdinal<Value: Category>(_ test: Case, _ comment: Comment, _ value: (String) -> Value) throws {
        let parameters = test.parameters
        var encoder = OrdinalEncoder<Value>(
            handleUnknown: parameters.unknownValue == nil ? .error : .useEncodedValue,
            unknownValue: parameters.unknownValue.map(code),
            encodedMissingValue: parameters.encodedMissingValue.map(code) ?? .nan,
            minFrequency: frequency(parameters), maxCategories: parameters.maxCategories)
        let (x, probe) = try (Matrix(test.x).map(value), Matrix(test.probe).map(value))
        guard test.refused == nil else {
            #expect(throws: EstimatorError.self, comment) { try encoder.fit(x) }
            return
        }
        try encoder.fit(x)
        #expect(encoder.categories.map { $0.map(\.categoryName) } == test.categories, comment)
        if test.infrequent?.isEmpty == false {
            #expect(encoder.infrequentCategories.map { $0.map(\.categoryName) } == test.infrequent, comment)
        }
        #expect(try encoder.getFeatureNamesOut() == test.names, comment)
        guard test.transformRefused == nil else {
            #expect(throws: EstimatorError.self, comment) { try encoder.transform(probe) }
            return
        }
        let transformed = try encoder.transform(probe)
        expectEqual(transformed, test.transformed, comment)
        if let inverse = test.inverse {
            let categories = try encoder.inverseTransform(transformed)
            #expect(categories.map { $0?.categoryName } == (try Matrix(inverse)), comment)
        }
    }

    private func frequency(_ parameters: Case.Parameters) -> MinFrequency? {
        parameters.minFrequency.map { $0 < 1 ? .share($0) : .count(Int($0)) }
    }

    private func code(_ number: Double) -> NumberOrNaN { number.isNaN ? .nan : .number(number) }

    private func expectEqual(_ values: Matrix<Double>, _ expected: [[Double]]?, _ comment: Comment) {
        let expected = Array((expected ?? []).joined())
        #expect(
            values.elements.count == expected.count && zip(values.elements, expected).allSatisfy { close($0, $1, 0) },
            "\(comment): \(values)")
    }
}
