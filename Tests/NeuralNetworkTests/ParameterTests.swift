import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import Testing

@testable import NeuralNetwork

/// The names of parameters, and the page that lists them.
@Suite struct ParameterTests {
    @Test func everyParameterHasAName() {
        let names = Mirror(reflecting: MLPHyperparameters()).children.compactMap(\.label)
        #expect(Set(MLPClassifier<Int, Double>.parameterNames.values) == Set(names))
        #expect(Set(MLPRegressor<Double, Float>.parameterNames.values) == Set(names + ["loss"]))
        #expect(MLPClassifier<String, Float>.parameterNames[\.alpha] == "alpha")
        #expect(MLPRegressor<Double, Double>.parameterNames[\.loss] == "loss")
    }

    /// To generate the page from the constraints: `WRITE_DOCUMENTATION=1 Scripts/test.sh --filter ParameterTests`.
    @Test func parameterPageMatchesTheConstraints() throws {
        let page = URL(filePath: #filePath).appending(path: "../../../Documentation/Parameters.md").standardized
        let defaults = Dictionary(
            uniqueKeysWithValues: Mirror(reflecting: MLPHyperparameters()).children.map { child in
                (child.label ?? "", text(child.value))
            })
        let rows = MLPHyperparameters.constraints.map {
            "| `\($0.name)` | \(defaults[$0.name] ?? "") | \($0.allowed) |"
        }
        let expected =
            """
            # Parameters

            `MLPClassifier` and `MLPRegressor` share the parameters of this table, and `fit` checks them in its order.
            `MLPHyperparameters` documents each of them. The table is generated from the constraints that `fit` checks.

            The regressor also has `loss`; `.squaredError` is the default. `monitor` and the classifier's `classWeight` are
            additions to scikit-learn's parameters: see [Beyond scikit-learn](BeyondScikitLearn.md). So are `dropout` and all
            rows after it: see [Building your own network](BuildingYourOwnNetwork.md).

            | parameter | default | allowed |
            |---|---|---|

            """ + rows.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["WRITE_DOCUMENTATION"] != nil {
            try expected.write(to: page, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: page, encoding: .utf8) == expected)
    }

    private func text(_ value: Any) -> String {
        if Mirror(reflecting: value).displayStyle == .optional { return plain(value) }
        return value is any CaseIterable || value is BatchSize ? ".\(value)" : "\(value)"
    }
}
