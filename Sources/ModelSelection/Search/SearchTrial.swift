/// The outcome of one candidate on one split.
package struct SearchTrial: Codable, Sendable, Equatable {
    /// The indices of the candidate, the split and the round, each from 0.
    package struct Place: Codable, Sendable, Hashable {
        package let round: Int
        package let candidate: Int
        package let split: Int

        package init(round: Int, candidate: Int, split: Int) {
            (self.round, self.candidate, self.split) = (round, candidate, split)
        }
    }

    package let place: Place
    package let outcome: ValidationOutcome

    package init(place: Place, outcome: ValidationOutcome) { (self.place, self.outcome) = (place, outcome) }
}
