import Estimators
import Foundation
import Terminal
import TestSupport
import Testing

/// Redrawing on a pseudo-terminal.
@Suite struct ConsoleTests {
    @Test func aLineIsCutBeforeItWraps() throws {
        let terminal = try #require(PseudoTerminal(columns: 10))
        let console = Console(file: terminal.file, kind: "xterm")
        #expect(console.isTerminal)
        console.redraw("█▅▃▂▁6789012")
        #expect(terminal.contents() == "\r█▅▃▂▁6789\u{1B}[K")
        terminal.resize(columns: 5)
        console.redraw("123456")
        #expect(terminal.contents() == "\r1234\u{1B}[K")
    }

    @Test func aWindowThatSaysNothingIsOfTheUsualWidth() throws {
        let terminal = try #require(PseudoTerminal(columns: 0))
        let console = Console(file: terminal.file, kind: "xterm")
        #expect(console.room == 79)
    }

    @Test(arguments: [nil, "", "dumb"]) func aTerminalThatCannotRedrawGetsNothing(kind: String?) throws {
        let terminal = try #require(PseudoTerminal(columns: 80))
        let console = Console(file: terminal.file, kind: kind)
        #expect(!console.isTerminal)
        console.redraw("line")
        #expect(terminal.contents() == "")
        console.write("word\n")
        #expect(terminal.contents() == "word\r\n")
    }

    @Test func aPipeIsNoTerminal() throws {
        let pipe = Pipe()
        let console = Console(file: pipe.fileHandleForWriting.fileDescriptor, kind: "xterm")
        #expect(!console.isTerminal)
        let bar = ProgressBar(on: console)
        bar.show(1, of: 2)
        bar.finish()
        console.redraw("line")
        console.write("word\n")
        try pipe.fileHandleForWriting.close()
        #expect(try pipe.fileHandleForReading.readToEnd() == Data("word\n".utf8))
    }

    @Test func barsAreAsWideAsThereIsRoom() throws {
        let terminal = try #require(PseudoTerminal(columns: 80))
        let bar = ProgressBar(on: Console(file: terminal.file, kind: "xterm"))
        bar.show(1, of: 4)
        let whole = String(repeating: "█", count: 10) + String(repeating: "░", count: 30)
        #expect(terminal.contents() == "\r\(whole) 1/4\u{1B}[K")
        terminal.resize(columns: 13)
        bar.show(2, of: 4)
        #expect(terminal.contents() == "\r████░░░░ 2/4\u{1B}[K")
        terminal.resize(columns: 4)
        bar.show(2, of: 4)
        #expect(terminal.contents().count <= 1 + 3 + 3)
        bar.finish()
        #expect(terminal.contents() == "\r\n")
    }

    @Test func linesAreRedrawnTogether() throws {
        let terminal = try #require(PseudoTerminal(columns: 12))
        var lines = LiveLines(on: Console(file: terminal.file, kind: "xterm"))
        lines.show(["one"])
        #expect(terminal.contents() == "\rone\u{1B}[K")
        lines.show(["two", "a line that is long"])
        #expect(terminal.contents() == "\rtwo\u{1B}[K\r\na line that\u{1B}[K")
        lines.show(["three", "four", "five"])
        #expect(terminal.contents() == "\r\u{1B}[1Athree\u{1B}[K\r\nfour\u{1B}[K\r\nfive\u{1B}[K")
        lines.finish()
        lines.finish()
        #expect(terminal.contents() == "\r\n")
    }

    @Test func linesFollowTheWindow() throws {
        let terminal = try #require(PseudoTerminal(columns: 12))
        var lines = LiveLines(on: Console(file: terminal.file, kind: "xterm"))
        lines.show(["one", "two"])
        #expect(terminal.contents() == "\rone\u{1B}[K\r\ntwo\u{1B}[K")
        // A wider window does not wrap what is there; in a narrower one what may have wrapped stays.
        terminal.resize(columns: 20)
        lines.show(["three", "four"])
        #expect(terminal.contents() == "\r\u{1B}[1Athree\u{1B}[K\r\nfour\u{1B}[K")
        terminal.resize(columns: 4)
        lines.show(["five", "six"])
        #expect(terminal.contents() == "\r\n\rfiv\u{1B}[K\r\nsix\u{1B}[K")
        // Lines above the window cannot be redrawn.
        terminal.resize(columns: 4, rows: 2)
        lines.show(["1", "2", "3"])
        #expect(terminal.contents() == "\r\n\r1\u{1B}[K")
        lines.show(["4", "5", "6"])
        #expect(terminal.contents() == "\r4\u{1B}[K")
        terminal.resize(columns: 4, rows: 0)
        lines.show(["7", "8"])
        #expect(terminal.contents() == "\r7\u{1B}[K\r\n8\u{1B}[K")
    }
}
