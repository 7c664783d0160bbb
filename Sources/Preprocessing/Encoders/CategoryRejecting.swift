/// An encoder that may reject categories that it has not learned.
package protocol CategoryRejecting {
    /// The categories that were learned from each column; nil is the missing value.
    var categories: [[String?]] { get }

    /// Whether `transform` rejects all others.
    var rejectsUnknownCategories: Bool { get }

    /// What else can be done about them.
    var remedyForUnknownCategories: String { get }
}

extension OneHotEncoder: CategoryRejecting where Value == String? {
    package var rejectsUnknownCategories: Bool { handleUnknown == .error }
}

extension OrdinalEncoder: CategoryRejecting where Value == String? {
    package var rejectsUnknownCategories: Bool { handleUnknown == .error }
}

extension OneHotEncoder {
    package var remedyForUnknownCategories: String { "handleUnknown: .ignore encodes unknown categories as zeros" }
}

extension OrdinalEncoder {
    package var remedyForUnknownCategories: String {
        "handleUnknown: .useEncodedValue with unknownValue: -1 encodes unknown categories as -1"
    }
}
