import ArgumentParser
import Foundation
import SwiftMLP
import Workflows

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Writes a model in another format, or reads one of scikit-learn.",
        discussion: """
            To .onnx: a graph of the whole model, with one input for each column, which ONNX Runtime runs; dates are days since \
            1970-01-01 there. To .safetensors: a copy whose arrays Python's safetensors package reads. To .mlp: a model file.

            From .skops: scikit-learn's MLPClassifier or MLPRegressor, alone or in a pipeline behind StandardScaler, \
            MinMaxScaler, MaxAbsScaler or RobustScaler. The columns have the names that the file has; those of a model that was \
            fitted on an array are x0, x1 and so on, unless --columns names them.

            EXAMPLE
              mlp convert income.mlp -o income.onnx
              mlp convert income.mlp -o income.safetensors
              mlp convert model.skops -o model.mlp --columns width,length,height
            """)

    @Argument(help: "The model file, or a scikit-learn .skops file.")
    var model: String

    @Option(name: .shortAndLong, help: "The file to write: its extension, .onnx, .safetensors or .mlp, is the format.")
    var output: String

    @Option(help: "The names of the features of a .skops file in their order, separated by commas.")
    var columns: String?

    @Option(help: "The name of the target of a .skops file. Default: prediction.")
    var target: String?

    @Flag(name: .shortAndLong, help: "Write nothing to standard error but errors.")
    var quiet = false

    func run() throws {
        let isForeign = URL(fileURLWithPath: model).pathExtension.lowercased() == "skops"
        guard isForeign || columns == nil && target == nil else {
            throw ValidationError("--columns and --target are for .skops files: a model file has its own names")
        }
        let names = columns?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let workflow =
            isForeign
            ? try Workflow(skops: model, columns: names, target: target ?? "prediction")
            : try Workflow(contentsOf: model)
        switch URL(fileURLWithPath: output).pathExtension.lowercased() {
        case "onnx":
            try workflow.model.exportONNX(to: output)
            for name in workflow.card.types.dates.keys.sorted() {
                note(
                    "\(name) is a number in the graph: the days since 1970-01-01, with the time as a fraction.")
            }
        case "safetensors", "mlp": try workflow.save(to: output)
        case let other:
            throw ValidationError("--output must end in .onnx, .safetensors or .mlp, but ends in .\(other)")
        }
        note("Wrote \(output).")
    }

    private func note(_ text: String) { if !quiet { Console.write(text + "\n") } }
}
