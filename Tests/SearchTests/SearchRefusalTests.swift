import Estimators
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

@Suite struct SearchRefusalTests {
    private static func grid(
        _ axes: [ParameterAxis<Probe>] = [.init(\.level, [1])], cv: any CrossValidator = 3, nJobs: Int? = nil,
        y: [Double] = Probe.y, weights: [Double]? = nil
    ) throws {
        var search = GridSearchCV(Probe(), paramGrid: axes, nJobs: nJobs, cv: cv)
        try search.fit(Probe.x, y, sampleWeight: weights)
    }

    private static func random(_ distribution: Distribution<Double> = .uniform(0, 1), nIter: Int = 2) throws {
        var search = RandomizedSearchCV(
            Probe(), paramDistributions: [.init(\.level, distribution)], nIter: nIter, cv: 3, randomState: 0)
        try search.fit(Probe.x, Probe.y)
    }

    private static func halving(_ change: (inout HalvingGridSearchCV<MLPRegressor<Double, Double>>) -> Void) throws {
        var search = HalvingGridSearchCV(regressor(), paramGrid: [.init(\.alpha, [1, 2, 3])], cv: 3)
        change(&search)
        try search.fit(Probe.x, Probe.y)
    }

    /// Splits with an index out of range, or without any sample.
    private struct Careless: CrossValidator {
        var result: [SplitIndices]
        func splits(of samples: SplitSamples) throws -> [SplitIndices] { result }
    }

    private static let refusals: [Refusal] = [
        Refusal("no axis", mentions: "paramGrid") { try grid([]) },
        Refusal("an answer where nothing was fitted", mentions: "refit", "false") {
            var search = GridSearchCV(Probe(), paramGrid: [.init(\.level, [1])], cv: 3)
            search.refit = false
            try search.fit(Probe.x, Probe.y)
            _ = try search.predict(Probe.x)
        },
        Refusal("an axis without values", mentions: "paramGrid", "level") { try grid([.init(\.level, [])]) },
        Refusal("a grid beyond counting", mentions: "paramGrid") {
            try grid(Array(repeating: .init(\.level, Array(repeating: 0, count: 100)), count: 50))
        },
        Refusal("a grid beyond patience", mentions: "paramGrid", "100000000") {
            try grid(Array(repeating: .init(\.level, Array(repeating: 0, count: 100)), count: 4))
        },
        Refusal("one fold", mentions: "cv", "1") { try grid(cv: 1) },
        Refusal("no folds", mentions: "cv", "0") { try grid(cv: 0) },
        Refusal("more folds than samples", mentions: "cv", "13", "12") { try grid(cv: 13) },
        Refusal("one fold in a splitter", mentions: "nSplits", "1") { try grid(cv: KFold(nSplits: 1)) },
        Refusal("more folds than samples of a class", mentions: "cv", "60") {
            _ = try crossValScore(classifier(), Iris.x(), Iris.classes(), cv: 60)
        },
        Refusal("no splits", mentions: "cv") { try grid(cv: Careless(result: [])) },
        Refusal("splits of other samples", mentions: "cv") { try grid(cv: Careless(result: [([0, 1], [12])])) },
        Refusal("a negative sample", mentions: "cv") { try grid(cv: Careless(result: [([0, -1], [2])])) },
        Refusal("no threads", mentions: "nJobs", "0") { try grid(nJobs: 0) },
        Refusal("y of another length", mentions: "y", "11", "12") { try grid(y: Array(Probe.y.dropLast())) },
        Refusal("weights of another length", mentions: "sampleWeight", "2", "12") { try grid(weights: [1, 2]) },
        Refusal("no samples", mentions: "x") {
            _ = try crossValScore(Probe(), Matrix(rows: 0, columns: 1, elements: []), [])
        },
        Refusal("groups of another length", mentions: "groups", "2", "12") {
            _ = try crossValScore(Probe(), Probe.x, Probe.y, groups: ["a", "b"])
        },
        Refusal("no scorers", mentions: "scoring") {
            _ = try crossValidate(Probe(), Probe.x, Probe.y, scoring: [])
        },
        Refusal("two scorers of a name", mentions: "scoring", "score") {
            _ = try crossValidate(Probe(), Probe.x, Probe.y, scoring: [.score, .score])
        },
        Refusal("a scorer that there is not", mentions: "refit", "f1", "score, r2") {
            var search = GridSearchCV(
                Probe(), paramGrid: [.init(\.level, [1])], scoring: [.score, .r2], refit: "f1", cv: 3)
            try search.fit(Probe.x, Probe.y)
        },
        Refusal("no candidates", mentions: "nIter", "0") { try random(nIter: 0) },
        Refusal("more candidates than memory holds", mentions: "nIter") { try random(nIter: .max) },
        Refusal("no distributions", mentions: "paramDistributions") {
            var search = RandomizedSearchCV(Probe(), paramDistributions: [])
            try search.fit(Probe.x, Probe.y)
        },
        Refusal("a choice of nothing", mentions: "level", "choice") { try random(.choice([])) },
        Refusal("bounds the wrong way round", mentions: "level", "uniform(1.0, 0.0)") { try random(.uniform(1, 0)) },
        Refusal("a logarithm of 0", mentions: "level", "logUniform(0.0, 1.0)") { try random(.logUniform(0, 1)) },
        Refusal("NaN as a bound", mentions: "level", "uniform") { try random(.uniform(.nan, 1)) },
        Refusal("predictions that are not one per sample", mentions: "cv") {
            _ = try crossValPredict(Probe(), Probe.x, Probe.y, cv: ShuffleSplit(nSplits: 2, randomState: 0))
        },
        Refusal("no training sizes", mentions: "trainSizes") {
            _ = try learningCurve(Probe(), Probe.x, Probe.y, trainSizes: [])
        },
        Refusal("more training samples than there are", mentions: "trainSizes", "9", "8") {
            _ = try learningCurve(Probe(), Probe.x, Probe.y, trainSizes: [9], cv: 3)
        },
        Refusal("a NaN fraction", mentions: "trainSizes", "nan") {
            _ = try learningCurve(Probe(), Probe.x, Probe.y, trainSizes: [.fraction(.nan)], cv: 3)
        },
        Refusal("no values for a curve", mentions: "range") {
            _ = try validationCurve(Probe(), Probe.x, Probe.y, param: \.level, range: [])
        },
        Refusal("no permutations", mentions: "nPermutations", "0") {
            _ = try permutationTestScore(Probe(), Probe.x, Probe.y, nPermutations: 0)
        },
        Refusal("permutations beyond memory", mentions: "nPermutations") {
            _ = try permutationTestScore(Probe(), Probe.x, Probe.y, nPermutations: .max)
        },
        Refusal("a factor that halves nothing", mentions: "factor", "1.0") { try halving { $0.factor = 1 } },
        Refusal("a factor that needs rounds without end", mentions: "factor", "1.0000000000000002", "rounds") {
            try halving { $0.factor = 1.0.nextUp }
        },
        Refusal("a factor that is no number", mentions: "factor", "nan") { try halving { $0.factor = .nan } },
        Refusal("a factor that takes rounds beyond memory", mentions: "factor", "1.0000000000000002") {
            try halving { ($0.factor, $0.minResources) = (1.0.nextUp, 2) }
        },
        Refusal("more resources than samples", mentions: "maxResources", "13", "12") {
            try halving { $0.maxResources = 13 }
        },
        Refusal("first resources above the last", mentions: "minResources", "9", "8") {
            try halving { ($0.minResources, $0.maxResources) = (9, 8) }
        },
        Refusal("no first resources", mentions: "minResources", "0") { try halving { $0.minResources = 0 } },
        Refusal("a parameter without bound", mentions: "maxResources", "nil") {
            try halving { $0.resource = .parameter(\.maxIter) }
        },
        Refusal("a resource in the grid", mentions: "resource", "maxIter") {
            try halving {
                ($0.resource, $0.maxResources) = (.parameter(\.maxIter), 9)
                $0.paramGrid.append(.init(\.maxIter, [1, 2]))
            }
        },
    ]

    @Test(arguments: refusals) func isRefused(_ refusal: Refusal) { refusal.check() }

    /// Amounts are multiplied as `Double`, which rounds the greatest integer up.
    @Test(arguments: [[1], [1, 2, 3]]) func noResourceIsTooGreat(alphas: [Double]) throws {
        var search = HalvingGridSearchCV(
            regressor(), paramGrid: [.init(\.alpha, alphas)], resource: .parameter(\.maxFun), maxResources: .max,
            cv: 3)
        try search.fit(Probe.x, Probe.y)
        #expect(search.cvResults.nResources.last == .max)
    }
}
