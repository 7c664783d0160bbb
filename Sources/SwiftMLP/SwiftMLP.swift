// All of swift-mlp behind one import.

@_exported public import Composition
@_exported public import Datasets
@_exported public import Estimators
@_exported public import Inspection
@_exported public import Interchange
@_exported public import LinearAlgebra
@_exported public import Metrics
@_exported public import ModelFiles
@_exported public import ModelSelection
@_exported public import NeuralNetwork
@_exported public import NumPyRandom
@_exported public import Plotting
@_exported public import Preprocessing
@_exported public import Tables
@_exported public import TabularNetworks
