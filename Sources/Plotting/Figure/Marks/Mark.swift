/// A mark that is drawn on a pair of axes.
protocol Mark: Sendable {
    /// Returns its elements in drawing order.
    func drawing(_ projection: Projection) -> [Element]
}
