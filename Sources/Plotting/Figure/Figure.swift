import Estimators

/// A picture before it is drawn: axes, what is on them, and the words around them.
///
/// Displays make figures. To change the words, take a display's figure:
///
/// ```swift
/// var figure = try ConfusionMatrixDisplay(yTest, yPred).figure
/// figure.title = "Iris, held-out flowers"
/// try figure.write(to: url)
/// ```
public struct Figure: Sendable {
    /// The heading; empty for none.
    public var title: String

    /// A line below the heading; empty for none.
    public var subtitle: String

    /// What the picture shows, in words, for those who hear it instead of seeing it.
    public var summary: String

    /// One above the other, with a common x axis.
    var panels: [Panel]

    /// What the colours, dashes and markers mean, in the order of reading; shown above the panels.
    var legend: [LegendEntry]

    /// The meaning of the colours of a heat map.
    var colorBar: ColorBar?

    init(
        title: String, subtitle: String = "", summary: String, panels: [Panel], legend: [LegendEntry] = [],
        colorBar: ColorBar? = nil
    ) {
        self.title = title
        self.subtitle = subtitle
        self.summary = summary
        self.panels = panels
        self.legend = legend
        self.colorBar = colorBar
    }

    /// The name of the x axis.
    public var xLabel: String {
        get { panels.last?.x.label ?? "" }
        set { for index in panels.indices { panels[index].x.label = newValue } }
    }

    /// The name of the y axis; of the upper one where there are two.
    public var yLabel: String {
        get { panels.first?.y.label ?? "" }
        set { if !panels.isEmpty { panels[0].y.label = newValue } }
    }
}

/// A pair of axes and what is drawn on them, the first below the others.
struct Panel: Sendable {
    var x: Axis
    var y: Axis
    var marks: [any Mark]
    /// Whether a unit of the x axis is as long as one of the y axis: a matrix has square cells.
    var isSquare = false
    /// Whether lines at the ticks help to read the values.
    var hasGrid = true
    /// Whether the left and the lower edge are lines with ticks.
    var hasAxes = true
}

/// One axis.
struct Axis: Sendable {
    var label: String
    var scale: Scale
}

/// One line of the legend.
struct LegendEntry: Sendable {
    enum Symbol: Sendable {
        case line(SeriesStyle)
        case markedLine(SeriesStyle)
        case marker(SeriesStyle)
        case rule
        /// A filled square of the given class of the style sheet.
        case fill(String)
    }

    let symbol: Symbol
    let text: String
}

/// What the colours of a heat map mean: the numbers at the ends of ``Colormap``.
struct ColorBar: Sendable {
    let range: ClosedRange<Double>
}
