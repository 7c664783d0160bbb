// The examples of Documentation/Speed.md and Documentation/LinkingBLAS.md.

import LinearAlgebra
import NeuralNetwork
import Testing

@Suite struct MachinePages {
    private let support: PageSupport

    init() throws { support = try PageSupport() }

    @Test func speed() throws {
        let (x, y) = (support.x, support.y)

        let single = Matrix<Float>(rows: x.rows, columns: x.columns, elements: x.elements.map { Float($0) })
        var mlp = MLPClassifier<Int, Float>(maxIter: 30, randomState: 1)
        try mlp.fit(single, y)

        mlp.batchSize = 1000
        mlp.learningRateInit = 0.003

        try BLASThreads.withAtMost(2) { try mlp.fit(single, y) }

        #expect(mlp.lossCurve.count == 30)
    }

    @Test func linking() throws {
        let x = support.x

        print(BLASThreads.count)
        let product = try BLASThreads.withAtMost(1) { try matmul(x, x.transposed) }

        #expect((product.rows, product.columns) == (150, 150))
    }
}
