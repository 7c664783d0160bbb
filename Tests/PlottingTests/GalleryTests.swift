import Foundation
import ModelFiles
import Testing

@testable import Plotting

/// Pictures of all kinds and difficult cases, in many sizes: nothing is truncated or overlaps, and no file is large.
@Suite struct GalleryTests {
    static let gallery = Result { try Gallery.pictures() }

    @Test(arguments: [(640, 480), (240, 200), (320, 640), (1200, 300), (480, 240), (1600, 1200)])
    func nothingIsTruncatedAndNoTextsOverlap(width: Int, height: Int) throws {
        for (name, figure) in try GalleryTests.gallery.get() {
            let drawing = try Drawing(try figure.svg(width: width, height: height))
            #expect(drawing.faults.isEmpty, "\(name), \(width) × \(height): \(drawing.faults.prefix(3))")
            #expect(drawing.width == Double(width) && drawing.height == Double(height))
        }
    }

    @Test func picturesAreSmall() throws {
        for (name, figure) in try GalleryTests.gallery.get() {
            let size = try figure.svg().utf8.count
            #expect(size < 1_000_000, "\(name): \(size) bytes")
        }
    }

    @Test func picturesAreAccessible() throws {
        for (name, figure) in try GalleryTests.gallery.get() {
            let drawing = try Drawing(try figure.svg())
            #expect(drawing.roles["role"] == "img")
            #expect(drawing.roles["aria-labelledby"] == "plot-title plot-desc")
            #expect(!figure.title.isEmpty && figure.summary.count > 20, "\(name)")
            #expect(drawing.elementNames["script"] == nil && drawing.elementNames["image"] == nil)
        }
    }

    /// Names of any length, in pictures of any size.
    @Test func marginsFitTheLabels() throws {
        for length in [1, 3, 8, 20, 60, 200] {
            let names = (0..<7).map { String(repeating: "W\($0) ", count: length) }
            let matrix = try ConfusionMatrixDisplay(Array(0..<7), Array(0..<7), displayLabels: names)
            var figure = matrix.figure
            figure.title = names[0]
            figure.subtitle = names[1]
            figure.xLabel = names[2]
            figure.yLabel = names[3]
            figure.legend = names.map { LegendEntry(symbol: .rule, text: $0) }
            for width in stride(from: 240, through: 1200, by: 137) {
                for height in stride(from: 200, through: 900, by: 97) {
                    let faults = try Drawing(try figure.svg(width: width, height: height)).faults
                    #expect(faults.isEmpty, "\(length), \(width) × \(height): \(faults.prefix(2))")
                }
            }
        }
    }

    /// A single outlier among 20,000 points is drawn at its position.
    @Test func outliersStayVisible() throws {
        let figure = try #require(try GalleryTests.gallery.get().first { $0.name == "residual-20000" }?.figure)
        let panel = figure.panels[0]
        let density = try #require(panel.marks.compactMap { $0 as? DensityMark }.first)
        #expect(density.single.contains { $0.x == 14 })
        #expect(density.single.count < 4000)
    }

    @Test func filesAreWrittenAndReplaced() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "plot-\(UUID().uuidString).svg")
        defer { try? FileManager.default.removeItem(at: url) }
        let display = try LossCurveDisplay(lossCurve: [3, 2, 1])
        try display.write(to: url)
        try display.write(to: url, width: 300, height: 300)
        #expect(try String(contentsOf: url, encoding: .utf8) == display.svg(width: 300, height: 300))
    }

    /// Scripts/test-report.sh names the folder and checks the gallery in a browser.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["SWIFT_MLP_GALLERY"] != nil))
    func galleryIsWrittenForTheBrowser() throws {
        let folder = URL(filePath: try #require(ProcessInfo.processInfo.environment["SWIFT_MLP_GALLERY"]))
        for (shape, width, height) in [("", 640, 480), ("-narrow", 300, 420), ("-wide", 1200, 360)] {
            for (name, figure) in try GalleryTests.gallery.get() {
                try figure.write(to: folder.appending(path: "\(name)\(shape).svg"), width: width, height: height)
            }
        }
        for (name, page) in try Reports.pages() {
            try Data(page.utf8).write(to: folder.appending(path: "\(name).html"))
        }
    }
}
