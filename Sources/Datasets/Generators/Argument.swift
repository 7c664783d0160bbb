/// An argument of a generator, for the checks.
struct Argument<Value> {
    let name: String
    let value: Value

    init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }

    /// Rejects the value unless `condition` holds; `allowed` follows "must be".
    func require(_ condition: Bool, _ allowed: String, unit: String? = nil) throws {
        guard condition else {
            throw DatasetError.invalidArgument(
                name: name, value: unit.map { "\(value) \($0)" } ?? "\(value)", allowed: allowed)
        }
    }
}

extension Argument<Int> {
    /// Rejects integers below `minimum`.
    func require(from minimum: Int) throws {
        try require(value >= minimum, "at least \(minimum)")
    }
}

extension Argument<Double> {
    /// Rejects NaN, infinite numbers and those below 0.
    func requireNotNegative() throws {
        try require(value >= 0 && value.isFinite, "a finite number of at least 0")
    }

    /// Rejects NaN, infinite numbers and those up to 0.
    func requirePositive() throws {
        try require(value > 0 && value.isFinite, "a finite number above 0")
    }

    /// Rejects NaN and infinite numbers.
    func requireFinite() throws {
        try require(value.isFinite, "a finite number")
    }

    /// Rejects NaN and numbers outside of [0, 1].
    func requireShare() throws {
        try require((0...1).contains(value), "from 0 to 1")
    }
}

/// The largest table that a generator makes: 2²⁸ numbers, which is 2 GiB. A larger one is taken for a typing error.
enum TableSize {
    static let limit = 1 << 28

    /// Rejects a side that is not positive, and a product of both that is above the limit.
    static func check(_ rows: Argument<Int>, by columns: Argument<Int>) throws {
        try rows.require(from: 1)
        try columns.require(from: 1)
        let (count, overflow) = rows.value.multipliedReportingOverflow(by: columns.value)
        try Argument<String>("\(rows.name) × \(columns.name)", "\(rows.value) × \(columns.value)")
            .require(!overflow && count <= limit, "at most \(limit)")
    }
}
