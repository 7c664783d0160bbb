/// Something drawn on a pair of axes.
protocol Mark: Sendable {
    /// Its elements, the first below the others.
    func drawing(_ projection: Projection) -> [Element]
}
