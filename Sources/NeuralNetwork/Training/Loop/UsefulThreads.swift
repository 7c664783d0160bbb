import LinearAlgebra

extension TrainingData {
    /// The number of threads that pay off for a training step of `rows` samples.
    ///
    /// With sparse features, the coefficients of every feature that occurs in a batch go from one core to another. On a
    /// server this takes as long as the updates of about sixteen features. A step has an update for every feature, and the
    /// products of the batch's elements and of the other layers. If these take less time, one thread is faster than
    /// several.
    func usefulThreads(in shape: NetworkShape, stepOf rows: Int) -> Int {
        let threads = shape.usefulThreads(stepOf: rows)
        guard threads > 1, let sparse = features.sparse, sparse.rows > 0 else { return threads }
        let units = Double(shape.layers[0].fanOut)
        let stored = Double(sparse.values.count) / Double(sparse.rows) * Double(rows)
        let others = Double(shape.coefficientCount) / units - Double(sparse.columns)
        let work = Double(sparse.columns) + stored / 4 + Double(rows) * others / 16
        return work > 16 * sparse.expectedColumns(inRows: rows) ? threads : 1
    }
}

extension SparseMatrix {
    /// The mean number of columns of which some random rows have an element.
    func expectedColumns(inRows count: Int) -> Double {
        occurrences.reduce(0) { sum, occurrences in
            sum + 1 - Double.pow(max(0, 1 - Double(occurrences) / Double(rows)), count)
        }
    }

    /// The number of elements in each column.
    var occurrences: [Int] {
        var occurrences = [Int](repeating: 0, count: columns)
        for column in columnIndices { occurrences[column] += 1 }
        return occurrences
    }
}
