import CUDADevice
import ScikitLearnCases
import Testing

extension CUDADeviceTests {
    /// All cases of the networks' tests, on the card: scikit-learn's results to eight digits in double precision.
    @Suite struct ScikitLearnTests {
        init() { MockDriver.reset() }

        @Test(arguments: try Fixture.cases())
        func equalsScikitLearn(_ testCase: ScikitLearnCase) throws {
            try testCase.withModel { model in
                var model = model
                model.hyperparameters.verbose = false
                model.device = .gpu
                let differences = try testCase.differences(of: testCase.train(model))
                #expect(differences == [])
            }
        }
    }
}
