/// How a target is standardized.
package struct TargetScale: Equatable, Sendable, Codable {
    package let mean: Double
    package let deviation: Double
    package let least: Double
    package let greatest: Double

    init(_ values: [Double]) {
        let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
        let largest = values.map { abs($0 - mean) }.max() ?? 0
        // Divided by the largest distance, because the square of a large number may be infinite.
        let squares = values.reduce(0.0) {
            let distance = largest > 0 ? ($1 - mean) / largest : 0
            return $0 + distance * distance
        }
        self.mean = mean
        deviation = largest * (squares / Double(values.count)).squareRoot()
        least = values.min() ?? mean
        greatest = values.max() ?? mean
    }

    func standardized(_ value: Double) -> Double { deviation > 0 ? (value - mean) / deviation : 0 }

    func original(_ value: Double, clamped: Bool) -> Double {
        let number = value * deviation + mean
        return clamped ? min(max(number, least), greatest) : number
    }
}
