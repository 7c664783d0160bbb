import Foundation
import Testing

/// What people see on a terminal: one line or table that is redrawn in place, whatever the width.
@Suite struct TerminalTests {
    private static let tune =
        ["tune", "people.csv", "-t", "income", "-o", "p.mlp", "--candidates", "4", "--folds", "3"]
        + ["--model", "mlp", "--set", "maxIter=30"]

    init() {
        // A test that runs in the background would hand on that they are ignored.
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }

    /// Runs a command whose standard error is a terminal, and hands what has been shown to `look` until it returns false.
    private func run(
        _ program: Program, _ arguments: [String], columns: Int = 80, rows: Int = 24, kind: String = "xterm",
        _ look: (Terminal, Process) -> Void = { _, _ in }
    ) throws -> (process: Process, terminal: Terminal) {
        let terminal = try #require(Terminal(columns: columns, rows: rows))
        let process = Process()
        process.executableURL = Program.executable
        process.arguments = arguments
        process.currentDirectoryURL = program.folder
        process.environment = ProcessInfo.processInfo.environment.merging(["TERM": kind]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(fileDescriptor: terminal.file)
        try process.run()
        while process.isRunning {
            terminal.read()
            look(terminal, process)
            usleep(2000)
        }
        process.waitUntilExit()
        terminal.read()
        return (process, terminal)
    }

    @Test(arguments: [(80, 24), (40, 24), (20, 24), (9, 24), (80, 4)])
    func theTableOfASearchIsRedrawnInPlace(_ columns: Int, _ rows: Int) throws {
        let program = try Program()
        let (process, terminal) = try run(program, Self.tune, columns: columns, rows: rows)
        #expect(process.terminationStatus == 0)
        #expect(terminal.unknown == [] && terminal.wraps == terminal.wrapsOfLines)
        let screen = terminal.lines
        let bars = screen.filter { $0.contains("12/12") }
        #expect(bars.count == 1 && !screen.contains { $0.contains("11/12") }, "\(screen)")
        // The best first, and no line of an earlier state below or above.
        let shown = screen.filter { $0.hasPrefix("[") }
        #expect(shown.count == min(4, rows - 2), "\(screen)")
        if columns >= 40 {
            let scores = shown.compactMap { line in
                line.split(separator: " ").dropFirst().first.flatMap { Double($0.dropLast()) }
            }
            #expect(scores == scores.sorted(by: >) && scores.count == shown.count, "\(shown)")
        }
        #expect(screen.contains { $0.hasPrefix("Wrote p.mlp".prefix(columns)) } && screen.last == "")
    }

    @Test func aWindowThatBecomesNarrowerGetsANewTable() throws {
        let program = try Program()
        var isNarrow = false
        let (process, terminal) = try run(program, Self.tune) { terminal, _ in
            guard !isNarrow, terminal.lines.contains(where: { $0.contains("/12") && !$0.contains("12/12") }) else {
                return
            }
            terminal.resize(columns: 30, rows: 24)
            isNarrow = true
        }
        #expect(process.terminationStatus == 0 && isNarrow)
        #expect(terminal.lines.filter { $0.contains("12/12") }.count == 1)
        #expect(terminal.lines.filter { $0.hasPrefix("[") }.count >= 4)
    }

    @Test(arguments: ["dumb", ""]) func aTerminalThatCannotRedrawGetsLines(_ kind: String) throws {
        let program = try Program()
        let (process, terminal) = try run(program, Self.tune, kind: kind)
        #expect(process.terminationStatus == 0 && !terminal.text.contains("\u{1B}"))
        #expect(terminal.lines.filter { $0.hasPrefix("[") }.count == 4)
    }

    @Test func trainingShowsOneLineThatNeverWraps() throws {
        let program = try Program()
        let (process, terminal) = try run(
            program, ["train", "people.csv", "-t", "income", "-o", "p.mlp", "--model", "mlp", "--set", "maxIter=300"],
            columns: 50)
        #expect(process.terminationStatus == 0 && terminal.unknown == [])
        #expect(terminal.lines.filter { $0.contains("/300") }.count == 2, "\(terminal.lines)")
        let (quiet, nothing) = try run(
            program, ["train", "people.csv", "-t", "income", "-o", "p.mlp", "--quiet"] + brief)
        #expect(quiet.terminationStatus == 0 && nothing.text == "")
    }

    @Test(arguments: [SIGTERM]) func anInterruptionLeavesAFreshLineAndCanBeResumed(_ number: Int32) throws {
        let program = try Program()
        // Long enough to be interrupted.
        let tune = Self.tune.map { $0 == "maxIter=30" ? "maxIter=2000" : $0 }
        let whole = try program.run(tune.map { $0 == "p.mlp" ? "whole.mlp" : $0 } + ["-q"])
        #expect(whole.status == 0)
        var isSent = false
        let (process, terminal) = try run(program, tune) { terminal, process in
            guard !isSent, terminal.lines.contains(where: { $0.hasPrefix("[") }) else { return }
            isSent = true
            kill(process.processIdentifier, number)
        }
        #expect(isSent && process.terminationReason == .uncaughtSignal && process.terminationStatus == number)
        #expect(terminal.lines.last == "" && terminal.text.contains("--resume goes on from here"))
        #expect(!program.exists("p.mlp"))
        #expect(try program.run(tune + ["--resume", "-q"]).status == 0)
        let (one, other) = (
            try program.run("predict", "whole.mlp", "people.csv", "--proba"),
            try program.run("predict", "p.mlp", "people.csv", "--proba")
        )
        #expect(one.output == other.output && !one.output.isEmpty)
        #expect(try program.files == ["p.mlp", "people.csv", "whole.mlp"])
    }

    @Test func anInterruptedPredictionLeavesNoFile() throws {
        let program = try Program()
        try program.run(["train", "people.csv", "-t", "income", "-o", "p.mlp", "-q"] + brief)
        let pipe = Pipe()
        let process = Process()
        process.executableURL = Program.executable
        process.arguments = ["predict", "p.mlp", "-", "-o", "out.csv", "--batch", "10"]
        process.currentDirectoryURL = program.folder
        process.standardInput = pipe
        // With a second reader, writing does not raise SIGPIPE in this process when the program ends.
        #expect(dup(pipe.fileHandleForReading.fileDescriptor) >= 0)
        try process.run()
        // More than is read at once, and no end.
        let people = try program.read("people.csv")
        let rows = people.drop { $0 != "\n" }.dropFirst()
        let text = people + String(repeating: String(rows), count: 100)
        let writer = Thread { try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }
        writer.start()
        for _ in 0..<500 where try !program.files.contains(where: { $0.hasPrefix("out.csv") }) { usleep(10_000) }
        #expect(try program.files.contains { $0.hasPrefix("out.csv.") })
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(try program.files == ["p.mlp", "people.csv"])
    }
}

/// A terminal that knows as much as the program needs, and notes what it does not know.
private final class Terminal {
    /// The side on which programs write.
    let file: Int32
    private let screen: Int32
    private var columns: Int
    private let rows: Int
    /// All that was written.
    private(set) var text = ""
    /// The lines, those that have scrolled out of the window included.
    private(set) var lines = [""]
    private var cells: [[Character]] = [[]]
    private var (row, column) = (0, 0)
    /// How often text went on in the next line, and how often in a line that was not redrawn.
    private(set) var (wraps, wrapsOfLines) = (0, 0)
    /// Control sequences that it does not know.
    private(set) var unknown: [String] = []
    private var rest: [UInt8] = []
    private var isRedrawing = false

    init?(columns: Int, rows: Int) {
        var (screen, file): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&screen, &file, nil, nil, &size) == 0 else { return nil }
        (self.screen, self.file, self.columns, self.rows) = (screen, file, columns, rows)
        _ = fcntl(screen, F_SETFL, fcntl(screen, F_GETFL) | O_NONBLOCK)
    }

    deinit {
        close(file)
        close(screen)
    }

    func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(screen, UInt(TIOCSWINSZ), &size)
        self.columns = columns
    }

    /// Takes what has been written.
    func read() {
        var part = [UInt8](repeating: 0, count: 4096)
        while case let count = Foundation.read(screen, &part, part.count), count > 0 { rest += part[..<count] }
        // A character or a control sequence may be cut off.
        while let end = rest.indices.last(where: { rest[$0] < 0x80 || rest[$0] >= 0xC0 }).map({ index in
            rest[index] < 0x80 ? index + 1 : index
        }), end > 0 {
            let piece = String(decoding: rest[..<end], as: UTF8.self)
            rest.removeFirst(end)
            text += piece
            show(piece)
        }
        lines = cells.map { line in
            var text = String(line)
            while text.last == " " { text.removeLast() }
            return text
        }
    }

    private var sequence: String?

    private func show(_ piece: String) {
        for scalar in piece.unicodeScalars {
            if var sequence {
                sequence.unicodeScalars.append(scalar)
                let isComplete = scalar.value >= 0x40 && scalar != "["
                self.sequence = isComplete ? nil : sequence
                if isComplete { control(sequence) }
                continue
            }
            switch scalar {
            case "\u{1B}": sequence = ""
            case "\r": column = 0
            case "\n": lineFeed()
            default: put(Character(scalar))
            }
        }
    }

    private func control(_ sequence: String) {
        switch sequence.last {
        case "K": cells[row].removeSubrange(min(column, cells[row].count)...)
        case "A":
            isRedrawing = true
            // Not above the window.
            let top = max(0, cells.count - rows)
            row = max(top, row - (Int(sequence.dropFirst().dropLast()) ?? 1))
        default: unknown.append(sequence)
        }
    }

    private func lineFeed() {
        row += 1
        if row == cells.count { cells.append([]) }
    }

    private func put(_ character: Character) {
        if column >= columns {
            wraps += 1
            if !cells[row].contains("█"), !cells[row].contains("░"), cells[row].first != "[" { wrapsOfLines += 1 }
            column = 0
            lineFeed()
        }
        while cells[row].count <= column { cells[row].append(" ") }
        cells[row][column] = character
        column += 1
    }
}
