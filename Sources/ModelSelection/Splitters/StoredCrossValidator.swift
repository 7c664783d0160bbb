import Estimators

/// A cross-validator of this package in a model file: the name of its type and its parameters.
///
/// An estimator with the parameter `cv` stores it in the property `_cv` of this type, so that the compiler can
/// synthesize the coding.
package struct StoredCrossValidator: Codable, Sendable {
    package var rule: any CrossValidator

    private enum CodingKeys: String, CodingKey { case type, rule }

    /// The names in files, which outlive those in the source.
    private static let types: [String: any (CrossValidator & Codable).Type] = [
        "Int": Int.self, "KFold": KFold.self, "RepeatedKFold": RepeatedKFold.self,
        "StratifiedKFold": StratifiedKFold.self, "RepeatedStratifiedKFold": RepeatedStratifiedKFold.self,
        "GroupKFold": GroupKFold.self, "StratifiedGroupKFold": StratifiedGroupKFold.self,
        "ShuffleSplit": ShuffleSplit.self, "StratifiedShuffleSplit": StratifiedShuffleSplit.self,
        "GroupShuffleSplit": GroupShuffleSplit.self, "TimeSeriesSplit": TimeSeriesSplit.self,
        "PredefinedSplit": PredefinedSplit.self,
        "LeavePOut": LeavePOut.self, "LeaveOneOut": LeaveOneOut.self, "LeaveOneGroupOut": LeaveOneGroupOut.self,
        "Prefit": Prefit.self,
    ]

    package init(_ rule: any CrossValidator) { self.rule = rule }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .type)
        guard let type = Self.types[name] else {
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: container, debugDescription: "\(name) is no cross-validator of this package")
        }
        rule = try container.decode(type, forKey: .rule)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        guard let named = Self.types.first(where: { $0.value == type(of: rule) }), let rule = rule as? any Codable
        else {
            throw EncodingError.invalidValue(
                rule,
                .init(
                    codingPath: encoder.codingPath,
                    debugDescription: "cv is \(type(of: rule)), which files do not have; set cv = 5 before saving, for "
                        + "example, which does not change what was learned"))
        }
        try container.encode(named.key, forKey: .type)
        try container.encode(rule, forKey: .rule)
    }
}

extension StoredCrossValidator: CustomStringConvertible {
    /// The cross-validator as Swift code.
    package var description: String { literal(rule) }
}

/// A cross-validator with a number of splits as a parameter.
protocol CountedSplits: CrossValidator {
    var nSplits: Int { get }
}

extension KFold: CountedSplits {}
extension StratifiedKFold: CountedSplits {}
extension GroupKFold: CountedSplits {}
extension StratifiedGroupKFold: CountedSplits {}
extension ShuffleSplit: CountedSplits {}
extension StratifiedShuffleSplit: CountedSplits {}
extension GroupShuffleSplit: CountedSplits {}
extension TimeSeriesSplit: CountedSplits {}
