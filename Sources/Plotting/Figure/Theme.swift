/// The colors and lines of a picture, for light and dark mode.
///
/// They are CSS rules instead of attributes, so that one `prefers-color-scheme` changes all of them. Custom properties
/// are not used, because SVG readers other than browsers do not support them. The hues are those of Okabe and Ito,
/// which people with all kinds of color vision can distinguish. Their lightness is adapted to the background. Each
/// series also has its own dash and marker.
enum Theme {
    /// A color for light mode and one for dark mode.
    struct Pair: Sendable {
        let light: String
        let dark: String
    }

    static let ground = Pair(light: "#ffffff", dark: "#16191d")
    static let ink = Pair(light: "#1f2328", dark: "#e6e8eb")
    static let muted = Pair(light: "#59616b", dark: "#a3abb5")
    static let grid = Pair(light: "#e3e6ea", dark: "#2c3138")
    static let axis = Pair(light: "#8b939d", dark: "#6c7580")

    /// The colors of the series. Further series repeat them with other dashes and markers.
    static let series = [
        Pair(light: "#0072b2", dark: "#56b4e9"),
        Pair(light: "#d55e00", dark: "#f5853f"),
        Pair(light: "#008a64", dark: "#35c79c"),
        Pair(light: "#b8568f", dark: "#e3a0c6"),
        Pair(light: "#b27a00", dark: "#f0c040"),
        Pair(light: "#5b626b", dark: "#b9c0c8"),
    ]

    /// The colors from few to many points. The contrast with the background increases in both modes.
    static let density = [
        Pair(light: "#9ecae1", dark: "#1d4a6b"),
        Pair(light: "#5fa3cf", dark: "#2b6f9e"),
        Pair(light: "#2b7bb8", dark: "#4598cf"),
        Pair(light: "#0f549a", dark: "#7fc0ea"),
        Pair(light: "#082f66", dark: "#cbe7fa"),
    ]

    static let dashes = ["", "7 3", "2 3", "9 3 2 3", "12 4", "5 2 1 2 1 2"]

    static let titleSize = 15.0
    static let labelSize = 12.5
    static let tickSize = 11.5

    /// The style sheet. Its rules apply only inside elements of class `plot`, since a page can contain several
    /// pictures.
    static let stylesheet: String = {
        let fixed = """
            .plot{font-family:system-ui,sans-serif;font-size:\(short(tickSize))px}
            .plot .title{font-size:\(short(titleSize))px;font-weight:600}
            .plot .label{font-size:\(short(labelSize))px}
            .plot .number{font-variant-numeric:tabular-nums}
            .plot .grid,.plot .axis,.plot .rule,.plot .line{fill:none}
            .plot .line{stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
            .plot .thin{stroke-width:1.25}
            .plot .halo{paint-order:stroke;stroke-width:3;stroke-linejoin:round}
            .plot .rule{stroke-width:1.25;stroke-dasharray:5 4}
            .plot .band{opacity:.2}
            .plot .cells{shape-rendering:crispEdges}
            .plot .on-dark{fill:#fff}
            .plot .on-light{fill:#000}
            .plot .dot{stroke-linecap:round;stroke-width:3.2}
            .plot .grain{stroke-linejoin:round}
            .plot .dot.large{stroke-width:5.5}
            .plot .grain.large{stroke-width:3.5}
            .plot .ring{stroke-width:.6}
            .plot .best{stroke-width:4;paint-order:stroke}

            """
        return fixed + rules(\.light)
            + "@media screen and (prefers-color-scheme:dark){\n" + rules(\.dark) + "}\n"
    }()

    private static func rules(_ scheme: KeyPath<Pair, String>) -> String {
        var rules = """
            .plot .ground{fill:\(ground[keyPath: scheme])}
            .plot text{fill:\(ink[keyPath: scheme])}
            .plot .muted{fill:\(muted[keyPath: scheme])}
            .plot .grid{stroke:\(grid[keyPath: scheme])}
            .plot .axis{stroke:\(axis[keyPath: scheme])}
            .plot .rule{stroke:\(muted[keyPath: scheme])}
            .plot .ring,.plot .halo{stroke:\(ground[keyPath: scheme])}

            """
        for (number, pair) in series.enumerated() {
            rules += ".plot .s\(number){stroke:\(pair[keyPath: scheme])}"
            rules += ".plot .f\(number){fill:\(pair[keyPath: scheme])}\n"
        }
        for (number, pair) in density.enumerated() {
            rules +=
                ".plot .d\(number){fill:\(pair[keyPath: scheme])}.plot .e\(number){stroke:\(pair[keyPath: scheme])}\n"
        }
        return rules
    }
}
