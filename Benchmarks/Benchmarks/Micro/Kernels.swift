import CKernels

/// Benchmarks the element-wise loops and the AVX-512 product, for a batch of 200 rows and 256 units and for the 235,146
/// parameters of a 784-256-128-10 network. `CKernels` is not a product of the package; it is imported only to be
/// measured.
func registerKernels() {
    let rows = 200
    let columns = 256
    let parameters = 235_146

    for (name, function) in [
        ("relu", KERNEL_RELU), ("tanh", KERNEL_TANH), ("logistic", KERNEL_LOGISTIC), ("softmax", KERNEL_SOFTMAX),
    ] {
        measure("kernel: activate, \(name), f32") {
            let z = filled(rows * columns, Float(0.5))
            let bias = filled(columns, Float(0))
            return { kernel_activate_f32(function, z.baseAddress, columns, bias.baseAddress, rows, columns) }
        }
        measure("kernel: activate, \(name), f64") {
            let z = filled(rows * columns, 0.5)
            let bias = filled(columns, 0.0)
            return { kernel_activate_f64(function, z.baseAddress, columns, bias.baseAddress, rows, columns) }
        }
    }
    measure("kernel: product 200×256×784, f32") {
        let (a, b) = (filled(rows * 784, Float(0.5)), filled(784 * columns, Float(0.5)))
        let (c, workspace) = (filled(rows * columns, Float(0)), filled(Int(KERNEL_GEMM_WORKSPACE), Float(0)))
        return {
            kernel_gemm_f32(
                false, false, rows, columns, 784, 1, a.baseAddress, 784, b.baseAddress, columns, nil, c.baseAddress,
                columns, workspace.baseAddress)
        }
    }
    measure("kernel: product 200×256×784, f64") {
        let (a, b) = (filled(rows * 784, 0.5), filled(784 * columns, 0.5))
        let (c, workspace) = (filled(rows * columns, 0.0), filled(Int(KERNEL_GEMM_WORKSPACE), 0.0))
        return {
            kernel_gemm_f64(
                false, false, rows, columns, 784, 1, a.baseAddress, 784, b.baseAddress, columns, nil, c.baseAddress,
                columns, workspace.baseAddress)
        }
    }
    measure("kernel: delta of relu, f32") {
        let delta = filled(rows * columns, Float(0.5))
        let output = filled(rows * columns, Float(1))
        let sums = filled(columns, Float(0))
        return {
            kernel_differentiate_f32(
                KERNEL_RELU, delta.baseAddress, columns, output.baseAddress, rows, columns, 1, sums.baseAddress)
        }
    }
    measure("kernel: delta of relu, f64") {
        let delta = filled(rows * columns, 0.5)
        let output = filled(rows * columns, 1.0)
        let sums = filled(columns, 0.0)
        return {
            kernel_differentiate_f64(
                KERNEL_RELU, delta.baseAddress, columns, output.baseAddress, rows, columns, 1, sums.baseAddress)
        }
    }
    measure("kernel: Adam, f32") {
        let arrays = (0..<4).map { _ in filled(parameters, Float(0.1)) }
        return {
            _ = kernel_adam_f32(
                arrays[0].baseAddress, arrays[1].baseAddress, arrays[2].baseAddress, arrays[3].baseAddress, parameters,
                1e-6, 1e-6, 0.9, 0.999, 1e-8)
        }
    }
    measure("kernel: Adam, f64") {
        let arrays = (0..<4).map { _ in filled(parameters, 0.1) }
        return {
            _ = kernel_adam_f64(
                arrays[0].baseAddress, arrays[1].baseAddress, arrays[2].baseAddress, arrays[3].baseAddress, parameters,
                1e-6, 1e-6, 0.9, 0.999, 1e-8)
        }
    }
}

/// Allocates cache-line-aligned memory, as training does. It is never freed: the process ends with its benchmark.
private func filled<Element>(_ count: Int, _ value: Element) -> UnsafeMutableBufferPointer<Element> {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Element>.stride, alignment: 64)
    let elements = UnsafeMutableBufferPointer(start: memory.bindMemory(to: Element.self, capacity: count), count: count)
    elements.initialize(repeating: value)
    return elements
}
