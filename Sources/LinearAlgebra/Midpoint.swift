/// Returns the mean of two numbers, which is finite even if their sum is not.
package func midpoint(_ first: Double, _ second: Double) -> Double {
    let sum = first + second
    return sum.isFinite ? sum / 2 : first / 2 + second / 2
}
