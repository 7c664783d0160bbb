import Estimators
public import ModelFiles
import ModelSelection
import Preprocessing

extension TargetEncoder: Storable {
    private enum CodingKeys: String, CodingKey {
        case targetType, smooth, folds, foldKind, foldShuffle, foldSeed, shuffle, randomState, ordinal, fitted
    }

    /// The cross-validators that files know.
    private enum FoldKind: String, Codable { case number, kFold, stratifiedKFold }

    /// `TargetEncoder` with the name of its type parameter.
    public static var storedTypeName: String { ModelFiles.storedTypeName("TargetEncoder", Value.self) }

    /// Decodes an encoder.
    ///
    /// - Throws: `DecodingError` for encodings that do not fit the categories.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let ordinal = try container.decode(OrdinalEncoder<Value>.self, forKey: .ordinal)
        let count = try container.decode(Int.self, forKey: .folds)
        let folds: any CrossValidator
        switch try container.decode(FoldKind.self, forKey: .foldKind) {
        case .number: folds = count
        case .kFold:
            folds = KFold(
                nSplits: count, shuffle: try container.decode(Bool.self, forKey: .foldShuffle),
                randomState: try container.decodeIfPresent(UInt32.self, forKey: .foldSeed))
        case .stratifiedKFold:
            folds = StratifiedKFold(
                nSplits: count, shuffle: try container.decode(Bool.self, forKey: .foldShuffle),
                randomState: try container.decodeIfPresent(UInt32.self, forKey: .foldSeed))
        }
        self.init(
            categories: ordinal.categoriesSource,
            targetType: try container.decode(TargetType.self, forKey: .targetType),
            smooth: try container.decode(Smooth.self, forKey: .smooth), cv: folds,
            shuffle: try container.decode(Bool.self, forKey: .shuffle),
            randomState: try container.decodeIfPresent(UInt32.self, forKey: .randomState))
        let encodings = try container.decodeIfPresent(TargetEncodings.self, forKey: .fitted)
        if let encodings {
            let expected = ordinal.categories.flatMap { list in encodings.mean.map { _ in list.count } }
            try container.require(
                encodings.encodings.map(\.count) == expected, .fitted,
                "must have an encoding for every category of \(ordinal.categories.count) features")
            try container.require(
                ordinal.unknownValue == -1 && ordinal.encodedMissingValue == -2, .ordinal,
                "must number unknown categories -1 and missing ones -2")
        }
        restore(ordinal, encodings)
    }

    /// Encodes the encoder.
    ///
    /// - Throws: `EncodingError` for a ``cv`` that is neither a number nor a `KFold` or `StratifiedKFold`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch cv {
        case let count as Int:
            try container.encode(FoldKind.number, forKey: .foldKind)
            try container.encode(count, forKey: .folds)
        case let folds as KFold:
            try container.encode(FoldKind.kFold, forKey: .foldKind)
            try container.encode(folds.nSplits, forKey: .folds)
            try container.encode(folds.shuffle, forKey: .foldShuffle)
            try container.encodeIfPresent(folds.randomState, forKey: .foldSeed)
        case let folds as StratifiedKFold:
            try container.encode(FoldKind.stratifiedKFold, forKey: .foldKind)
            try container.encode(folds.nSplits, forKey: .folds)
            try container.encode(folds.shuffle, forKey: .foldShuffle)
            try container.encodeIfPresent(folds.randomState, forKey: .foldSeed)
        default:
            throw EncodingError.invalidValue(
                cv,
                EncodingError.Context(
                    codingPath: encoder.codingPath,
                    debugDescription: "cv must be a number, a KFold or a StratifiedKFold, but is \(cv)"))
        }
        try container.encode(targetType, forKey: .targetType)
        try container.encode(smooth, forKey: .smooth)
        try container.encode(shuffle, forKey: .shuffle)
        try container.encodeIfPresent(randomState, forKey: .randomState)
        try container.encode(stored.ordinal, forKey: .ordinal)
        try container.encodeIfPresent(stored.fitted, forKey: .fitted)
    }
}
