import Estimators

/// A figure before it is drawn: its axes, their contents and its texts.
///
/// Displays create figures. To change the texts, change the display's figure:
///
/// ```swift
/// var figure = try ConfusionMatrixDisplay(yTest, yPred).figure
/// figure.title = "Iris, held-out flowers"
/// try figure.write(to: url)
/// ```
public struct Figure: Sendable {
    /// The title; empty for none.
    public var title: String

    /// A line below the heading; empty for none.
    public var subtitle: String

    /// A description of what the figure shows, for screen readers.
    public var summary: String

    /// The panels from top to bottom, with a common x axis.
    var panels: [Panel]

    /// The meaning of colors, dashes and markers, in reading order; shown above the panels.
    var legend: [LegendEntry]

    /// The meaning of the colors of a heat map.
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

    /// The label of the x axis.
    public var xLabel: String {
        get { panels.last?.x.label ?? "" }
        set { for index in panels.indices { panels[index].x.label = newValue } }
    }

    /// The label of the y axis; of the upper panel if there are two.
    public var yLabel: String {
        get { panels.first?.y.label ?? "" }
        set { if !panels.isEmpty { panels[0].y.label = newValue } }
    }
}

/// A pair of axes and the marks on them, drawn in order.
struct Panel: Sendable {
    var x: Axis
    var y: Axis
    var marks: [any Mark]
    /// Whether both axes have the same unit length, so that a matrix has square cells.
    var isSquare = false
    /// Whether grid lines are drawn at the ticks.
    var hasGrid = true
    /// Whether the left and lower edges are drawn as axes with ticks.
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
        /// A square filled with the given class of the style sheet.
        case fill(String)
    }

    let symbol: Symbol
    let text: String
}

/// The meaning of the colors of a heat map: the numbers at the ends of ``Colormap``.
struct ColorBar: Sendable {
    let range: ClosedRange<Double>
}
