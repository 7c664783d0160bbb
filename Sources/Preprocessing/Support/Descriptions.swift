import Estimators

// Every transformer is printed as it is written, with the parameters that are not at their defaults.

extension StandardScaler: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["statistics"]))
    }
}

extension MinMaxScaler: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        let standard = Self()
        let featureRange = changedParameter("featureRange", featureRange, from: standard.featureRange)
        return written(
            Self.self,
            [featureRange].compactMap { $0 }
                + changedParameters(self, from: standard, omitting: ["extremes", "nSamplesSeen", "lower", "upper"]))
    }
}

extension MaxAbsScaler: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["extremes", "nSamplesSeen"]))
    }
}

extension RobustScaler: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        let standard = Self()
        let quantileRange = changedParameter("quantileRange", quantileRange, from: standard.quantileRange)
        return written(
            Self.self,
            [quantileRange].compactMap { $0 }
                + changedParameters(self, from: standard, omitting: ["fitted", "lowerPercent", "upperPercent"]))
    }
}

extension Normalizer: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["nFeaturesIn"]))
    }
}

extension QuantileTransformer: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["fitted"]))
    }
}

extension PowerTransformer: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["fitted"]))
    }
}

extension PolynomialFeatures: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["products", "nFeaturesIn"]))
    }
}

extension SimpleImputer: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["fitted"]))
    }
}

extension KBinsDiscretizer: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["fittedEdges"]))
    }
}

extension PCA: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["fitted"]))
    }
}

extension OneHotEncoder: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        let standard = Self()
        let categories = changedParameter("categories", categoriesSource, from: standard.categoriesSource)
        return written(
            Self.self,
            [categories].compactMap { $0 }
                + changedParameters(self, from: standard, omitting: ["fitted", "categoriesSource"]))
    }
}

extension OrdinalEncoder: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        let standard = Self()
        let categories = changedParameter("categories", categoriesSource, from: standard.categoriesSource)
        return written(
            Self.self,
            [categories].compactMap { $0 }
                + changedParameters(self, from: standard, omitting: ["features", "categoriesSource"]))
    }
}

extension CategoryImputer: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["fitted"]))
    }
}

extension LabelEncoder: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["classes"]))
    }
}

extension LabelBinarizer: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, changedParameters(self, from: Self(), omitting: ["classes"]))
    }
}

extension MultiLabelBinarizer: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults.
    public var description: String {
        let standard = Self()
        let classes = changedParameter("classes", givenClasses as Any, from: standard.givenClasses as Any)
        return written(
            Self.self,
            [classes].compactMap { $0 }
                + changedParameters(self, from: standard, omitting: ["givenClasses", "fittedClasses"]))
    }
}

extension FunctionTransformer: CustomStringConvertible {
    /// The name alone: a function cannot be printed.
    public var description: String { written(Self.self, ["…"]) }
}
