import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import TestSupport
import Testing

@testable import Interchange

/// The description that `Scripts/fixtures/skops_files.py` writes in addition to the skops files.
struct SkopsFixture: Decodable, Sendable {
    let x: [[Double]]
    let y: [String: [[Double]]]
    let networks: [NetworkCase]
    let scalers: [ScalerCase]

    static func read() throws -> SkopsFixture { try fixture("skops", in: .module) }

    func features<Scalar: MatrixScalar>(_ rows: Int? = nil) -> Matrix<Scalar> {
        let rows = x.prefix(rows ?? x.count)
        return Matrix(rows: rows.count, columns: x[0].count, elements: rows.joined().map { Scalar($0) })
    }
}

/// A network, its predictions for the first rows, and its state after further training.
struct NetworkCase: Decodable, Sendable, CustomTestStringConvertible {
    enum Target: String, Decodable { case number, numbers, count, int, pair, string, bool, labels }
    enum Precision: String, Decodable { case double, float }
    enum Further: String, Decodable {
        case fit
        case partialFit = "partial_fit"
    }

    let name: String
    let target: Target
    let precision: Precision
    let further: Further?
    let before: [[Double]]
    let lossCurve: [Double]
    let finalLoss: Double
    let nIter: Int
    let t: Int
    let after: [[Double]]?
    let lossCurveAfter: [Double]?
    let tAfter: Int?

    var testDescription: String { name }

    /// The tolerance: rounding errors in single precision, almost none in double precision.
    var tolerance: Double { precision == .float ? 2e-6 : 1e-12 }
}

struct ScalerCase: Decodable, Sendable {
    let name: String
    let transformed: [[Double]]
}

/// Returns the bytes of a file.
func skopsFile(_ name: String) throws -> Data {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "skops", subdirectory: "Fixtures"))
    return try Data(contentsOf: url)
}

// MARK: - Targets

/// A target that can be created from a row of the fixture's numbers.
protocol CaseTarget {
    static func target(_ row: [Double]) -> Self
}

extension Int: CaseTarget {
    static func target(_ row: [Double]) -> Int { Int(row[0]) }
}

extension Bool: CaseTarget {
    static func target(_ row: [Double]) -> Bool { row[0] != 0 }
}

extension Double: CaseTarget {
    static func target(_ row: [Double]) -> Double { row[0] }
}

extension Float: CaseTarget {
    static func target(_ row: [Double]) -> Float { Float(row[0]) }
}

extension Array: CaseTarget where Element: CaseTarget {
    static func target(_ row: [Double]) -> [Element] { row.map { Element.target([$0]) } }
}

/// The three string labels of the fixture, by number.
enum Word: String, ClassLabel, SkopsTarget, ONNXTarget, CaseTarget {
    case zebra = "Zebra"
    case ant
    case élan

    static func target(_ row: [Double]) -> Word { [.élan, .zebra, .ant][Int(row[0])] }
}

extension String: CaseTarget {
    static func target(_ row: [Double]) -> String { Word.target(row).rawValue }
}

/// Returns the largest difference between corresponding numbers, relative to the larger magnitude if that is above 1.
func greatestDifference(_ first: [Double], _ second: [Double]) -> Double {
    guard first.count == second.count else { return .infinity }
    return zip(first, second).map { abs($0 - $1) / max(1, abs($0), abs($1)) }.max() ?? 0
}
