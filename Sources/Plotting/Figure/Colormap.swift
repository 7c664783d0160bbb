/// Colors for numbers between 0 and 1: matplotlib's viridis, whose lightness increases evenly for all kinds of color
/// vision. It is in the public domain (CC0).
enum Colormap {
    private static let stops: [UInt32] = [
        0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c, 0x1fa088, 0x28ae80,
        0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725,
    ]

    /// Returns the color of a number between 0 and 1; gray for NaN.
    static func color(_ fraction: Double) -> RGB {
        guard !fraction.isNaN else { return RGB(red: 150, green: 150, blue: 150) }
        let place = min(max(fraction, 0), 1) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        return RGB(stops[index]).mixed(with: RGB(stops[index + 1]), place - Double(index))
    }
}

/// A color.
struct RGB: Hashable, Sendable {
    var red: Double
    var green: Double
    var blue: Double

    /// The color as `#rrggbb`.
    var hex: String {
        "#"
            + [red, green, blue].map { component in
                let text = String(Int(component.rounded()), radix: 16)
                return text.count < 2 ? "0" + text : text
            }.joined()
    }

    /// Whether white text is easier to read on it than black text, according to its sRGB luminance.
    var isDark: Bool { (0.2126 * red + 0.7152 * green + 0.0722 * blue) < 118 }

    func mixed(with other: RGB, _ share: Double) -> RGB {
        RGB(
            red: red + (other.red - red) * share, green: green + (other.green - green) * share,
            blue: blue + (other.blue - blue) * share)
    }
}

extension RGB {
    fileprivate init(_ hex: UInt32) {
        self.init(
            red: Double(hex >> 16 & 255), green: Double(hex >> 8 & 255), blue: Double(hex & 255))
    }
}
