package import LinearAlgebra

extension Table: Checksummed {
    package func add(to checksum: inout Checksum) {
        checksum.add(texts: columnNames)
        for column in columns {
            switch column {
            case .numbers(let numbers): numbers.add(to: &checksum)
            case .strings(let words): checksum.add(texts: words)
            }
        }
    }
}
