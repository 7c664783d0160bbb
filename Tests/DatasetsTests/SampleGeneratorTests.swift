import Datasets
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import TestSupport
import Testing

/// Compares the sample generators with scikit-learn's results for the same arguments.
@Suite struct SampleGeneratorTests {
    @Test func samplesAreScikitLearns() throws {
        for stored in try fixture("sample_generators", in: .module, of: [GeneratorCase].self) { try stored.check() }
    }

    /// For a wider comparison: `sample_generators.py COUNT SEED FILE` writes the cases.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["SAMPLE_GENERATOR_CASES"] != nil))
    func furtherSamplesAreScikitLearns() throws {
        let path = try #require(ProcessInfo.processInfo.environment["SAMPLE_GENERATOR_CASES"])
        let cases = try JSONDecoder().decode([GeneratorCase].self, from: Data(contentsOf: URL(filePath: path)))
        for stored in cases { try stored.check() }
    }
}

/// The stored summary of a numeric table.
private struct StoredNumbers: Decodable {
    let shape: [Int]
    let step: Int
    let values: [Double]
    let weightedSum: Double
    let size: Double

    func check(_ numbers: [Double], _ comment: Comment) {
        #expect(numbers.count == shape.reduce(1, *), comment)
        let found = stride(from: 0, to: numbers.count, by: step).map { numbers[$0] }
        #expect(found.count == values.count, comment)
        for (number, value) in zip(found, values) {
            #expect(abs(number - value) <= 1e-12 * max(1, abs(value)), comment)
        }
        let sum = numbers.enumerated().reduce(0) { $0 + Double(7919 * $1.offset % 1009) / 1009 * $1.element }
        #expect(abs(sum - weightedSum) <= 1e-12 * max(1, size), comment)
    }
}

/// One call of a generator.
private struct GeneratorCase: Decodable {
    let function: String
    let arguments: Arguments
    let x: StoredNumbers
    let labels: [Int]?
    let target: StoredNumbers?
    let others: [StoredNumbers]

    struct Arguments: Decodable {
        let randomState: UInt32
        let nSamples: OneOrMany<Int>?
        let nFeatures, nInformative, nRedundant, nRepeated, nClasses, nClustersPerClass, nTargets: Int?
        let effectiveRank, nLabels, length: Int?
        let weights, centerBox: [Double]?
        let flipY, classSep, bias, tailStrength, noise, factor: Double?
        let hypercube, shuffle, allowUnlabeled: Bool?
        let centers: Centers?
        let shift, scale, clusterStd: OneOrMany<Double>?
        let named: Set<String>

        enum CodingKeys: String, CodingKey {
            case randomState = "random_state", nSamples = "n_samples", nFeatures = "n_features"
            case nInformative = "n_informative", nRedundant = "n_redundant", nRepeated = "n_repeated"
            case nClasses = "n_classes", nClustersPerClass = "n_clusters_per_class", nTargets = "n_targets"
            case effectiveRank = "effective_rank", nLabels = "n_labels", centerBox = "center_box", flipY = "flip_y"
            case classSep = "class_sep", tailStrength = "tail_strength", allowUnlabeled = "allow_unlabeled"
            case clusterStd = "cluster_std"
            case length, weights, bias, noise, factor, hypercube, shuffle, centers, shift, scale
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            func value<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
                try container.decodeIfPresent(Value.self, forKey: key)
            }
            randomState = try container.decode(UInt32.self, forKey: .randomState)
            nSamples = try value(.nSamples)
            nFeatures = try value(.nFeatures)
            nInformative = try value(.nInformative)
            nRedundant = try value(.nRedundant)
            nRepeated = try value(.nRepeated)
            nClasses = try value(.nClasses)
            nClustersPerClass = try value(.nClustersPerClass)
            nTargets = try value(.nTargets)
            effectiveRank = try value(.effectiveRank)
            nLabels = try value(.nLabels)
            length = try value(.length)
            weights = try value(.weights)
            centerBox = try value(.centerBox)
            flipY = try value(.flipY)
            classSep = try value(.classSep)
            bias = try value(.bias)
            tailStrength = try value(.tailStrength)
            noise = try value(.noise)
            factor = try value(.factor)
            hypercube = try value(.hypercube)
            shuffle = try value(.shuffle)
            allowUnlabeled = try value(.allowUnlabeled)
            centers = try value(.centers)
            shift = try value(.shift)
            scale = try value(.scale)
            clusterStd = try value(.clusterStd)
            named = Set(container.allKeys.map(\.stringValue))
        }
    }

    func check() throws {
        let made = try samples()
        let comment = Comment(rawValue: "\(function) \(arguments)")
        x.check(made.x.elements, comment)
        if let labels { #expect(made.labels == labels, comment) }
        target?.check(made.target, comment)
        for (other, expected) in zip(made.others, others) { expected.check(other, comment) }
        #expect(made.others.count == others.count, comment)
    }

    private struct Samples {
        let x: Matrix<Double>
        var labels: [Int] = []
        var target: [Double] = []
        var others: [[Double]] = []
    }

    private func samples() throws -> Samples {
        let a = arguments
        let nSamples = a.nSamples?.value ?? .one(100)
        var total = 100
        var pair: (Int, Int)?
        switch nSamples {
        case .one(let count): total = count
        case .each(let counts): pair = (counts[0], counts.count > 1 ? counts[1] : 0)
        }
        let shuffle = a.shuffle ?? true
        switch function {
        case "make_classification":
            // JSON null is nil, which means random; a missing name is the default.
            let (x, y) = try makeClassification(
                nSamples: total, nFeatures: a.nFeatures ?? 20, nInformative: a.nInformative ?? 2,
                nRedundant: a.nRedundant ?? 2, nRepeated: a.nRepeated ?? 0, nClasses: a.nClasses ?? 2,
                nClustersPerClass: a.nClustersPerClass ?? 2, weights: a.weights, flipY: a.flipY ?? 0.01,
                classSep: a.classSep ?? 1, hypercube: a.hypercube ?? true,
                shift: a.named.contains("shift") ? a.shift?.value : 0,
                scale: a.named.contains("scale") ? a.scale?.value : 1, shuffle: shuffle, randomState: a.randomState)
            return Samples(x: x, labels: y)
        case "make_regression":
            return try regression(total, shuffle: shuffle)
        case "make_blobs":
            let box = a.centerBox.map { ($0[0], $0[1]) } ?? (-10, 10)
            let (x, y, centers) = try makeBlobsWithCenters(
                nSamples: nSamples, nFeatures: a.nFeatures ?? 2, centers: a.centers?.value,
                clusterStd: a.clusterStd?.value ?? 1, centerBox: box, shuffle: shuffle, randomState: a.randomState)
            return Samples(x: x, labels: y, others: [centers.elements])
        case "make_moons":
            let (x, y) =
                try pair.map {
                    try makeMoons(nSamples: $0, shuffle: shuffle, noise: a.noise, randomState: a.randomState)
                } ?? makeMoons(nSamples: total, shuffle: shuffle, noise: a.noise, randomState: a.randomState)
            return Samples(x: x, labels: y)
        case "make_circles":
            let factor = a.factor ?? 0.8
            let (x, y) =
                try pair.map {
                    try makeCircles(
                        nSamples: $0, shuffle: shuffle, noise: a.noise, randomState: a.randomState, factor: factor)
                }
                ?? makeCircles(
                    nSamples: total, shuffle: shuffle, noise: a.noise, randomState: a.randomState, factor: factor)
            return Samples(x: x, labels: y)
        default:
            let (x, y, pC, pWC) = try makeMultilabelClassificationWithDistributions(
                nSamples: total, nFeatures: a.nFeatures ?? 20, nClasses: a.nClasses ?? 5, nLabels: a.nLabels ?? 2,
                length: a.length ?? 50, allowUnlabeled: a.allowUnlabeled ?? true, randomState: a.randomState)
            return Samples(x: x, labels: y.flatMap(\.self), others: [pC, pWC.elements])
        }
    }

    private func regression(_ nSamples: Int, shuffle: Bool) throws -> Samples {
        let a = arguments
        if let nTargets = a.nTargets {
            let (x, y, coef) = try makeRegressionWithCoef(
                nSamples: nSamples, nFeatures: a.nFeatures ?? 100, nInformative: a.nInformative ?? 10,
                nTargets: nTargets, bias: a.bias ?? 0, effectiveRank: a.effectiveRank,
                tailStrength: a.tailStrength ?? 0.5, noise: a.noise ?? 0, shuffle: shuffle, randomState: a.randomState)
            return Samples(x: x, target: y.flatMap(\.self), others: [coef.elements])
        }
        let (x, y, coef) = try makeRegressionWithCoef(
            nSamples: nSamples, nFeatures: a.nFeatures ?? 100, nInformative: a.nInformative ?? 10, bias: a.bias ?? 0,
            effectiveRank: a.effectiveRank, tailStrength: a.tailStrength ?? 0.5, noise: a.noise ?? 0, shuffle: shuffle,
            randomState: a.randomState)
        return Samples(x: x, target: y, others: [coef])
    }
}

/// A number or an array of numbers.
private struct OneOrMany<Value: Decodable>: Decodable {
    let value: OneOrEach<Value>

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let values = try? container.decode([Value].self) {
            value = .each(values)
        } else {
            value = .one(try container.decode(Value.self))
        }
    }
}

/// A number of centers, or a table of them.
private struct Centers: Decodable {
    let value: BlobCenters

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let rows = try? container.decode([[Double]].self) {
            value = .at(try Matrix(rows))
        } else {
            value = .count(try container.decode(Int.self))
        }
    }
}
