import ArgumentParser
import Foundation
import SwiftMLP
import Workflows

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Writes a model in another format.",
        discussion: """
            To .onnx: a graph of the whole model, with one input for each column, which ONNX Runtime runs. To .safetensors: a
            copy whose arrays Python's safetensors package reads.

            EXAMPLE
              mlp convert income.mlp -o income.onnx
              mlp convert income.mlp -o income.safetensors
            """)

    @Argument(help: "The model file.")
    var model: String

    @Option(name: .shortAndLong, help: "The file to write: its extension, .onnx or .safetensors, is the format.")
    var output: String

    @OptionGroup var display: DisplayArguments

    func run() throws {
        let workflow = try Workflow(contentsOf: model)
        switch URL(fileURLWithPath: output).pathExtension.lowercased() {
        case "onnx": try workflow.model.exportONNX(to: output)
        case "safetensors": try workflow.save(to: output)
        case let other:
            throw ValidationError("--output must end in .onnx or .safetensors, but ends in .\(other)")
        }
        display.note("Wrote \(output).")
    }
}
