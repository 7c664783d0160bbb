/// Loads the iris flowers: 150 plants of three species, four measurements each.
///
/// The figures and their order are those of scikit-learn's `load_iris`. `target` holds 0, 1 and 2, which index
/// `targetNames`.
///
/// - Throws: ``DatasetError`` when the package's resources are missing or damaged.
public func loadIris() throws -> Dataset<Int> {
    let species = ["setosa", "versicolor", "virginica"]
    let iris = try BundledTables.table("iris", rows: 150, columns: 5)
    let target = try iris.target.map { value in
        guard let label = Int(exactly: value), species.indices.contains(label) else {
            throw DatasetError.refused(file: "iris.csv", reason: "\(value) is not one of the species 0, 1 and 2")
        }
        return label
    }
    return Dataset(
        data: iris.features,
        target: target,
        featureNames: Array(iris.header.dropLast()),
        targetNames: species,
        description: try BundledTables.description("iris"))
}
