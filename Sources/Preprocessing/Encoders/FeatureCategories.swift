import Estimators
import LinearAlgebra
import ModelFiles

/// The categories of one feature, and which of them share a code because they are infrequent.
struct FeatureCategories<Value: Category>: Equatable, Encodable, Sendable {
    /// The categories without the missing value, which as NaN would equal nothing.
    let present: [Value]

    /// Whether the missing value is a category too, the last.
    let hasMissing: Bool

    /// The numbers of the infrequent categories, ascending.
    private(set) var infrequent: [Int] = []

    /// The number of categories, the missing value included.
    var count: Int { present.count + (hasMissing ? 1 : 0) }

    /// The categories, the missing value last.
    var values: [Value] { present + (hasMissing ? [Value._missing].compactMap { $0 } : []) }

    /// The category with this number.
    func value(_ number: Int) -> Value? { number < present.count ? present[number] : Value._missing }

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

    /// Categories that the caller has listed.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a list that is empty, repeats a category, has a missing value
    ///   that is not the last, or has numbers out of order.
    init(listed list: [Value], feature: Int) throws {
        func require(_ condition: Bool, _ allowed: String) throws {
            try Check.require(condition, parameter: "categories[\(feature)]", list, allowed: allowed)
        }
        try require(!list.isEmpty, "a list with at least one category")
        try require(
            !list.dropLast().contains(where: \.isMissing),
            "a list in which the missing value, if there is one, comes last")
        present = list.filter { !$0.isMissing }
        hasMissing = present.count < list.count
        try require(Set(present).count == present.count, "a list of different categories")
        try require(isOrdered, "a list of numbers in ascending order")
    }

    /// Whether categories that are numbers ascend; others may come in any order.
    private var isOrdered: Bool {
        !(Value.self is any Numeric.Type) || zip(present, present.dropFirst()).allSatisfy { $0.precedes($1) }
    }

    // MARK: Numbers of categories

    /// The number of each value's category; nil for unknown ones.
    func numbers(of column: [Value]) -> [Int?] {
        // For a few values, a search costs less than a dictionary of all categories.
        if column.count <= 4 {
            return column.map { value in
                value.isMissing ? (hasMissing ? present.count : nil) : present.firstIndex(of: value)
            }
        }
        let numbers = Dictionary(zip(present, 0...), uniquingKeysWith: { first, _ in first })
        return column.map { $0.isMissing ? (hasMissing ? present.count : nil) : numbers[$0] }
    }

    // MARK: Infrequent categories

    /// Marks the categories that are too rare as infrequent.
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

    /// The number of codes, the missing value's and the common one of the infrequent categories included.
    var codeCount: Int { count - infrequent.count + (infrequent.isEmpty ? 0 : 1) }

    /// The common code of the infrequent categories, where the missing value can be among them; nil if there are none.
    var infrequentCode: Int? { infrequent.isEmpty ? nil : codeCount - 1 }

    /// The code of the category with this number, as in `codes(includesMissing: true)`.
    ///
    /// - Complexity: O(log(infrequent categories)).
    func code(of number: Int) -> Int {
        var (low, high) = (0, infrequent.count)
        while low < high {
            let middle = (low + high) / 2
            if infrequent[middle] < number { low = middle + 1 } else { high = middle }
        }
        // `low` is the number of infrequent categories before this one.
        return low < infrequent.count && infrequent[low] == number ? codeCount - 1 : number - low
    }

    /// For every category its code: the frequent ones in their order, then one for all infrequent ones; the missing
    /// value keeps its own number after that where `includesMissing` is false.
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

// MARK: - Coding

extension FeatureCategories: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let present = try container.decode([Value].self, forKey: .present)
        let hasMissing = try container.decode(Bool.self, forKey: .hasMissing)
        let infrequent = try container.decode([Int].self, forKey: .infrequent)
        try container.require(
            !present.contains(where: \.isMissing) && Set(present).count == present.count, .present,
            "must be different categories, the missing value not among them")
        try container.require(
            !(Value.self is any Numeric.Type) || zip(present, present.dropFirst()).allSatisfy { $0.precedes($1) },
            .present,
            "must be numbers in ascending order")
        try container.require(
            !hasMissing || Value._missing != nil, .hasMissing, "must be false where no value stands for \"missing\"")
        let count = present.count + (hasMissing ? 1 : 0)
        try container.require(count > 0, .present, "must have a category, but is empty")
        try container.requireAscending(infrequent, below: count, .infrequent, "numbers of categories")
        self.init(present: present, hasMissing: hasMissing, infrequent: infrequent)
    }
}
