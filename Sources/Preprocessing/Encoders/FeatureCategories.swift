import Estimators
import LinearAlgebra

/// The categories of one feature, and which of them share one code because they are infrequent.
struct FeatureCategories<Value: Category>: Equatable, Sendable {
    /// The categories but for the missing value, which as NaN would equal nothing.
    let present: [Value]

    /// Whether the missing value is a category too, the last.
    let hasMissing: Bool

    /// The numbers of the infrequent categories, ascending.
    private(set) var infrequent: [Int] = []

    /// The number of categories, the missing value included.
    var count: Int { present.count + (hasMissing ? 1 : 0) }

    /// The number of categories without the missing value.
    var presentCount: Int { present.count }

    /// The categories, the missing value last.
    var values: [Value] { present + (hasMissing ? [Value.missing].compactMap { $0 } : []) }

    /// The category with this number.
    func value(_ number: Int) -> Value? { number < present.count ? present[number] : Value.missing }

    init(present: [Value], hasMissing: Bool, infrequent: [Int]) {
        self.present = present
        self.hasMissing = hasMissing
        self.infrequent = infrequent
    }

    /// The distinct values of a column, in ascending order.
    init(of column: [Value]) {
        present = Set(column.filter { !$0.isMissing }).sorted { $0.precedes($1) }
        hasMissing = column.contains { $0.isMissing }
    }

    /// Categories that the user has listed.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a list that is empty, repeats a category, has a missing value that
    ///   is not the last, or has numbers out of order.
    init(listed list: [Value], feature: Int) throws {
        func refused(_ problem: String) -> EstimatorError {
            .invalidParameter(name: "categories[\(feature)]", value: "\(list)", allowed: problem)
        }
        guard !list.isEmpty else { throw refused("a list with at least one category") }
        guard !list.dropLast().contains(where: \.isMissing) else {
            throw refused("a list in which the missing value, if there is one, comes last")
        }
        present = list.filter { !$0.isMissing }
        hasMissing = present.count < list.count
        guard Set(present).count == present.count else { throw refused("a list of different categories") }
        if Value.self is any Numeric.Type, !zip(present, present.dropFirst()).allSatisfy({ $0.precedes($1) }) {
            throw refused("a list of numbers in ascending order")
        }
    }

    // MARK: Numbers of categories

    /// The number of each value's category; nil for unknown ones.
    func numbers(of column: [Value]) -> [Int?] {
        let numbers = Dictionary(zip(present, 0...), uniquingKeysWith: { first, _ in first })
        return column.map { $0.isMissing ? (hasMissing ? present.count : nil) : numbers[$0] }
    }

    // MARK: Infrequent categories

    /// Marks the categories that occur too rarely as infrequent.
    ///
    /// - Parameters:
    ///   - column: the values to count.
    ///   - minFrequency: how often a category must occur not to be infrequent.
    ///   - maxCategories: how many codes there may be, the common one of all infrequent categories included.
    ///   - includesMissing: whether the missing value counts as a category.
    mutating func groupInfrequent(
        in column: [Value], minFrequency: MinFrequency?, maxCategories: Int?, includesMissing: Bool
    ) {
        var counts = [Int](repeating: 0, count: count)
        for case let number? in numbers(of: column) { counts[number] += 1 }
        if !includesMissing { counts.removeSubrange(present.count...) }
        var rare = Set<Int>()
        if let minFrequency {
            let threshold = minFrequency.threshold(nSamples: column.count)
            rare = Set(counts.indices.filter { Double(counts[$0]) < threshold })
        }
        if let maxCategories, maxCategories < counts.count - rare.count + 1 {
            // The sort must be stable, so that of equally frequent categories the last stay.
            let ascending = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
            rare.formUnion(ascending.dropLast(maxCategories - 1))
        }
        infrequent = rare.sorted()
    }

    /// For every category its code: the frequent ones in their order, then one for all infrequent ones; the missing value
    /// keeps its own number after that where `includesMissing` is false.
    func codes(includesMissing: Bool) -> [Int] {
        let rare = Set(infrequent)
        let grouped = includesMissing ? count : present.count
        var next = 0
        var codes = (0..<grouped).map { number -> Int in
            guard !rare.contains(number) else { return grouped - rare.count }
            defer { next += 1 }
            return next
        }
        if grouped < count { codes.append(present.count) }
        return codes
    }
}
