import Estimators
import Foundation
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Stored states may be untrusted: an altered state throws or trains without crashing.
@Suite struct StoredStateTests {
    private static let rows = 20

    private static func model(_ solver: Solver, earlyStopping: Bool) throws -> MLPRegressor<Double, Double> {
        let x = try SmallData.features(rows: rows)
        var mlp = MLPRegressor(
            hiddenLayerSizes: [3], solver: solver, batchSize: 6, maxIter: 3, randomState: 1,
            earlyStopping: earlyStopping)
        try mlp.fit(x, SmallData.numbers(x))
        return mlp
    }

    /// The paths of all values in a JSON tree.
    private static func places(in tree: Any, at place: [String] = []) -> [[String]] {
        switch tree {
        case let object as [String: Any]:
            object.keys.sorted().flatMap { key in places(in: object[key] ?? NSNull(), at: place + [key]) }
        case let array as [Any]:
            // For an array, itself and its first and last elements.
            [place]
                + Set([0, array.count - 1]).filter { array.indices.contains($0) }.sorted().flatMap { index in
                    places(in: array[index], at: place + ["\(index)"])
                }
        default: [place]
        }
    }

    private static func replacing(_ place: ArraySlice<String>, in tree: Any, by change: (Any) -> Any?) -> Any {
        guard let key = place.first else { return change(tree) ?? NSNull() }
        if var object = tree as? [String: Any] {
            if place.count == 1 {
                object[key] = object[key].flatMap(change)
            } else {
                object[key] = object[key].map { replacing(place.dropFirst(), in: $0, by: change) }
            }
            return object
        }
        guard var array = tree as? [Any], let index = Int(key) else { return tree }
        array[index] = replacing(place.dropFirst(), in: array[index], by: change)
        return array
    }

    /// The replacements of a value: nothing, text, fewer elements, and numbers that may be too small or too large.
    private static let changes: [@Sendable (Any) -> Any?] = [
        { _ in nil }, { _ in "text" }, { _ in [Int]() },
        { value in (value as? [Any]).map { Array($0.dropLast()) } ?? value },
        { $0 is [Any] ? [0] : 0 }, { $0 is [Any] ? [1] : 1 }, { $0 is [Any] ? [-1] : -1 }, { $0 is [Any] ? [7] : 7 },
        { $0 is [Any] ? [Int.max] : Int.max }, { $0 is [Any] ? [Int.min] : Int.min },
        { $0 is [Any] ? [1e300] : 1e300 }, { $0 is [Any] ? [-0.5] : -0.5 },
    ]

    @Test(arguments: [(Solver.adam, true), (.sgd, false), (.lbfgs, false)])
    func alteredFieldThrowsOrIsHarmless(solver: Solver, earlyStopping: Bool) throws {
        let mlp = try Self.model(solver, earlyStopping: earlyStopping)
        let x = try SmallData.features(rows: Self.rows)
        let y = SmallData.numbers(x)
        let text = try JSONEncoder().encode(try #require(mlp.fitted.model))
        let tree = try JSONSerialization.jsonObject(with: text)
        var (rejected, harmless) = (0, 0)
        for place in Self.places(in: tree) {
            for change in Self.changes {
                let altered = Self.replacing(place[...], in: tree, by: change)
                let data = try JSONSerialization.data(withJSONObject: altered)
                guard let model = try? JSONDecoder().decode(TrainedModel<Double>.self, from: data) else {
                    rejected += 1
                    continue
                }
                harmless += 1
                var other = mlp
                other._fitted.model = model
                other.maxIter = 5
                _ = try? other.predict(x)
                _ = other.fitted.report
                _ = try? other.resume(x, y)
                other = mlp
                other.earlyStopping = false
                other._fitted.model = model
                if solver != .lbfgs { _ = try? other.partialFit(x, y) }
            }
        }
        #expect(rejected > 200 && harmless > 20)
    }

    @Test func rejectsInconsistentCounts() throws {
        let whole = try #require(Self.model(.adam, earlyStopping: true).fitted.model)
        #expect(whole.validationError == nil)
        var model = whole
        model.bestParameters?.removeLast()
        #expect(model.validationError?.contains("best") == true)
        model = whole
        model.network.parameters[0] = .nan
        #expect(model.validationError?.contains("finite") == true)
        model = whole
        model.inputs = nil
        #expect(model.validationError?.contains("inputs") == true)
        model = whole
        model.optimizer = nil
        #expect(model.validationError?.contains("optimizer") == true)
        guard case .stochastic(var point) = whole.resumePoint else {
            Issue.record("no point to go on from")
            return
        }
        point.order = SampleOrder(point.order.samples.dropLast() + [0])
        model = whole
        model.resumePoint = .stochastic(point)
        #expect(model.validationError?.contains("order") == true)
    }
}
