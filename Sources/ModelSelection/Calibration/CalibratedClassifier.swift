public import Estimators
package import LinearAlgebra

/// A fitted classifier and the functions that correct its probabilities: one of the results of
/// ``CalibratedClassifierCV``.
public struct CalibratedClassifier<Model: ProbabilisticClassifier>: Sendable where Model.Target: ClassLabel {
    /// The fitted classifier.
    public let estimator: Model
    /// One function for each class that the classifier knows; a single function for two classes, and for a temperature.
    public let calibrators: [Calibrator]

    /// Learns how to correct a fitted classifier's probabilities of samples that it has not seen.
    ///
    /// - Parameters:
    ///   - probabilities: samples × classes of the estimator.
    ///   - classNumbers: each sample's class, by its number among all classes.
    ///   - classes: all classes.
    init(
        _ estimator: Model, _ method: CalibrationMethod, _ probabilities: Matrix<Double>, classNumbers: [Int],
        classes: [Model.Target], sampleWeight: [Double]?
    ) throws {
        self.estimator = estimator
        if method == .temperature {
            try Check.require(
                probabilities.columns == classes.count, "cv",
                "must have every class on every training side for method .temperature, but one side lacks a class")
            calibrators = [
                try Calibrator(temperatureOf: probabilities, classes: classNumbers, sampleWeight: sampleWeight)
            ]
        } else {
            calibrators = try Self.calibrated(estimator.classes, of: classes).map { column, number in
                try Calibrator(
                    method, of: probabilities.column(column), isPositive: classNumbers.map { $0 == number },
                    sampleWeight: sampleWeight)
            }
        }
    }

    /// The columns of the classifier's probabilities that are corrected, each with its number among all classes. Of two
    /// classes it is the second one.
    private static func calibrated(
        _ known: [Model.Target], of classes: [Model.Target]
    ) -> [(column: Int, number: Int)] {
        let numbers = known.enumerated().compactMap { column, label in
            classes.firstIndex(of: label).map { (column: column, number: $0) }
        }
        return classes.count == 2 ? Array(numbers.suffix(1)) : numbers
    }

    /// The corrected probabilities: samples × all classes.
    func probabilities(_ x: Model.Features, classes: [Model.Target]) throws -> Matrix<Double> {
        let given = try estimator.predictProba(x).inDoublePrecision
        if case .temperature(let beta)? = calibrators.first { return Calibrator.scaled(given, beta: beta) }
        var corrected = Matrix<Double>(rows: given.rows, columns: classes.count, repeating: 0)
        for (place, calibrator) in zip(Self.calibrated(estimator.classes, of: classes), calibrators) {
            let column = try calibrator.correct(given.column(place.column))
            for row in 0..<given.rows { corrected[row, place.number] = column[row] }
        }
        for row in 0..<given.rows {
            if classes.count == 2 {
                corrected[row, 0] = 1 - corrected[row, 1]
            } else {
                let sum = corrected.rowSlice(row).reduce(0, +)
                for column in classes.indices {
                    corrected[row, column] = sum == 0 ? 1 / Double(classes.count) : corrected[row, column] / sum
                }
            }
        }
        return corrected.map { $0 > 1 && $0 <= 1 + 1e-5 ? 1 : $0 }
    }
}

extension CalibratedClassifier: Equatable where Model: Equatable {}
extension CalibratedClassifier: Encodable where Model: Encodable {}
extension CalibratedClassifier: Decodable where Model: Decodable {}

extension Matrix where Scalar: MatrixScalar {
    /// The matrix with its elements as `Double`.
    package var inDoublePrecision: Matrix<Double> {
        self as? Matrix<Double> ?? Matrix<Double>(rows: rows, columns: columns, elements: elements.map(Double.init))
    }

    /// The matrix with its elements rounded to another precision.
    func rounded<Other: MatrixScalar>(to other: Other.Type) -> Matrix<Other> {
        self as? Matrix<Other>
            ?? Matrix<Other>(rows: rows, columns: columns, elements: elements.map { Other(Double($0)) })
    }
}
