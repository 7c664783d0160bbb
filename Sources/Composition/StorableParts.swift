import Estimators
import ModelFiles
import Preprocessing

/// The transformers and encoders that the parts of a ``ColumnTransformer`` can be read as, by the names of their types.
///
/// A file is never asked which types to make: these are the types of this package, those that the caller lists, and
/// chains and unions of both.
struct StorableParts {
    typealias StorableTransformer = Transformer & Storable
    typealias StorableEncoder = WordEncoder & Storable

    private static let own: [any Storable.Type] = [
        StandardScaler.self, MinMaxScaler.self, MaxAbsScaler.self, RobustScaler.self, Normalizer.self,
        PolynomialFeatures.self, SimpleImputer.self, PCA.self, KBinsDiscretizer.self, QuantileTransformer.self,
        PowerTransformer.self, OneHotEncoder<Double>.self, OrdinalEncoder<Double>.self, OneHotEncoder<String?>.self,
        OrdinalEncoder<String?>.self, Binarizer.self, MissingIndicator.self, VarianceThreshold.self, SelectKBest.self,
        TargetEncoder<Double>.self, TargetEncoder<String?>.self, KNNImputer.self, SplineTransformer.self,
        IterativeImputer.self, CalendarFeatures.self,
    ]

    /// The most transformers in a row.
    private static let longestChain = 32

    /// How a program makes its own parts known, as the end of a sentence.
    static let remedy = "list its type in knowing: of both save(to:knowing:) and init(contentsOf:knowing:)"

    private let known: [any Storable.Type]

    /// The parts that an encoder or a decoder may make.
    init(_ userInfo: [CodingUserInfoKey: Any]) {
        known = StorableParts.own + (userInfo[.knownParts] as? [any Storable.Type] ?? [])
    }

    /// The transformer of that name; nil if there is none.
    func transformer(_ name: String) -> (any StorableTransformer.Type)? {
        // A chain of n has n − 1 commas.
        guard name.utf8.count(where: { $0 == UInt8(ascii: ",") }) < StorableParts.longestChain else { return nil }
        return transformer(name[...])
    }

    /// The encoder of that name; nil if there is none.
    func encoder(_ name: String) -> (any StorableEncoder.Type)? {
        func imputed<Encoder: StorableEncoder>(_: Encoder.Type) -> any StorableEncoder.Type {
            ImputedEncoder<Encoder>.self
        }
        if let encoder = listed(name) as? any StorableEncoder.Type { return encoder }
        guard let inner = parameters("ImputedEncoder", of: name[...]),
            let encoder = listed(inner) as? any StorableEncoder.Type
        else { return nil }
        return imputed(encoder)
    }

    private func transformer(_ name: Substring) -> (any StorableTransformer.Type)? {
        if let transformer = listed(name) as? any StorableTransformer.Type { return transformer }
        let union = parameters("FeatureUnion", of: name)
        guard let pair = union ?? parameters("Chain", of: name) else { return nil }
        // The comma between the two is the one outside of brackets.
        var depth = 0
        let comma = pair.firstIndex { letter in
            if letter == "<" { depth += 1 }
            if letter == ">" { depth -= 1 }
            return letter == "," && depth == 0
        }
        guard let comma, let first = transformer(pair[..<comma]),
            let second = transformer(pair[pair.index(after: comma)...].drop { $0 == " " })
        else { return nil }
        return union == nil ? chain(first, second) : self.union(first, second)
    }

    private func listed(_ name: some StringProtocol) -> (any Storable.Type)? {
        known.first { $0.storedTypeName == name }
    }

    /// The text between `<` and `>` in the name of a generic type; nil for another type.
    private func parameters(_ type: String, of name: Substring) -> Substring? {
        name.hasPrefix("\(type)<") && name.hasSuffix(">") ? name.dropFirst(type.count + 1).dropLast() : nil
    }

    private func chain<First: StorableTransformer, Second: StorableTransformer>(
        _: First.Type, _: Second.Type
    ) -> any StorableTransformer.Type { Chain<First, Second>.self }

    private func union<First: StorableTransformer, Second: StorableTransformer>(
        _: First.Type, _: Second.Type
    ) -> any StorableTransformer.Type { FeatureUnion<First, Second>.self }
}
