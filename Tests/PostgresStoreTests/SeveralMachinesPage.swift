// The examples of Documentation/SeveralMachines.md. They are compiled only: other tests have a database.

import Composition
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import PostgresStore
import Preprocessing

private func sharedSearch(_ x: Matrix<Double>, _ y: [Int]) throws {
    var search = GridSearchCV(
        Pipeline(StandardScaler(), MLPClassifier(maxIter: 60, randomState: 1)),
        paramGrid: [.init(\.last.alpha, [1e-4, 1e-2, 1]), .init(\.last.hiddenLayerSizes, [[20], [50], [20, 20]])],
        nJobs: -1, cv: 5)
    search.store = try .postgres("postgres://user@host/db", study: "iris")
    try search.fit(x, y)
}

private func progress() throws {
    let study = try PostgresStudy("postgres://user@host/db", study: "iris")
    print(study)
    print(study.csv)
}
