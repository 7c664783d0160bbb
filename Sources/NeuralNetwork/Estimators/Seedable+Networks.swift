public import Estimators

extension MLPClassifier: Seedable {
    /// Sets `randomState`.
    public mutating func seed(_ seed: UInt32) { self.randomState = seed }
}

extension MLPRegressor: Seedable {
    /// Sets `randomState`.
    public mutating func seed(_ seed: UInt32) { self.randomState = seed }
}
