import Estimators
import Foundation
import LinearAlgebra
import NumPyRandom
import Testing

@testable import NeuralNetwork

/// A kind of training for which the tests of resuming must pass.
struct ResumeSubject: Sendable, CustomTestStringConvertible {
    var name: String
    var parameters: MLPHyperparameters
    var isSparse = false
    var isWeighted = false

    var testDescription: String { name }

    static let all: [ResumeSubject] = [
        subject("adam") { $0.solver = .adam },
        subject("adam, not shuffled") { $0.shuffle = false },
        subject("adam, early stopping") { $0.earlyStopping = true },
        subject("adam, without a seed, early stopping") {
            $0.earlyStopping = true
            $0.randomState = nil
        },
        subject("adam that converges at once") {
            $0.tol = 10
            $0.nIterNoChange = 2
        },
        subject("adamW, dropout, clipping") {
            $0.solver = .adamW
            $0.activation = .gelu
            $0.dropout = 0.3
            $0.maxGradientNorm = 0.1
        },
        subject("adam, dropout, early stopping") {
            $0.dropout = 0.3
            $0.earlyStopping = true
        },
        subject("sgd, momentum") { $0.solver = .sgd },
        subject("sgd, Nesterov's momentum off, early stopping") {
            $0.solver = .sgd
            $0.nesterovsMomentum = false
            $0.earlyStopping = true
        },
        subject("sgd, inverse scaling") {
            $0.solver = .sgd
            $0.learningRate = .invscaling
            $0.learningRateInit = 0.5
        },
        subject("sgd, adaptive") {
            $0.solver = .sgd
            $0.learningRate = .adaptive
            $0.tol = 0.05
            $0.nIterNoChange = 1
            $0.learningRateInit = 0.2
        },
        subject("sgd, adaptive, early stopping") {
            $0.solver = .sgd
            $0.learningRate = .adaptive
            $0.earlyStopping = true
            $0.nIterNoChange = 1
        },
        subject("lbfgs") {
            $0.solver = .lbfgs
            $0.maxIter = 30
        },
        subject("lbfgs that converges") {
            $0.solver = .lbfgs
            $0.hiddenLayerSizes = [2]
            $0.alpha = 1
            $0.maxIter = 300
        },
    ].flatMap { subject in
        var other = subject
        other.name += ", sparse, weighted"
        other.isSparse = true
        other.isWeighted = true
        return [subject, other]
    }

    private static func subject(_ name: String, _ change: (inout MLPHyperparameters) -> Void) -> ResumeSubject {
        var parameters = MLPHyperparameters(
            hiddenLayerSizes: [6, 4], activation: .tanh, batchSize: 7, maxIter: 14, randomState: 3)
        change(&parameters)
        return ResumeSubject(name: name, parameters: parameters)
    }

    var weights: [Double]? { isWeighted ? (0..<40).map { 0.5 + Double($0 % 3) } : nil }

    func features<Scalar: NetworkScalar>(_: Scalar.Type) throws -> NetworkInput<Scalar> {
        let x = try SmallData.features(Scalar.self, rows: 40)
        return isSparse ? .sparse(SparseMatrix(x.map { $0 < 0 ? 0 : $0 })) : .dense(x)
    }
}

extension _NetworkInput: NetworkFeatures {
    /// The features themselves.
    public var _input: _NetworkInput { self }
}
