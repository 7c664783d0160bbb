public import Estimators

// Every transformer is printed as the call of its initializer, with the parameters that are not at their defaults.

extension StandardScaler: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["statistics", "dividesByHugeScales"] }
}

extension MinMaxScaler: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned, and what ``_leadingArguments`` has.
    public static var _unprinted: Set<String> { ["lower", "upper", "extremes", "nSamplesSeen"] }

    /// `featureRange`.
    public var _leadingArguments: [String] {
        changedParameter("featureRange", featureRange, from: Self.defaults.featureRange)
    }
}

extension MaxAbsScaler: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["extremes", "nSamplesSeen"] }
}

extension RobustScaler: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned, and what ``_leadingArguments`` has.
    public static var _unprinted: Set<String> { ["lowerPercent", "upperPercent", "fitted"] }

    /// `quantileRange`.
    public var _leadingArguments: [String] {
        changedParameter("quantileRange", quantileRange, from: Self.defaults.quantileRange)
    }
}

extension Normalizer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["nFeaturesIn"] }
}

extension QuantileTransformer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }
}

extension PowerTransformer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }
}

extension PolynomialFeatures: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["products", "nFeaturesIn"] }
}

extension SimpleImputer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }
}

extension KBinsDiscretizer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["fittedEdges"] }
}

extension CalendarFeatures: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["parts"] }
}

extension PCA: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }
}

extension OneHotEncoder: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned, and what ``_leadingArguments`` has.
    public static var _unprinted: Set<String> { ["categoriesSource", "fitted"] }

    /// `categories`.
    public var _leadingArguments: [String] {
        changedParameter("categories", categoriesSource, from: Self.defaults.categoriesSource)
    }
}

extension OrdinalEncoder: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned, and what ``_leadingArguments`` has.
    public static var _unprinted: Set<String> { ["categoriesSource", "features"] }

    /// `categories`.
    public var _leadingArguments: [String] {
        changedParameter("categories", categoriesSource, from: Self.defaults.categoriesSource)
    }
}

extension CategoryImputer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }
}

extension LabelEncoder: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["classes"] }
}

extension LabelBinarizer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["classes"] }
}

extension MultiLabelBinarizer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned, and what ``_leadingArguments`` has.
    public static var _unprinted: Set<String> { ["givenClasses", "fittedClasses"] }

    /// `classes`.
    public var _leadingArguments: [String] {
        changedParameter("classes", givenClasses as Any, from: Self.defaults.givenClasses as Any)
    }
}

extension FunctionTransformer: CustomStringConvertible {
    /// The name alone: a function cannot be printed.
    public var description: String { written(Self.self, ["…"]) }
}

extension Binarizer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["nFeaturesIn"] }
}

extension MissingIndicator: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned, and what ``_leadingArguments`` has.
    public static var _unprinted: Set<String> { ["features", "nFeaturesIn", "featuresSource"] }

    /// `features`.
    public var _leadingArguments: [String] {
        changedParameter("features", featuresSource, from: Self.defaults.featuresSource)
    }
}

extension VarianceThreshold: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["variances"] }
}

extension SelectKBest: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned, and what ``_leadingArguments`` has.
    public static var _unprinted: Set<String> { ["scores", "pvalues", "scoreFunc"] }

    /// The score function, which has no label.
    public var _leadingArguments: [String] {
        scoreFunc == Self.defaults.scoreFunc ? [] : [literal(scoreFunc)]
    }
}

extension KNNImputer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["samples", "indicator"] }
}

extension SplineTransformer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }

    /// What is learned.
    public static var _unprinted: Set<String> { ["bases"] }
}

extension IterativeImputer: PrintedAsInitializer {
    /// Every parameter at its default.
    public static var defaults: Self { Self() }
}
