// The examples of Documentation/Reproducibility.md.

import Foundation
import LinearAlgebra
import NeuralNetwork
import NumPyRandom
import Testing

@Suite struct ReproducibilityPage {
    @Test func theSameAgain() throws {
        let support = try PageSupport()
        let (x, y) = (support.x, support.y)

        var first = MLPClassifier(maxIter: 20, randomState: 42)
        var second = MLPClassifier(maxIter: 20, randomState: 42)
        try first.fit(x, y)
        try second.fit(x, y)
        print(first == second)

        #expect(first == second)

        try BLASThreads.withAtMost(1) { try first.fit(x, y) }

        let json = try JSONEncoder().encode(first.report)
        #expect(json.count > 1000)
    }

    @Test func theGenerator() throws {
        var random = RandomState(seed: 42)
        print(try random.permutation(10))

        var again = RandomState(seed: 42)
        #expect(try again.permutation(10) == [8, 1, 5, 0, 7, 2, 9, 4, 3, 6])
    }
}
