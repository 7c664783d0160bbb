// Learns the prices of houses in Californian neighborhoods with several processes:
//
//     mpirun -n 4 ParallelHousing --file cal_housing.data
//
// The losses are those of HousingWalkthrough, on any number of processes: the same rows are held out, and the same batches are drawn.

import Distributed
import ExampleSupport
import Foundation
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Preprocessing
import Tables

@main
struct ParallelHousing {
    static func main() {
        let options = Options(
            "Learns the prices of houses in Californian neighborhoods, together with the other processes that mpirun starts.",
            ["--file FILE": "StatLib's table cal_housing.data, which each process reads in part"])
        guard let file = options.text("--file") else {
            note("error: --file FILE must name StatLib's table cal_housing.data; --help says more")
            exit(2)
        }
        do {
            try MPI.run { try train(on: file, across: $0) }
        } catch {
            note("error: \(error)")
            exit(1)
        }
    }

    static func train(on file: String, across group: MPIGroup) throws {
        // 1. Read this process's part of the table.
        let (x, y) = try features(of: readCSV(file, hasHeader: false, across: group))
        let rows = try group.rowNumbers(count: x.rows)

        // 2. Hold out a fifth of all neighborhoods. Each process draws the same split, and takes what is in its part.
        let all = Array(0..<rows.total)
        let (_, _, train, test) = try trainTestSplit(
            Matrix(rows: rows.total, columns: 1, elements: all.map(Double.init)), all, testSize: 0.2, randomState: 42)
        func own(_ numbers: [Int]) -> (x: Matrix<Double>, y: [Double], numbers: [Int]) {
            let own = numbers.indices.filter { rows.own.contains(numbers[$0]) }
            let local = own.map { numbers[$0] - rows.own.lowerBound }
            return (x.selectingRows(local), local.map { y[$0] }, own)
        }
        let (xTrain, yTrain, numbers) = own(train)
        let (xTest, yTest, _) = own(test)

        // 3. Scale each feature by the mean and variance of all training rows.
        var scaler = StandardScaler()
        try scaler.fit(xTrain, across: group)
        let xTrainScaled = try scaler.transform(xTrain)
        let xTestScaled = try scaler.transform(xTest)

        // 4. Train. Process 0 prints the loss after every epoch.
        var mlp = MLPRegressor(
            hiddenLayerSizes: [100], activation: .relu, solver: .adam, maxIter: 100, randomState: 42, verbose: true)
        try mlp.fit(xTrainScaled, yTrain, numbers: numbers, across: group)

        // 5. Each process predicts its part of the neighborhoods that were held out.
        let yPred = try mlp.predict(xTestScaled)
        let squares = zip(yTest, yPred).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        let sums = try group.sum([squares, Double(yTest.count)])
        if group.rank == 0 { print("Error cuadrático medio del modelo:", sums[0] / sums[1]) }
    }

    /// Returns the features and the median prices in units of 100,000 dollars, computed as `fetchCaliforniaHousing` does.
    static func features(of table: Table) throws -> (x: Matrix<Double>, y: [Double]) {
        let columns = try table.columnNames.map(table.numbers)
        let elements = (0..<table.rowCount).flatMap { row -> [Double] in
            let (longitude, latitude, age) = (columns[0][row], columns[1][row], columns[2][row])
            let (rooms, bedrooms, population) = (columns[3][row], columns[4][row], columns[5][row])
            let (households, income) = (columns[6][row], columns[7][row])
            return [
                income, age, rooms / households, bedrooms / households, population, population / households, latitude,
                longitude,
            ]
        }
        return (Matrix(rows: table.rowCount, columns: 8, elements: elements), columns[8].map { $0 / 100_000 })
    }
}
