public import Preprocessing

// Reads scikit-learn's scalers with their fitted statistics. Statistics are read as doubles, whatever their stored
// precision.

extension SkopsObject.Attributes {
    /// Returns one number per feature; nil if the attribute is missing or `None`.
    fileprivate func perFeature(_ name: String) throws -> [Double]? {
        guard let object = self[optional: name] else { return nil }
        let features = try self["n_features_in_"].integer
        let array = try object.array
        guard array.shape == [features], let numbers = array.numbers(Double.self) else {
            throw object.malformed(
                "must have a number for each of the \(features) features, but has shape \(array.shape)")
        }
        return numbers
    }

    /// The number of features. It is limited, because a scaler that neither centers nor scales has no array to compare
    /// it with.
    fileprivate var featureCount: Int {
        get throws {
            let features = try self["n_features_in_"].integer
            guard (1...owner.file.mostNumbers).contains(features) else {
                throw owner.malformed("cannot have \(features) features in a file of this size")
            }
            return features
        }
    }

    /// Returns two numbers.
    fileprivate func pair(_ name: String) throws -> (Double, Double) {
        let object = try self[name]
        let numbers = try object.elements.map { try $0.number }
        guard numbers.count == 2 else { throw object.malformed("must have two numbers, but has \(numbers.count)") }
        return (numbers[0], numbers[1])
    }

    /// Throws if the statistics give a different scale than the one that the file contains.
    fileprivate func check(_ scale: [Double], is name: String) throws {
        guard let stored = try perFeature(name), !scale.isEmpty else { return }
        // Scales of single precision are rounded, hence the tolerance. It still detects a scale of 1 that should be 0.
        let agree = zip(scale, stored).allSatisfy { $0 == $1 || abs($0 - $1) <= 1e-6 * abs($1) || $0.isNaN && $1.isNaN }
        guard agree else { throw owner.malformed("has a \(name) that does not follow from its other statistics") }
    }
}

extension SkopsObject {
    /// A number of samples that can be increased without overflow.
    fileprivate var sampleCount: Int {
        get throws {
            let count = try integer
            guard (0...1 << 53).contains(count) else {
                throw malformed("must be a number of samples, but is \(count)")
            }
            return count
        }
    }
}

extension StandardScaler: SkopsReadable, SkopsReadableSteps {
    /// Reads a `StandardScaler`.
    ///
    /// - Throws: ``InterchangeError``.
    public init(_ object: SkopsObject) throws {
        let attributes = try object.attributes(of: "sklearn.preprocessing._data.StandardScaler")
        self.init(withMean: try attributes["with_mean"].bool, withStd: try attributes["with_std"].bool)
        guard let seen = attributes[optional: "n_samples_seen_"] else { return }
        let features = try attributes["n_features_in_"].integer
        // One count for all features, or one per feature if values are missing.
        let counts: [Double]
        if let numbers = try? seen.array, numbers.shape == [features] {
            counts = numbers.numbers() ?? []
        } else {
            counts = [Double](repeating: try seen.number, count: try attributes.featureCount)
        }
        guard counts.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            throw seen.malformed("must be numbers of samples, but contains \(counts.first { !($0 >= 0) } ?? .infinity)")
        }
        let means = try attributes.perFeature("mean_")
        let variances = try attributes.perFeature("var_")
        restore(
            counts: counts, means: means ?? counts.map { _ in 0 }, variances: variances ?? counts.map { _ in 0 })
        try attributes.check(scale, is: "scale_")
    }
}

extension MinMaxScaler: SkopsReadable, SkopsReadableSteps {
    /// Reads a `MinMaxScaler`.
    ///
    /// - Throws: ``InterchangeError``.
    public init(_ object: SkopsObject) throws {
        let attributes = try object.attributes(of: "sklearn.preprocessing._data.MinMaxScaler")
        self.init(featureRange: try attributes.pair("feature_range"), clip: try attributes["clip"].bool)
        guard let minima = try attributes.perFeature("data_min_"), let maxima = try attributes.perFeature("data_max_")
        else { return }
        restore(minima: minima, maxima: maxima, nSamplesSeen: try attributes["n_samples_seen_"].sampleCount)
        try attributes.check(scale, is: "scale_")
    }
}

extension MaxAbsScaler: SkopsReadable, SkopsReadableSteps {
    /// Reads a `MaxAbsScaler`.
    ///
    /// - Throws: ``InterchangeError``.
    public init(_ object: SkopsObject) throws {
        let attributes = try object.attributes(of: "sklearn.preprocessing._data.MaxAbsScaler")
        self.init(clip: try attributes["clip"].bool)
        guard let maxAbs = try attributes.perFeature("max_abs_") else { return }
        restore(maxAbs: maxAbs, nSamplesSeen: try attributes["n_samples_seen_"].sampleCount)
        try attributes.check(scale, is: "scale_")
    }
}

extension RobustScaler: SkopsReadable, SkopsReadableSteps {
    /// Reads a `RobustScaler`.
    ///
    /// - Throws: ``InterchangeError``.
    public init(_ object: SkopsObject) throws {
        let attributes = try object.attributes(of: "sklearn.preprocessing._data.RobustScaler")
        self.init(
            withCentering: try attributes["with_centering"].bool, withScaling: try attributes["with_scaling"].bool,
            quantileRange: try attributes.pair("quantile_range"),
            unitVariance: try attributes["unit_variance"].bool)
        guard attributes[optional: "n_features_in_"] != nil else { return }
        let scale = try attributes.perFeature("scale_")
        guard scale?.allSatisfy({ $0 > 0 || $0.isNaN }) ?? true else {
            throw object.malformed("must have a scale_ of positive numbers")
        }
        restore(nFeatures: try attributes.featureCount, center: try attributes.perFeature("center_"), scale: scale)
    }
}
