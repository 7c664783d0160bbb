/// The labels below an axis: horizontal if they fit, otherwise fewer or vertical.
struct XTicks: Sendable {
    /// A label with its center at `x`; if vertical, with its end at `x`.
    struct Label: Sendable {
        let x: Double
        let text: String
        let whole: String
    }

    /// The positions of the ticks on the axis, in pixels.
    private(set) var places: [Double] = []
    private(set) var labels: [Label] = []
    private(set) var isUpright = false
    /// The height of the labels, including the tick marks.
    private(set) var height = 22.0

    var withoutLabels: XTicks {
        var bare = self
        bare.labels = []
        return bare
    }

    init(_ scale: Scale, left: Double, width: Double, picture: (width: Double, height: Double)) {
        func place(_ ticks: Ticks) -> [Label] {
            zip(ticks.values, ticks.labels).map { value, text in
                // A label at the end of an axis stays inside the picture, even if it is not centered below its tick.
                let half = TextWidth.of(text, size: Theme.tickSize) / 2
                let x = left + scale.fraction(value) * width
                return Label(x: max(half + 3, min(x, picture.width - half - 3)), text: text, whole: text)
            }
        }
        if let names = scale.names {
            arrange(names, left: left, width: width, picture: picture)
            return
        }
        var limit = max(2, min(10, Int(width / 45)))
        var ticks = scale.ticks(atMost: limit)
        while limit > 1, !XTicks.areApart(place(ticks)) {
            limit -= 1
            ticks = scale.ticks(atMost: limit)
        }
        labels = place(ticks)
        places = ticks.values.map { left + scale.fraction($0) * width }
    }

    private mutating func arrange(
        _ names: [String], left: Double, width: Double, picture: (width: Double, height: Double)
    ) {
        let band = width / Double(max(names.count, 1))
        let widest = names.map { TextWidth.of($0, size: Theme.tickSize) }.max() ?? 0
        // Of very many names, only some are shown. Numbers are always short enough to be horizontal.
        var stride = max(1, Int((14 / band).rounded(.up)))
        if widest <= 30, widest + 8 > band * Double(stride) { stride = Int(((widest + 8) / band).rounded(.up)) }
        isUpright = widest + 8 > band * Double(stride)
        let room = min(picture.height * 0.28, 160)
        labels = names.enumerated().filter { $0.offset % stride == 0 }.map { number, name in
            Label(
                x: left + (Double(number) + 0.5) * band,
                text: isUpright ? TextWidth.elided(name, size: Theme.tickSize, to: room) : name, whole: name)
        }
        places = labels.map(\.x)
        if isUpright { height = 12 + min(widest, room) }
    }

    private static func areApart(_ labels: [Label]) -> Bool {
        zip(labels, labels.dropFirst()).allSatisfy { one, next in
            let halves =
                (TextWidth.of(one.text, size: Theme.tickSize) + TextWidth.of(next.text, size: Theme.tickSize)) / 2
            return next.x - one.x >= halves + 9
        }
    }
}
