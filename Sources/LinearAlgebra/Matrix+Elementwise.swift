// Element-wise operations in place. They allocate no memory if the matrix is uniquely referenced.

extension Matrix {
    /// Replaces every element by the result of `transform`.
    ///
    /// ```swift
    /// var m: Matrix<Double> = [[1, 4], [9, 16]]
    /// m.apply { $0.squareRoot() }      // [[1, 2], [3, 4]]
    /// ```
    ///
    /// - Parameter transform: the function to apply to an element. If it throws, earlier elements have already been
    ///   replaced.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func apply(_ transform: (Scalar) throws -> Scalar) rethrows {
        try storage.withUnsafeMutableBufferPointer { elements in
            for index in elements.indices { elements[index] = try transform(elements[index]) }
        }
    }

    /// Replaces every element by the result of `transform` for it and the element at the same position in `other`.
    ///
    /// - Parameters:
    ///   - other: a matrix of the same shape.
    ///   - transform: the function to apply to a pair of elements. If it throws, earlier elements have already been
    ///     replaced.
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when the shapes differ; any error of `transform`.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func apply<Other>(
        with other: Matrix<Other>, _ transform: (Scalar, Other) throws -> Scalar
    ) throws {
        guard rows == other.rows, columns == other.columns else {
            throw LinearAlgebraError.shapeMismatch(
                "other must be \(rows) × \(columns), but is \(other.rows) × \(other.columns).")
        }
        try storage.withUnsafeMutableBufferPointer { elements in
            try other.storage.withUnsafeBufferPointer { others in
                for index in elements.indices {
                    elements[index] = try transform(elements[index], others[index])
                }
            }
        }
    }

    /// Replaces every element by the result of `transform` for it and the element of `vector` in its column.
    ///
    /// - Parameters:
    ///   - vector: one element for each column.
    ///   - transform: the function to apply to a pair of elements. If it throws, earlier elements have already been
    ///     replaced.
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when `vector` has a different length; any error of
    ///   `transform`.
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
        try storage.withUnsafeMutableBufferPointer { elements in
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

    /// Multiplies by `other`, element by element. For the matrix product, see ``matmul(_:_:)``.
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
    /// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when `vector` has a different length.
    /// - Complexity: O(`count`).
    @inlinable
    public mutating func addToRows(_ vector: [Scalar]) throws {
        try applyToRows(with: vector) { $0 + $1 }
    }

    /// Returns the sum of each column, added from the first row to the last.
    ///
    /// - Returns: one sum for each column; zeros when there are no rows.
    /// - Complexity: O(`count`).
    @inlinable
    public func columnSums() -> [Scalar] {
        var sums = [Scalar](repeating: 0, count: columns)
        sums.withUnsafeMutableBufferPointer { sums in
            storage.withUnsafeBufferPointer { elements in
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
    /// - Complexity: O(`count`), on several threads for a large matrix.
    public var isFinite: Bool {
        @_specialize(where Scalar == Double)
        @_specialize(where Scalar == Float)
        get {
            count < 1 << 20 ? storage.withUnsafeBufferPointer { Scalar.allFinite($0) } : isFiniteInParallel
        }
    }

    private var isFiniteInParallel: Bool {
        withUnsafeElements { elements in
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
