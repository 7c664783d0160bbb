/// The numbers of the scores from the least to the greatest, NaN first, and equal scores in the order in which NumPy
/// leaves them.
///
/// A halving search keeps the last of these, so where scores are equal, as accuracies often are, the way of sorting
/// decides which candidates go on. NumPy's is on x86 processors with AVX2 a bitonic network for up to 256 numbers (K. E.
/// Batcher, Sorting networks and their applications, 1968), and for others, or with NaN among them, one for which no
/// order among equals is known: here they keep theirs.
///
/// - Complexity: O(n log² n).
func ascendingOrder(of scores: [Double]) -> [Int] {
    guard scores.count <= 256, !scores.contains(where: \.isNaN) else {
        return scores.indices.sorted { first, second in
            scores[first].isNaN ? !scores[second].isNaN : scores[first] < scores[second]
        }
    }
    var order = Array(scores.indices)
    // The network is one for a power of two; what is missing there is greater than all scores, and never moves.
    func exchange(_ lower: Int, _ upper: Int) {
        guard upper < order.count, scores[order[lower]] > scores[order[upper]] else { return }
        order.swapAt(lower, upper)
    }
    var length = 2
    while length / 2 < order.count {
        // Two sorted halves, the second read backwards, become one that is sorted.
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
