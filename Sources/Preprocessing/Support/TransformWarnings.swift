import Estimators

// What scikit-learn warns of, in the log that the networks' warnings go to.

extension FitWarnings {
    /// Warns that an imputer leaves out features of which it has seen no value.
    static func report(emptyFeatures features: [Int], by imputer: String) {
        guard !features.isEmpty else { return }
        report(
            FitWarning(
                "\(imputer) leaves out \(listed("column", features)), which \(features.count == 1 ? "has" : "have") no "
                    + "value. With keepEmptyFeatures: true it fills every column.",
                kind: "\(imputer) leaves out columns without any value."))
    }

    /// Warns that a scaler divides features by 1 whose variance overflows.
    static func report(overflowIn features: [Int]) {
        report(
            FitWarning(
                "StandardScaler does not scale \(listed("column", features)), whose variance overflows. Divide by a "
                    + "power of ten first.",
                kind: "StandardScaler does not scale columns whose variance overflows."))
    }

    /// Warns of categories that did not occur in `fit` and are encoded like one that did.
    static func report(unknownCategoriesIn features: [Int], as code: String) {
        guard !features.isEmpty else { return }
        report(
            FitWarning(
                "OneHotEncoder found unknown categories in \(listed("column", features)) and encodes them as \(code).",
                kind: "OneHotEncoder found unknown categories and encodes them as \(code)."))
    }
}

/// `column 3` or `columns 3, 5`.
private func listed(_ noun: String, _ numbers: [Int]) -> String {
    "\(noun)\(numbers.count == 1 ? "" : "s") \(numbers.map(String.init).joined(separator: ", "))"
}
