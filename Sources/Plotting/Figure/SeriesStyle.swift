/// The style of a series: a color, a dash and a marker. Each differs from that of the neighboring series.
struct SeriesStyle: Sendable, Equatable {
    /// The number of the series, counted from 0.
    var number: Int

    private var color: Int { number % Theme.series.count }

    var strokeClass: String { "s\(color)" }
    var fillClass: String { "f\(color)" }

    /// The dash of its line. When the colors repeat, the dashes differ.
    var dash: String { Theme.dashes[(number + number / Theme.series.count) % Theme.dashes.count] }

    /// The path of its filled marker, relative to the point.
    var marker: String {
        switch (number + number / Theme.series.count) % 5 {
        case 0: "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z"
        case 1: "m0-4l4 7h-8z"
        case 2: "m-3-3h6v6h-6z"
        case 3: "m0-4.5l4.5 4.5-4.5 4.5-4.5-4.5z"
        default: "m0 4l4-7h-8z"
        }
    }
}
