#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Prints the lines of `verbose: true` to standard output. They equal scikit-learn's, so that two runs can be compared
/// with diff.
package struct VerboseLog: Sendable {
    let isOn: Bool

    package init(isOn: Bool) { self.isOn = isOn }

    package func iteration(_ number: Int, loss: Double) {
        print("Iteration \(number), loss = \(fixed(loss, digits: 8))")
    }

    func validationScore(_ score: Double) {
        print("Validation score: \(fixed(score, digits: 6))")
    }

    package func validationLoss(_ loss: Double) {
        print("Validation loss: \(fixed(loss, digits: 8))")
    }

    func plateau(_ reaction: PlateauReaction, watched: PlateauDetector.Watched, tol: Double, epochs: Int) {
        let subject =
            switch watched {
            case .loss: "Training loss"
            case .validationLoss: "Validation loss"
            case .score: "Validation score"
            }
        let consequence =
            switch reaction {
            case .stop: "Stopping."
            case .stopRateTooSmall: "Learning rate too small. Stopping."
            case .continue(let learningRate): "Setting learning rate to \(fixed(learningRate, digits: 6))"
            }
        print(
            "\(subject) did not improve more than tol=\(fixed(tol, digits: 6)) for \(epochs) consecutive epochs. "
                + consequence)
    }

    private func print(_ line: @autoclosure () -> String) {
        if isOn { Swift.print(line()) }
    }

    /// Returns the number with a fixed count of decimals, rounded as by C's `printf`.
    private func fixed(_ number: Double, digits: Int) -> String {
        withVaList([Int32(digits), number]) { arguments in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
                let length = vsnprintf(buffer.baseAddress, buffer.count, "%.*f", arguments)
                return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            }
        }
    }
}
