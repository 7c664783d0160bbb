// Searches for the parameters of a network for iris, together with every other process that runs this program with the same
// database and study.

import Datasets
import ExampleSupport
import Foundation
import ModelSelection
import NeuralNetwork
import PostgresStore

@main
struct SharedSearch {
    static func main() {
        do {
            try search()
        } catch {
            note("error: \(error)")
            exit(1)
        }
    }

    private static func search() throws {
        let options = Options(
            "Shares a search with other processes that run this program, and prints its results as CSV.",
            [
                "--database URL":
                    "the database that they share, such as postgres://user@host/db; none: no other process",
                "--study NAME": "the name of the search in the database (iris)",
                "--lease SECONDS": "how long to wait for a process that has stopped (60)",
                "--jobs NUMBER": "how many fits to run at the same time (1)",
                "--halving": "searches in rounds, with few samples first",
                "--progress": "shows the progress of all processes",
                "--status": "prints how far the search has come, and runs nothing",
            ])
        let (database, study) = (options.text("--database"), options.text("--study") ?? "iris")
        if options.contains("--status"), let database {
            return print(try PostgresStudy(database, study: study))
        }
        let lease = Duration.seconds(options.integer("--lease", from: 1) ?? 60)
        let store = try database.map { try SearchStore.postgres($0, study: study, lease: lease) }

        let iris = try loadIris()
        let network = MLPClassifier(hiddenLayerSizes: [20], maxIter: 60, randomState: 1)
        let grid: [ParameterAxis<MLPClassifier<Int, Double>>] = [
            .init(\.activation, [.relu, .tanh]), .init(\.alpha, [1e-4, 0.01, 1]),
            .init(\.learningRateInit, [0.001, 0.003, 0.01, 0.03]),
        ]
        let jobs = options.integer("--jobs", from: 1)
        if options.contains("--halving") {
            var search = HalvingGridSearchCV(network, paramGrid: grid, randomState: 0)
            (search.store, search.nJobs, search.verbose) = (store, jobs, options.contains("--progress"))
            try search.fit(iris.data, iris.target)
            print(search.cvResults.csv, terminator: "")
        } else {
            var search = GridSearchCV(network, paramGrid: grid)
            (search.store, search.nJobs, search.verbose) = (store, jobs, options.contains("--progress"))
            try search.fit(iris.data, iris.target)
            print(search.cvResults.csv, terminator: "")
        }
    }
}
