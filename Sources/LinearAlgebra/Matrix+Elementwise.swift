// Element-wise work in place: a matrix that is not shared is changed without allocating memory.

extension Matrix {
    /// Replaces every element by what `transform` makes of it.
    ///
    /// ```swift
    /// var m: Matrix<Double> = [[1, 4], [9, 16]]
    /// m.apply { $0.squareRoot() }      // [[1, 2], [3, 4]]
    /// ```
    ///
    /// - Parameter transform: what to do to an element. When it throws, the elements before are already replaced.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func apply(_ transform: (Scalar) throws -> Scalar) rethrows {
        try withUnsafeMutableElements { elements in
            for index in elements.indices { elements[index] = try transform(elements[index]) }
        }
    }

    /// Replaces every element by what `transform` makes of it and of the element at the same place in `other`.
    ///
    /// - Parameters:
    ///   - other: a matrix of the same shape.
    ///   - transform: what to do to a pair of elements. When it throws, the elements before are already replaced.
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when the shapes differ, and what `transform` throws.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func apply<Other>(
        with other: Matrix<Other>, _ transform: (Scalar, Other) throws -> Scalar
    ) throws {
        guard rows == other.rows, columns == other.columns else {
            throw LinearAlgebraError.shapeMismatch(
                "other must be \(rows) × \(columns), but is \(other.rows) × \(other.columns).")
        }
        try withUnsafeMutableElements { elements in
            try other.withUnsafeElements { others in
                for index in elements.indices {
                    elements[index] = try transform(elements[index], others[index])
                }
            }
        }
    }

    /// Replaces every element by what `transform` makes of it and of the element of `vector` for its column.
    ///
    /// - Parameters:
    ///   - vector: one element for each column.
    ///   - transform: what to do to a pair of elements. When it throws, the elements before are already replaced.
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when `vector` has another length, and what `transform` throws.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func applyToRows<Other>(
        with vector: [Other], _ transform: (Scalar, Other) throws -> Scalar
    ) throws {
        guard vector.count == columns else {
            throw LinearAlgebraError.shapeMismatch(
                "vector must have one element for each of the \(columns) columns, but has \(vector.count).")
        }
        let columns = columns
        try withUnsafeMutableElements { elements in
            try vector.withUnsafeBufferPointer { vector in
                for start in stride(from: 0, to: elements.count, by: Swift.max(columns, 1)) {
                    for column in 0..<columns {
                        elements[start &+ column] = try transform(elements[start &+ column], vector[column])
                    }
                }
            }
        }
    }
}

// MARK: - Arithmetic

extension Matrix where Scalar: Numeric {
    /// Adds `other`, element by element.
    ///
    /// - Parameter other: a matrix of the same shape.
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when the shapes differ.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func add(_ other: Matrix) throws {
        try apply(with: other) { $0 + $1 }
    }

    /// Subtracts `other`, element by element.
    ///
    /// - Parameter other: a matrix of the same shape.
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when the shapes differ.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func subtract(_ other: Matrix) throws {
        try apply(with: other) { $0 - $1 }
    }

    /// Multiplies by `other`, element by element; the matrix product is ``matmul(_:_:)``.
    ///
    /// - Parameter other: a matrix of the same shape.
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when the shapes differ.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func multiplyElements(by other: Matrix) throws {
        try apply(with: other) { $0 * $1 }
    }

    /// Multiplies every element by `factor`.
    ///
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func scale(by factor: Scalar) {
        apply { $0 * factor }
    }

    /// Adds `vector` to every row.
    ///
    /// - Parameter vector: one element for each column.
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when `vector` has another length.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func addToRows(_ vector: [Scalar]) throws {
        try applyToRows(with: vector) { $0 + $1 }
    }

    /// The sum of every column, added up from the first row to the last.
    ///
    /// - Returns: one sum for each column; zeros when there are no rows.
    /// - Complexity: O(`count`).
    @inlinable
    public func columnSums() -> [Scalar] {
        var sums = [Scalar](repeating: 0, count: columns)
        sums.withUnsafeMutableBufferPointer { sums in
            withUnsafeElements { elements in
                for start in stride(from: 0, to: elements.count, by: Swift.max(columns, 1)) {
                    for column in 0..<columns { sums[column] += elements[start &+ column] }
                }
            }
        }
        return sums
    }
}

extension Matrix where Scalar: MatrixScalar {
    /// Whether no element is NaN or infinite.
    ///
    /// - Complexity: O(`count`), on several threads where there are many.
    public var isFinite: Bool {
        withUnsafeElements { elements in
            if elements.count < 1 << 20 { return Scalar.allFinite(elements) }
            let areFinite = Locked(true)
            let threads = WorkerPool.usefulThreads(readingBytes: elements.count * MemoryLayout<Scalar>.stride)
            WorkerPool.with(threads) { pool in
                pool.run { chunk in
                    let part = UnsafeBufferPointer(rebasing: elements[chunk.range(of: elements.count)])
                    if !Scalar.allFinite(part) { areFinite.withLock { $0 = false } }
                }
            }
            return areFinite.withLock { $0 }
        }
    }
}
