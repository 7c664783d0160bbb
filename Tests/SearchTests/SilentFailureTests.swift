import Estimators
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

/// Scores that cannot be computed are explained, in an error or in one line of the log.
@Suite struct SilentFailureTests {
    private typealias Answers = MLPClassifier<String, Double>

    private static let x = Matrix(rows: 12, columns: 1, elements: (0..<12).map(Double.init))
    private static let answers = (0..<12).map { $0 % 2 == 0 ? "yes" : "no" }
    private var model: Answers { Answers(hiddenLayerSizes: [2], maxIter: 2, randomState: 1, verbose: .silent) }

    private static let ofPositives: [Scorer<Answers>] = [.f1, .precision, .recall, .jaccard, .averagePrecision]

    @Test(arguments: ofPositives.map(\.name)) func aScoreThatIsNowhereANumberIsAnError(_ name: String) throws {
        let scorer = try #require(Self.ofPositives.first { $0.name == name })
        let alphas: [ParameterAxis<Answers>] = [.init(\.alpha, [1e-4, 1])]
        let refusals: [Refusal] = [
            Refusal("scores", mentions: "scoring", "posLabel", "no, yes", ".\(name)(posLabel: …)") { [model] in
                _ = try crossValScore(model, Self.x, Self.answers, scoring: scorer, cv: 3)
            },
            Refusal("all", mentions: "scoring", "posLabel", "no, yes") { [model] in
                _ = try crossValidate(model, Self.x, Self.answers, scoring: [scorer], cv: 3)
            },
            Refusal("a grid", mentions: "scoring", "posLabel", "no, yes") { [model] in
                var search = GridSearchCV(model, paramGrid: alphas, scoring: scorer, cv: 3)
                try search.fit(Self.x, Self.answers)
            },
            Refusal("a halving search", mentions: "scoring", "posLabel", "no, yes") { [model] in
                var search = HalvingGridSearchCV(model, paramGrid: alphas, cv: 2, scoring: scorer)
                try search.fit(Self.x, Self.answers)
            },
            Refusal("a learning curve", mentions: "scoring", "posLabel", "no, yes") { [model] in
                _ = try learningCurve(model, Self.x, Self.answers, cv: 3, scoring: scorer)
            },
            Refusal("a validation curve", mentions: "scoring", "posLabel", "no, yes") { [model] in
                _ = try validationCurve(
                    model, Self.x, Self.answers, param: \.alpha, range: [1, 2], cv: 3, scoring: scorer)
            },
            Refusal("a monitor", mentions: "posLabel", "no, yes") { [model] in
                var model = model
                (model.earlyStopping, model.monitor, model.validationFraction) = (true, .scorer(scorer), 0.3)
                try model.fit(Self.x, Self.answers)
            },
        ]
        for refusal in refusals { refusal.check() }
    }

    @Test func scorersTakeThePositiveClass() throws {
        let fitted = try model.fitted(Self.x, Self.answers)
        let predicted = try fitted.predict(Self.x)
        let p = try fitted.predictProba(Self.x)
        for (label, column) in [("no", 0), ("yes", 1)] {
            let expected = [
                try f1Score(Self.answers, predicted, posLabel: label, zeroDivision: 0),
                try precisionScore(Self.answers, predicted, posLabel: label, zeroDivision: 0),
                try recallScore(Self.answers, predicted, posLabel: label, zeroDivision: 0),
                try jaccardScore(Self.answers, predicted, posLabel: label, zeroDivision: 0),
                try averagePrecisionScore(Self.answers, p.column(column), posLabel: label),
            ]
            let scorers: [Scorer<Answers>] = [
                .f1(posLabel: label), .precision(posLabel: label), .recall(posLabel: label),
                .jaccard(posLabel: label), .averagePrecision(posLabel: label),
            ]
            #expect(try scorers.map { try $0(fitted, Self.x, Self.answers) } == expected)
        }
        #expect(try crossValScore(model, Self.x, Self.answers, scoring: .f1(posLabel: "yes"), cv: 3).count == 3)
    }

    /// A fold of 12 iris flowers that lacks a class; the classifier was fitted with all three.
    @Test func aModelKnowsTheClassesThatATestSideLacks() throws {
        let x = try Iris.x()
        let y = try Iris.classes().map { ["setosa", "versicolor", "virginica"][$0] }
        let fitted = try MLPClassifier<String, Double>(maxIter: 5, randomState: 1, verbose: .silent).fitted(x, y)
        let some = Array(0..<6) + Array(60..<66)
        let (xSome, ySome) = (x.selectingRows(some), y.selectingSamples(some))
        let p = try fitted.predictProba(xSome)
        let classes = fitted.classes

        #expect(try Scorer.negLogLoss(fitted, xSome, ySome) == -logLoss(ySome, p, labels: classes))
        #expect(try Scorer.negBrierScore(fitted, xSome, ySome) == -brierScoreLoss(ySome, p, labels: classes))
        #expect(try Scorer.topKAccuracy(fitted, xSome, ySome) == topKAccuracyScore(ySome, p, labels: classes))
        #expect(
            try Scorer.rocAUCOvo(fitted, xSome, ySome) == rocAUCScore(ySome, p, multiClass: .ovo, labels: classes))
        #expect(
            try Scorer.rocAUCOvrWeighted(fitted, xSome, ySome)
                == rocAUCScore(ySome, p, average: .weighted, multiClass: .ovr, labels: classes))
        for scorer in [Scorer<Answers>.negLogLoss, .negBrierScore, .topKAccuracy, .rocAUCOvo, .rocAUCOvrWeighted] {
            #expect(try scorer(fitted, xSome, ySome).isFinite, "\(scorer.name)")
        }
        // A single class, of two or of three.
        let setosas = Array(0..<6)
        #expect(try Scorer.negLogLoss(fitted, x.selectingRows(setosas), y.selectingSamples(setosas)).isFinite)
        let two = try model.fitted(Self.x, Self.answers)
        let yes = [0, 2, 4]
        for scorer in [Scorer<Answers>.negLogLoss, .negBrierScore, .topKAccuracy] {
            #expect(try scorer(two, Self.x.selectingRows(yes), Self.answers.selectingSamples(yes)).isFinite)
        }
    }

    @Test func splitsThatFailAreLoggedInOneLine() throws {
        let probe = Probe(onFit: { _, x in if x[0, 0] > 0 { throw Trouble(description: "no luck.") } })
        let lines = try LogRecorder.lines { _ = try crossValScore(probe, Probe.x, Probe.y, cv: 3) }
        #expect(lines == ["warning: 1 of 3 splits failed; the first, number 0: no luck."])
        #expect(try LogRecorder.lines { _ = try crossValScore(Probe(), Probe.x, Probe.y, cv: 3) }.isEmpty)
    }

    @Test func candidatesThatAreLostAreLoggedInOneLine() throws {
        var some = search { level, _ in if level > 0 { throw Trouble(description: "no luck.") } }
        let lines = try LogRecorder.lines { try some.fit(Probe.x, Probe.y) }
        #expect(
            lines == ["warning: 2 of 3 candidates failed on some split; the first, {level: 1.0}, split 0: no luck."])
        #expect(some.bestIndex == 0)
        var none = search()
        #expect(try LogRecorder.lines { try none.fit(Probe.x, Probe.y) }.isEmpty)
    }

    @Test func noCandidateIsBestAmongNaNs() throws {
        let undefined = Scorer<Probe>("undefined") { _, _, _ in .nan }
        let fits = Counter()
        let probe = Probe(onFit: { _, _ in fits.add() })
        for refit in [true, false] {
            Refusal("NaN", mentions: "scoring", "undefined", "3", "{level: 0.0}, split 0") {
                var search = GridSearchCV(
                    probe, paramGrid: [.init(\.level, [0, 1, 2])], scoring: undefined, refit: refit, cv: 3)
                try search.fit(Probe.x, Probe.y)
            }.check()
        }
        #expect(fits.count == 18, "no refit")
        // One split that is NaN makes every mean NaN.
        let once = Scorer<Probe>("once") { _, x, _ in x[0, 0] == 0 ? .nan : 1 }
        Refusal("a NaN mean", mentions: "scoring", "once", "split 0") {
            var search = GridSearchCV(Probe(), paramGrid: [.init(\.level, [0, 1])], scoring: once, cv: 3)
            try search.fit(Probe.x, Probe.y)
        }.check()
        Refusal("a p-value of NaN", mentions: "scoring", "nan") {
            _ = try permutationTestScore(Probe(), Probe.x, Probe.y, cv: 3, nPermutations: 3, scoring: undefined)
        }.check()
    }

    @Test func scoresThatAreUndefinedSayWhy() throws {
        let y = (0..<12).map { $0 % 2 }
        let model = MLPClassifier(hiddenLayerSizes: [2], maxIter: 2, randomState: 1, verbose: .silent)
        let lines = try LogRecorder.lines {
            let scores = try crossValScore(model, Self.x, y, scoring: .rocAUC, cv: LeaveOneOut())
            #expect(scores.allSatisfy(\.isNaN) && scores.count == 12)
        }
        #expect(lines.count == 2)
        #expect(lines[0].contains("area under the ROC curve is nan") && lines[0].hasSuffix("(12 times)"))
        #expect(
            lines[1].hasPrefix("warning: 12 of 12 splits failed; the first, number 0: rocAUC on the test side is nan"))
    }

    /// Regression scores of a single validation sample are NaN: a line for R², an error for a scorer that stops training.
    @Test func monitorsThatAreNaNSayWhy() throws {
        let x = Self.x
        let y = (0..<12).map(Double.init)
        var model = MLPRegressor(hiddenLayerSizes: [2], maxIter: 3, randomState: 1, earlyStopping: true)
        let lines = try LogRecorder.lines { try model.fit(x, y, validation: ([[1]], [1])) }
        #expect(lines.contains { $0.contains("is nan on the 1 validation samples in all 3 epochs: R² is nan") })
        #expect(lines.count == 2)
        model.monitor = .scorer(.r2)
        Refusal("a monitor", mentions: "monitor", "r2", "R² is nan for a single sample") { [model] in
            var model = model
            try model.fit(x, y, validation: ([[1]], [1]))
        }.check()
    }

    // MARK: Splits

    private struct Lopsided: CrossValidator {
        func splits(of samples: SplitSamples) throws -> [SplitIndices] {
            [(Array(1..<samples.count), [0]), (Array(0..<samples.count), [])]
        }
    }

    @Test func emptySidesAreRefused() {
        for (splits, side) in [
            (Lopsided() as any CrossValidator, "test"),
            (PredefinedSplit(testFold: Array(repeating: 0, count: 12)), "training"),
        ] {
            Refusal("an empty side", mentions: "cv", "\(side) side", "\(type(of: splits))") {
                _ = try crossValScore(Probe(), Probe.x, Probe.y, cv: splits)
            }.check()
            Refusal("an empty side", mentions: "cv", "\(side) side") {
                var search = GridSearchCV(Probe(), paramGrid: [.init(\.level, [1])], cv: splits)
                try search.fit(Probe.x, Probe.y)
            }.check()
        }
        Refusal("a test side of nothing", mentions: "minResources", "2 of 12", "test side") {
            var search = HalvingGridSearchCV(
                Probe(), paramGrid: [.init(\.level, [1, 2])], minResources: 2, cv: 3)
            try search.fit(Probe.x, Probe.y)
        }.check()
    }

    @Test func groupsWithoutEffectAreLogged() throws {
        let groups = (0..<12).map { $0 / 3 }
        let ignoring: [any CrossValidator] = [
            3, KFold(nSplits: 3), ShuffleSplit(nSplits: 3, randomState: 0), RepeatedKFold(nSplits: 3, nRepeats: 2),
            LeaveOneOut(),
            TimeSeriesSplit(nSplits: 3),
        ]
        for cv in ignoring {
            let lines = try LogRecorder.lines {
                _ = try crossValScore(Probe(), Probe.x, Probe.y, groups: groups, cv: cv)
            }
            #expect(lines.count == 1 && lines[0].contains("groups has no effect on cv (\(cv))"), "\(cv)")
        }
        let lines = try LogRecorder.lines {
            _ = try crossValScore(Probe(), Probe.x, Probe.y, groups: groups, cv: GroupKFold(nSplits: 3))
            _ = try crossValScore(Probe(), Probe.x, Probe.y, cv: 3)
        }
        #expect(lines.isEmpty)
    }

    @Test func choicesWithFewCombinationsAreLogged() throws {
        var search = RandomizedSearchCV(
            Probe(), paramDistributions: [.init(\.level, .choice([1, 2]))], nIter: 5, cv: 3, randomState: 0)
        let lines = try LogRecorder.lines { try search.fit(Probe.x, Probe.y) }
        #expect(lines == ["warning: The choices have 2 combinations, fewer than nIter = 5: all of them are tried."])
    }

    @Test func equalTrainSizesAreLogged() throws {
        let lines = try LogRecorder.lines {
            _ = try learningCurve(Probe(), Probe.x, Probe.y, trainSizes: [2, 2, 0.5], cv: 3)
        }
        #expect(lines.count == 1 && lines[0].contains("2 points") && lines[0].contains("3 trainSizes"))
    }
}
