import Estimators
public import Metrics
public import ModelFiles

// MARK: - Grids

extension ParameterSearch {
    /// A grid search with one scorer.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``SearchSettings`` explains the common ones.
    public init<Root>(
        _ estimator: Root, paramGrid: [ParameterAxis<Root>], scoring: Scorer<Root>? = nil, nJobs: Int? = nil,
        refit: Bool = true, cv: any CrossValidator = 5, verbose: Bool = false, errorScore: ErrorScore = .nan,
        returnTrainScore: Bool = false, journal: (any FileLocation)? = nil, store: SearchStore? = nil
    ) where Source == GridCandidates<Root> {
        let settings = SearchSettings(
            scoring: scoring.map { [$0] }, nJobs: nJobs, refit: refit, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal?.fileURL, store: store)
        self.init(estimator: estimator, source: GridCandidates(paramGrid: paramGrid), settings: settings)
    }

    /// A grid search with several scorers, of which the one named `refit` chooses the best candidate.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``SearchSettings`` explains the common ones.
    public init<Root>(
        _ estimator: Root, paramGrid: [ParameterAxis<Root>], scoring: [Scorer<Root>], nJobs: Int? = nil,
        refit: String, cv: any CrossValidator = 5, verbose: Bool = false, errorScore: ErrorScore = .nan,
        returnTrainScore: Bool = false, journal: (any FileLocation)? = nil, store: SearchStore? = nil
    ) where Source == GridCandidates<Root> {
        self.init(
            estimator, paramGrid: paramGrid, nJobs: nJobs, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal, store: store)
        (settings.scoring, settings.refitScorer) = (scoring, refit)
    }

    /// A halving grid search with one scorer.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``HalvingSettings`` and ``SearchSettings`` explain
    /// the common ones.
    public init<Root>(
        _ estimator: Root, paramGrid: [ParameterAxis<Root>], factor: Double = 3,
        resource: HalvingResource<Root> = .nSamples, maxResources: Int? = nil, minResources: MinResources = .exhaust,
        aggressiveElimination: Bool = false, cv: any CrossValidator = 5, scoring: Scorer<Root>? = nil,
        refit: Bool = true, errorScore: ErrorScore = .nan, returnTrainScore: Bool = true, randomState: UInt32? = nil,
        nJobs: Int? = nil, verbose: Bool = false, journal: (any FileLocation)? = nil, store: SearchStore? = nil
    ) where Source == HalvingGridCandidates<Root> {
        let halving = HalvingSettings(
            factor: factor, resource: resource, maxResources: maxResources, minResources: minResources,
            aggressiveElimination: aggressiveElimination, randomState: randomState)
        let settings = SearchSettings(
            scoring: scoring.map { [$0] }, nJobs: nJobs, refit: refit, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal?.fileURL, store: store)
        let source = HalvingGridCandidates(paramGrid: paramGrid, halving: halving)
        self.init(estimator: estimator, source: source, settings: settings)
    }
}

// MARK: - Random draws

extension ParameterSearch {
    /// A random search with one scorer.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``SearchSettings`` explains the common ones.
    public init<Root>(
        _ estimator: Root, paramDistributions: [ParameterDistribution<Root>], nIter: Int = 10,
        scoring: Scorer<Root>? = nil, nJobs: Int? = nil, refit: Bool = true, cv: any CrossValidator = 5,
        verbose: Bool = false, randomState: UInt32? = nil, errorScore: ErrorScore = .nan,
        returnTrainScore: Bool = false, journal: (any FileLocation)? = nil, store: SearchStore? = nil
    ) where Source == RandomCandidates<Root> {
        let settings = SearchSettings(
            scoring: scoring.map { [$0] }, nJobs: nJobs, refit: refit, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal?.fileURL, store: store)
        let source = RandomCandidates(paramDistributions: paramDistributions, nIter: nIter, randomState: randomState)
        self.init(estimator: estimator, source: source, settings: settings)
    }

    /// A random search with several scorers, of which the one named `refit` chooses the best candidate.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``SearchSettings`` explains the common ones.
    public init<Root>(
        _ estimator: Root, paramDistributions: [ParameterDistribution<Root>], nIter: Int = 10,
        scoring: [Scorer<Root>], nJobs: Int? = nil, refit: String, cv: any CrossValidator = 5, verbose: Bool = false,
        randomState: UInt32? = nil, errorScore: ErrorScore = .nan, returnTrainScore: Bool = false,
        journal: (any FileLocation)? = nil, store: SearchStore? = nil
    ) where Source == RandomCandidates<Root> {
        self.init(
            estimator, paramDistributions: paramDistributions, nIter: nIter, nJobs: nJobs, cv: cv, verbose: verbose,
            randomState: randomState, errorScore: errorScore, returnTrainScore: returnTrainScore, journal: journal,
            store: store)
        (settings.scoring, settings.refitScorer) = (scoring, refit)
    }

    /// A halving random search with one scorer.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``HalvingSettings`` and ``SearchSettings`` explain
    /// the common ones.
    public init<Root>(
        _ estimator: Root, paramDistributions: [ParameterDistribution<Root>], nCandidates: HalvingCandidates = .exhaust,
        factor: Double = 3, resource: HalvingResource<Root> = .nSamples, maxResources: Int? = nil,
        minResources: MinResources = .smallest, aggressiveElimination: Bool = false, cv: any CrossValidator = 5,
        scoring: Scorer<Root>? = nil, refit: Bool = true, errorScore: ErrorScore = .nan, returnTrainScore: Bool = true,
        randomState: UInt32? = nil, nJobs: Int? = nil, verbose: Bool = false, journal: (any FileLocation)? = nil,
        store: SearchStore? = nil
    ) where Source == HalvingRandomCandidates<Root> {
        let halving = HalvingSettings(
            factor: factor, resource: resource, maxResources: maxResources, minResources: minResources,
            aggressiveElimination: aggressiveElimination, randomState: randomState)
        let settings = SearchSettings(
            scoring: scoring.map { [$0] }, nJobs: nJobs, refit: refit, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal?.fileURL, store: store)
        let source = HalvingRandomCandidates(
            paramDistributions: paramDistributions, nCandidates: nCandidates, halving: halving)
        self.init(estimator: estimator, source: source, settings: settings)
    }
}
