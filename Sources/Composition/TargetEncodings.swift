import Estimators
import LinearAlgebra
import ModelFiles
import Preprocessing

/// Targets as the numbers that are averaged: one column, or one for each of several classes.
struct EncodedTarget {
    let columns: [[Double]]
    /// The classes as text; empty for numbers.
    let names: [String]
    /// The number of every sample's class; nil for numbers.
    let numbers: [Int]?
    /// `continuous`, `binary` or `multiclass`.
    let type: String

    /// - Parameter type: a target type, or `auto`.
    /// - Throws: `EstimatorError` for targets that do not fit the type.
    init<Target>(_ y: [Target], as type: String) throws {
        let isNumber = Target.self is Double.Type || Target.self is Float.Type
        if type == "continuous" || type == "auto" && isNumber {
            (columns, names, numbers, self.type) = ([try TargetValues.numbers(y)], [], nil, "continuous")
            return
        }
        let labels = try TargetValues.labels(y)
        let isBinary = type == "binary" || type == "auto" && labels.names.count <= 2
        try Check.require(
            !isBinary || labels.names.count <= 2, "y",
            "must have at most two classes where targetType is .binary, but has \(labels.names.count)")
        // One or two classes have one column even where the type is .multiclass, as in scikit-learn's LabelBinarizer.
        let classes = labels.names.count <= 2 ? [labels.names.count - 1] : Array(labels.names.indices)
        columns = classes.map { number in
            labels.numbers.map { $0 == number && labels.names.count > 1 ? 1 : 0 }
        }
        (names, numbers, self.type) = (labels.names, labels.numbers, isBinary ? "binary" : "multiclass")
    }
}

/// The encodings that some samples give.
struct TargetEncodings: Equatable {
    let type: String
    let classes: [String]
    /// The mean of every column of the target.
    let mean: [Double]
    /// One list per feature and column of the target, those of the first feature first.
    let encodings: [[Double]]

    /// - Parameters:
    ///   - codes: the number of every value's category, feature by feature; −1 for unknown ones.
    ///   - samples: the samples to learn from.
    ///   - counts: the number of categories of every feature.
    init<Value>(
        _ codes: [[Int]], _ target: EncodedTarget, samples: [Int], counts: [Int], smooth: TargetEncoder<Value>.Smooth
    ) {
        let mean = target.columns.map { column in
            samples.reduce(0) { $0 + column[$1] } / Double(samples.count)
        }
        encodings = zip(codes, counts).flatMap { codes, count in
            zip(target.columns, mean).map { column, mean in
                switch smooth {
                case .auto: TargetEncodings.estimated(codes, column, samples, count: count, mean: mean)
                case .samples(let further):
                    TargetEncodings.drawn(codes, column, samples, count: count, mean: mean, further: further)
                }
            }
        }
        (type, classes, self.mean) = (target.type, target.names, mean)
    }

    /// The means with further samples at the mean of all.
    private static func drawn(
        _ codes: [Int], _ target: [Double], _ samples: [Int], count: Int, mean: Double, further: Double
    ) -> [Double] {
        var sums = [Double](repeating: further * mean, count: count)
        var sizes = [Double](repeating: further, count: count)
        for sample in samples where codes[sample] >= 0 {
            sums[codes[sample]] += target[sample]
            sizes[codes[sample]] += 1
        }
        return zip(sums, sizes).map { $1 == 0 ? mean : $0 / $1 }
    }

    /// The means drawn toward that of all samples, the more the greater the variance within the category is.
    private static func estimated(
        _ codes: [Int], _ target: [Double], _ samples: [Int], count: Int, mean: Double
    ) -> [Double] {
        let variance =
            samples.reduce(0) { $0 + (target[$1] - mean) * (target[$1] - mean) } / Double(samples.count)
        var (means, sizes) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        for sample in samples where codes[sample] >= 0 {
            means[codes[sample]] += target[sample]
            sizes[codes[sample]] += 1
        }
        for category in means.indices { means[category] /= sizes[category] }
        var squares = [Double](repeating: 0, count: count)
        for sample in samples where codes[sample] >= 0 {
            let difference = target[sample] - means[codes[sample]]
            squares[codes[sample]] += difference * difference
        }
        return means.indices.map { category in
            let between = variance * sizes[category]
            let weight = between / (between + squares[category] / sizes[category])
            return weight.isNaN ? mean : weight * means[category] + (1 - weight) * mean
        }
    }

    /// Writes the encodings of some samples.
    func encode(_ codes: [[Int]], samples: [Int], into encoded: inout Matrix<Double>) {
        for (feature, codes) in codes.enumerated() {
            for column in mean.indices {
                let place = feature * mean.count + column
                for sample in samples {
                    encoded[sample, place] = codes[sample] < 0 ? mean[column] : encodings[place][codes[sample]]
                }
            }
        }
    }
}

extension TargetEncodings: Codable {
    private enum CodingKeys: String, CodingKey { case type, classes, mean, encodings, counts }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        type = try container.decode(String.self, forKey: .type)
        classes = try container.decode([String].self, forKey: .classes)
        mean = try container.decodeVector(forKey: .mean)
        let counts = try container.decodeVector(of: Int.self, forKey: .counts)
        let values = try container.decodeVector(of: Double.self, forKey: .encodings)
        try container.require(
            ["continuous", "binary", "multiclass"].contains(type), .type, "must be a type of targets, but is \(type)")
        try container.require(!mean.isEmpty, .mean, "must have a number, but is empty")
        var (lists, rest) = ([[Double]](), values[...])
        for count in counts {
            try container.require((0...rest.count).contains(count), .counts, "must sum to \(values.count)")
            lists.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        try container.require(rest.isEmpty, .counts, "must sum to \(values.count)")
        encodings = lists
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encode(classes, forKey: .classes)
        try container.encode(Tensor(mean), forKey: .mean)
        try container.encode(Tensor(Array(encodings.joined())), forKey: .encodings)
        try container.encode(Tensor(encodings.map(\.count)), forKey: .counts)
    }
}
