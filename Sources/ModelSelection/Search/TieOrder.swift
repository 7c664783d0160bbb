/// The numbers of the scores from the least to the greatest, NaN first, and equal scores in the order in which NumPy
/// leaves them.
///
/// A halving search keeps the last of these. Where scores are equal, as accuracies often are, the sorting algorithm decides
/// which candidates reach the next round. On x86 processors with AVX2, NumPy sorts up to 256 numbers by a bitonic network
/// (K. E. Batcher, Sorting networks and their applications, 1968). For more numbers, or with NaN among them, its order of
/// equal scores is not known; here they keep their order.
///
/// - Complexity: O(n log² n).
func ascendingOrder(of scores: [Double]) -> [Int] {
    guard scores.count <= 256, !scores.contains(where: \.isNaN) else {
        return scores.indices.sorted { first, second in
            scores[first].isNaN ? !scores[second].isNaN : scores[first] < scores[second]
        }
    }
    var order = Array(scores.indices)
    // The network sorts a power of two. Missing elements count as greater than all scores and never move.
    func exchange(_ lower: Int, _ upper: Int) {
        guard upper < order.count, scores[order[lower]] > scores[order[upper]] else { return }
        order.swapAt(lower, upper)
    }
    var length = 2
    while length / 2 < order.count {
        // Merges two sorted halves, the second read backwards.
        for start in stride(from: 0, to: order.count, by: length) {
            for place in 0..<length / 2 { exchange(start + place, start + length - 1 - place) }
        }
        var distance = length / 4
        while distance > 0 {
            for start in stride(from: 0, to: order.count, by: 2 * distance) {
                for place in start..<start + distance { exchange(place, place + distance) }
            }
            distance /= 2
        }
        length *= 2
    }
    return order
}
