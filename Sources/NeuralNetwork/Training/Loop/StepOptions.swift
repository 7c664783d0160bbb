/// What changes a training step beyond loss and optimizer; all off by default.
package struct StepOptions: Equatable, Sendable {
    /// The dropout of the hidden layers; nil for none.
    package var dropout: Dropout?
    /// The maximum norm of the gradient; nil for no limit.
    package var maxGradientNorm: Double?
    /// The part of each target that is divided among all classes.
    package var labelSmoothing = 0.0
}

extension MLPHyperparameters {
    var stepOptions: StepOptions {
        StepOptions(
            dropout: dropout > 0 ? Dropout(rate: dropout) : nil, maxGradientNorm: maxGradientNorm,
            labelSmoothing: labelSmoothing)
    }
}
