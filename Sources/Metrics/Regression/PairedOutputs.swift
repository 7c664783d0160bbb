import Estimators
import LinearAlgebra

/// True and predicted targets as samples × outputs of one shape, checked together with their weights.
struct PairedOutputs {
    let truth: Matrix<Double>
    let prediction: Matrix<Double>
    let sampleWeight: [Double]?

    init<Target: RegressionTarget>(_ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]?) throws {
        try Check.notEmpty(yTrue.count, argument: "yTrue")
        try Check.sameCount(yPred.count, argument: "yPred", as: yTrue.count, of: "yTrue")
        try Check.sampleWeight(sampleWeight, count: yTrue.count, of: "yTrue")
        truth = try Target._outputs(of: yTrue, argument: "yTrue")
        prediction = try Target._outputs(of: yPred, argument: "yPred")
        self.sampleWeight = sampleWeight
        try Check.require(
            truth.columns == prediction.columns, "yPred",
            "must have \(truth.columns) outputs per sample, as yTrue, but has \(prediction.columns)")
    }

    /// The result of `score` for the true and predicted numbers of each output.
    func perOutput<Result>(_ score: (_ truth: [Double], _ prediction: [Double]) -> Result) -> [Result] {
        guard truth.columns > 1 else { return [score(truth.elements, prediction.elements)] }
        return (0..<truth.columns).map { score(truth.column($0), prediction.column($0)) }
    }

    /// The weighted mean of the errors of each output.
    func meanErrors(_ error: (_ truth: Double, _ prediction: Double) -> Double) -> [Double] {
        perOutput { truth, prediction in average(zip(truth, prediction).map(error), weights: sampleWeight) }
    }

    /// The only output.
    func single(of score: String) throws -> (truth: [Double], prediction: [Double]) {
        try Check.require(
            truth.columns == 1, "yTrue", "must have one output per sample for \(score), but has \(truth.columns)")
        return (truth.elements, prediction.elements)
    }

    /// What `measure` gives for the values, which it multiplies with each other, in their unit.
    ///
    /// A power of two is divided out where the products would overflow or underflow, which rounds nothing.
    func scaled(_ values: [Double], _ measure: ([Double]) -> Double) -> Double {
        let unit = unit(of: values)
        return unit == 1 ? measure(values) : measure(values.map { $0 / unit }) * unit
    }

    /// The power of two by which values are divided before they are squared; 1 where nothing is.
    func unit(of values: [Double]) -> Double {
        let greatest = values.reduce(0) { max($0, $1.magnitude) }
        return greatest.isFinite && greatest > 0 && !(0x1p-500...0x1p500).contains(greatest) ? greatest.binade : 1
    }
}
