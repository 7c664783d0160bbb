import Benchmark

let benchmarks: @Sendable () -> Void = {
    registerKernels()
    registerProducts()
    registerTraining()
    registerPrediction()
}
