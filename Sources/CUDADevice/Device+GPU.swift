public import NeuralNetwork

extension Device {
    /// The first NVIDIA card of this machine.
    ///
    /// ```swift
    /// import CUDADevice
    ///
    /// var mlp = MLPClassifier(randomState: 0)
    /// mlp.device = .gpu
    /// try mlp.fit(x, y)          // throws a DeviceError where there is no card
    /// ```
    ///
    /// Networks for raw tables, `TabularMLPClassifier` and `TabularMLPRegressor`, have the same property.
    ///
    /// Training computes the same losses as on the processor: to eight decimals in double precision, and to about four
    /// digits in single precision. On one card, the results have the same bits in every run. Predictions are computed on
    /// the processor.
    ///
    /// The small networks of a search, a cross-validation or an ensemble train together, up to 256 at a time, for every
    /// `nJobs`. In a search that is divided among processes, `nJobs` of each process train together.
    ///
    /// The driver's library is opened by the first `fit`, never before. It needs a card of compute capability 8.0 or later
    /// (A100, RTX 30) and a driver of version 515 or later. The environment variable `SWIFT_MLP_CUDA` names another file
    /// than `libcuda.so.1`.
    ///
    /// Opening a card takes up to a second. It stays open while a device that was used exists.
    public static var gpu: Device { gpu(0) }

    /// An NVIDIA card of this machine, by its number in the driver's order, from 0.
    ///
    /// `fit` throws a ``DeviceError`` if there is no such card.
    public static func gpu(_ index: Int) -> Device { Device(name: Card.name(index), engines: GPU(index)) }

    /// The NVIDIA cards of this machine; empty without a driver or a card.
    public static var gpus: [Device] {
        let count = (try? Driver.shared().countCards()) ?? 0
        return (0..<count).map { gpu($0) }
    }
}
