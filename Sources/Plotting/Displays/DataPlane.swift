import Estimators
import LinearAlgebra
import Preprocessing

/// The plane that a decision boundary shows: that of the two features, or of the first two principal components.
struct DataPlane {
    let samples: [Point]
    let names: (x: String, y: String)
    private let components: PCA?

    var isProjected: Bool { components != nil }

    /// - Throws: `EstimatorError.invalidInput` if the number of names is wrong, and what ``PCA`` throws.
    init<Scalar: MatrixScalar>(_ x: Matrix<Scalar>, featureNames: [String]?) throws {
        if let featureNames, featureNames.count != x.columns {
            throw EstimatorError.invalidInput(
                argument: "featureNames",
                problem: "must have a name for each of the \(x.columns) features, but has \(featureNames.count)")
        }
        if x.columns == 2 {
            components = nil
            samples = DataPlane.points(x)
            names = featureNames.map { ($0[0], $0[1]) } ?? ("feature 0", "feature 1")
            return
        }
        try Check.require(
            x.rows >= 2, "x",
            "must have at least 2 rows for principal components, but has \(x.rows)")
        var components = PCA(nComponents: 2)
        samples = DataPlane.points(try components.fitTransform(x))
        let shares = components.explainedVarianceRatio.map { share in
            share.isFinite ? " (\(decimal(100 * share, decimals: 0)) % of the variance)" : ""
        }
        names = ("First component" + shares[0], "Second component" + shares[1])
        self.components = components
    }

    /// Returns the features of samples at these points of the plane.
    func features<Scalar: MatrixScalar>(at places: [Point], of: Scalar.Type) throws -> Matrix<Scalar> {
        let plane = Matrix<Scalar>(
            rows: places.count, columns: 2, elements: places.flatMap { [Scalar($0.x), Scalar($0.y)] })
        return try components?.inverseTransform(plane) ?? plane
    }

    private static func points<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) -> [Point] {
        (0..<x.rows).map { Point(x: Double(x[$0, 0]), y: Double(x[$0, 1])) }
    }
}

/// Evenly spaced points around some samples.
struct Grid {
    /// The points, row by row from the lowest y.
    let places: [Point]

    init(around samples: [Point], resolution: Int, margin: Double) {
        func line(_ values: [Double]) -> [Double] {
            let (low, high) = ((values.min() ?? 0) - margin, (values.max() ?? 0) + margin)
            let step = (high - low) / Double(resolution - 1)
            return (0..<resolution).map { $0 == resolution - 1 ? high : Double($0) * step + low }
        }
        let (x, y) = (line(samples.map(\.x)), line(samples.map(\.y)))
        places = y.flatMap { y in x.map { Point(x: $0, y: y) } }
    }
}
