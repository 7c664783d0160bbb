/// The divisor of a column: `width`, or 1 if it is so small that the column counts as constant.
///
/// - Parameter unit: the machine precision of the numbers that the width was computed from.
func scaleAvoidingZero(_ width: Double, unit: Double = .ulpOfOne) -> Double {
    width < 10 * unit ? 1 : width
}
