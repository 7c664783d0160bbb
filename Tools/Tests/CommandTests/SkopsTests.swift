import Foundation
import SwiftMLP
import Testing

/// Models of scikit-learn become models of tables.
@Suite struct SkopsTests {
    private static let fixtures = Program.repository.appending(path: "Tests/InterchangeTests/Fixtures")

    /// A program with one of scikit-learn's models and rows of three columns.
    private static func converted(_ name: String, _ options: [String] = []) throws -> (Program, Run) {
        let program = try Program()
        try FileManager.default.copyItem(
            at: fixtures.appending(path: "\(name).skops"), to: program.folder.appending(path: "model.skops"))
        try program.write("b,a,c,y\n0.5,-1,2,0.25\n1.5,0.25,-0.75,1\n", to: "rows.csv")
        return (program, try program.run(["convert", "model.skops", "-o", "m.mlp"] + options))
    }

    private static let rows = Matrix<Double>(rows: 2, columns: 3, elements: [-1, 0.5, 2, 0.25, 1.5, -0.75])

    @Test func aPipelineOfStringsPredictsItsBits() throws {
        let (program, run) = try Self.converted("pipeline-string", ["--columns", "a, b,c", "--target", "animal"])
        #expect(run.status == 0, "\(run.errors)")
        let shown = try program.run("show", "m.mlp").output
        #expect(shown.contains("animal: classification") && shown.contains("Zebra"), "\(shown)")
        let predicted = try readCSV(text: program.run("predict", "m.mlp", "rows.csv", "--proba").output)
        // Read the other way: the same file by its type.
        let workflow = try program.run("predict", "m.mlp", "rows.csv", "--json", "--proba").output
        #expect(workflow.split(separator: "\n").count == 2)
        let sums = try (0..<2).map { row in
            try ["p_Zebra", "p_ant", "p_élan"].reduce(0) { $0 + (try predicted.numbers($1)[row]) }
        }
        #expect(sums.allSatisfy { abs($0 - 1) < 1e-12 })
    }

    @Test(arguments: ["number-sgd", "number-lbfgs-float"]) func aNetworkOfNumbersPredictsItsBits(_ name: String) throws
    {
        let (program, run) = try Self.converted(name, ["--columns", "a,b,c", "--target", "y"])
        #expect(run.status == 0, "\(run.errors)")
        let predicted = try readCSV(text: program.run("predict", "m.mlp", "rows.csv").output).numbers("prediction")
        let network = try MLPRegressor<Double, Double>(skops: Self.fixtures.appending(path: "\(name).skops"))
        #expect(try predicted == network.predict(Self.rows))
        let evaluated = try program.run("evaluate", "m.mlp", "rows.csv")
        #expect(evaluated.status == 0 && evaluated.output.contains("R²"), "\(evaluated.errors)")
        #expect(try program.run("convert", "model.skops", "-o", "m.onnx").status == 0)
    }

    @Test func columnsHaveNumbersWhereNobodyNamesThem() throws {
        for name in ["int-lbfgs", "bool-adam-float", "count-poisson", "pipeline-number"] {
            let (program, run) = try Self.converted(name)
            #expect(run.status == 0, "\(name): \(run.errors)")
            let predicted = try program.run("predict", "m.mlp", "-", input: "x0,x1,x2\n1,2,3\n")
            #expect(predicted.status == 0, "\(name): \(predicted.errors)")
        }
    }

    @Test(
        arguments: [
            ("labels-adam", [], "multilabel"), ("standard", [], "holds StandardScaler"),
            ("foreign", [], "MLPClassifier"),
            ("foreign-pipeline", [], "are read"), ("unfitted", [], "not fitted"),
            ("number-sgd", ["--columns", "a,b"], "--columns must be 3 different names"),
            ("number-sgd", ["--columns", "a,b,a"], "--columns must be 3 different names"),
        ] as [(String, [String], String)])
    func whatIsNotReadIsSaid(_ name: String, _ options: [String], _ sentence: String) throws {
        let (program, run) = try Self.converted(name, options)
        #expect(run.status == 1 && run.errors.contains(sentence), "\(name): \(run.errors)")
        #expect(!program.exists("m.mlp"))
    }

    @Test func namesAreForFilesWithoutSome() throws {
        let (program, run) = try Self.converted("number-sgd")
        #expect(run.status == 0)
        #expect(try program.run("convert", "m.mlp", "-o", "n.mlp", "--columns", "a,b,c").status == 2)
        #expect(try program.run("convert", "m.mlp", "-o", "n.mlp").status == 0)
    }
}
