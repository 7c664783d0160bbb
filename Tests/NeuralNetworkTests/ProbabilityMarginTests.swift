import Foundation
import Testing

@testable import NeuralNetwork

/// The loss of a certain wrong prediction is the negative logarithm of the margin, not infinity.
@Suite struct ProbabilityMarginTests {
    @Test(arguments: [0x1p-52, 0x1p-23, 1e-3])
    func marginBoundsTheLoss(margin: Double) {
        for loss in [Loss.logLoss, .binaryLogLoss] {
            for (probability, target) in [(0.0, 1.0), (1.0, 0.0)] where loss == .binaryLogLoss || target == 1 {
                let value = withUnsafePointer(to: probability) { prediction in
                    withUnsafePointer(to: target) { target in
                        Double.loss(
                            loss.kernel, prediction: prediction, target: target, weights: nil, rows: 1, columns: 1,
                            probabilityMargin: margin)
                    }
                }
                #expect(abs(value + log(margin)) < 1e-12 * abs(log(margin)))
            }
        }
    }
}
