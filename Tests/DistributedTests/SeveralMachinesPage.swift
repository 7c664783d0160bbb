// The examples of Documentation/SeveralMachines.md and Modules/Distributed.md about training. They are compiled only: other tests
// run several processes.

import Distributed
import NeuralNetwork
import Preprocessing
import Tables

private func trainTogether() throws {
    try MPI.run { group in
        let part = try readCSV("houses.csv", across: group)
        let (x, y) = (try part.matrix(of: ["rooms", "age", "income"]), try part.numbers("price"))
        var scaler = StandardScaler()
        try scaler.fit(x, across: group)
        var mlp = MLPRegressor(hiddenLayerSizes: [1024, 1024], batchSize: 8192, randomState: 1, verbose: true)
        try mlp.fit(scaler.transform(x), y, checkpoint: CheckpointFile("houses.safetensors"), across: group)
        if group.rank == 0 { try mlp.save(to: "houses-mlp.safetensors") }
    }
}

private func trainOnParts(features: [String]) throws {
    var mlp = MLPRegressor(randomState: 1)
    try MPI.run { group in
        let part = try readCSV("houses.csv", across: group)
        try mlp.fit(part.matrix(of: features), part.numbers("price"), across: group)
    }
}
