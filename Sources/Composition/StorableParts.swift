import Estimators
import ModelFiles
import Preprocessing

/// The transformers and encoders that the parts of a ``ColumnTransformer`` can be read back as, by the names of their types.
///
/// A file is never asked for a type: only these are made, and chains of them.
enum StorableParts {
    typealias StorableTransformer = Transformer & Storable
    typealias StorableEncoder = WordEncoder & Storable

    private static let transformers: [any StorableTransformer.Type] = [
        StandardScaler.self, MinMaxScaler.self, MaxAbsScaler.self, RobustScaler.self, Normalizer.self,
        PolynomialFeatures.self, SimpleImputer.self, PCA.self, KBinsDiscretizer.self, QuantileTransformer.self,
        PowerTransformer.self, OneHotEncoder<Double>.self, OrdinalEncoder<Double>.self,
    ]

    private static let encoders: [any StorableEncoder.Type] = [
        OneHotEncoder<String?>.self, OrdinalEncoder<String?>.self, ImputedEncoder<OneHotEncoder<String?>>.self,
        ImputedEncoder<OrdinalEncoder<String?>>.self,
    ]

    /// The most transformers in a row.
    private static let longestChain = 32

    /// The transformer of that name; nil if there is none here.
    static func transformer(_ name: String) -> (any StorableTransformer.Type)? {
        // A chain of n has n − 1 commas.
        guard name.utf8.count(where: { $0 == UInt8(ascii: ",") }) < longestChain else { return nil }
        return transformer(name[...])
    }

    /// The encoder of that name; nil if there is none here.
    static func encoder(_ name: String) -> (any StorableEncoder.Type)? { encoders.first { $0.storedTypeName == name } }

    private static func transformer(_ name: Substring) -> (any StorableTransformer.Type)? {
        if let known = transformers.first(where: { $0.storedTypeName == name }) { return known }
        guard name.hasPrefix("Chain<"), name.hasSuffix(">") else { return nil }
        let pair = name.dropFirst("Chain<".count).dropLast()
        // The comma between the two is the one that stands in no brackets.
        var depth = 0
        let comma = pair.firstIndex { letter in
            if letter == "<" { depth += 1 }
            if letter == ">" { depth -= 1 }
            return letter == "," && depth == 0
        }
        guard let comma, let first = transformer(pair[..<comma]),
            let second = transformer(pair[pair.index(after: comma)...].drop { $0 == " " })
        else { return nil }
        return chain(first, second)
    }

    private static func chain<First: StorableTransformer, Second: StorableTransformer>(
        _ first: First.Type, _ second: Second.Type
    ) -> any StorableTransformer.Type { Chain<First, Second>.self }
}
