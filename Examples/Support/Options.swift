import Foundation

/// The options of an example, read from the command line.
///
/// `--help` prints them and ends the program with status 0. An unknown or incomplete option ends it with status 2.
public struct Options {
    private let purpose: String
    private let known: KeyValuePairs<String, String>
    private var values: [String: String] = [:]

    /// Reads the command line.
    ///
    /// - Parameters:
    ///   - purpose: what the example does, in a sentence.
    ///   - known: what each option does: `"--explore"`; with a value, `"--plots FOLDER"`; a value alone, `"ROWS"`.
    public init(_ purpose: String, _ known: KeyValuePairs<String, String> = [:]) {
        self.purpose = purpose
        self.known = known
        var rest = CommandLine.arguments.dropFirst()
        while let argument = rest.popFirst() {
            if argument == "--help" {
                print(text)
                exit(0)
            }
            let name = argument.hasPrefix("-") ? argument : known.first { !$0.key.hasPrefix("-") }?.key
            guard let name, values[name] == nil,
                let parts = known.map({ $0.key.split(separator: " ") }).first(where: { $0.first ?? "" == name })
            else { fail("'\(argument)' is not an option of this program") }
            if parts.count == 1 {
                values[name] = argument
            } else if let value = rest.popFirst(), !value.hasPrefix("--") {
                values[name] = value
            } else {
                fail("\(name) needs a value")
            }
        }
    }

    /// Returns whether the option is there.
    public func contains(_ name: String) -> Bool { values[name] != nil }

    /// Returns the text that follows the option; nil without the option.
    public func text(_ name: String) -> String? { values[name] }

    /// Returns the folder that follows the option, which is created if it is missing; nil without the option.
    public func folder(_ name: String) throws -> URL? {
        guard let path = values[name] else { return nil }
        let folder = URL(filePath: path, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Returns the integer that was given, or nil if there is none. Text that is no such integer ends the program.
    public func integer(_ name: String, from minimum: Int) -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text), value >= minimum else {
            fail("\(name) must be an integer of at least \(minimum), but is '\(text)'")
        }
        return value
    }

    /// What `--help` prints.
    private var text: String {
        let name = URL(filePath: CommandLine.arguments[0]).lastPathComponent
        let usage = ([name] + known.map { "[\($0.key)]" }).joined(separator: " ")
        let entries = known.map { ($0.key, $0.value) } + [("--help", "prints this text")]
        let width = entries.map(\.0.count).max() ?? 0
        let lines = entries.map { "  \($0.padding(toLength: width, withPad: " ", startingAt: 0))   \($1)" }
        return "\(purpose)\n\nusage: \(usage)\n\n\(lines.joined(separator: "\n"))"
    }

    private func fail(_ problem: String) -> Never {
        note("error: \(problem)\n\n\(text)")
        exit(2)
    }
}

/// Writes a line to standard error.
public func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
