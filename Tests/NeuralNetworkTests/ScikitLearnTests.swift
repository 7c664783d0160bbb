import ScikitLearnCases
import Testing

/// Compares all results with scikit-learn's, element by element.
@Suite struct ScikitLearnTests {
    @Test(arguments: try Fixture.cases())
    func equalsScikitLearn(_ testCase: ScikitLearnCase) throws {
        try testCase.withModel { model in
            let differences = try testCase.differences(of: testCase.train(quietly(model)))
            #expect(differences == [])
        }
    }

    /// VerboseTests compares the printed lines.
    private func quietly(_ model: any ScikitLearnModel) -> any ScikitLearnModel {
        var model = model
        model.hyperparameters.verbose = false
        return model
    }
}
