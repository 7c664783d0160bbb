import LinearAlgebra

// The columns of the table, and how they are computed from those of the census.

extension CaliforniaHousing {
    static let featureNames = [
        "MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude",
    ]
    static let targetName = "MedHouseVal"

    /// The number of columns in StatLib's table, and also that of the features with the target.
    static let rawColumns = 9

    /// Computes the features and the target from rows of longitude, latitude, median house age, rooms, bedrooms,
    /// population, households, median income, and median house value in dollars.
    ///
    /// The divisions are scikit-learn's, so that the results have the same bits.
    static func dataset(fromRaw raw: Matrix<Double>, description: String) -> Dataset<Double> {
        var features: [Double] = []
        features.reserveCapacity(raw.rows * featureNames.count)
        var target: [Double] = []
        target.reserveCapacity(raw.rows)
        for row in 0..<raw.rows {
            let longitude = raw[row, 0]
            let latitude = raw[row, 1]
            let houseAge = raw[row, 2]
            let rooms = raw[row, 3]
            let bedrooms = raw[row, 4]
            let population = raw[row, 5]
            let households = raw[row, 6]
            let income = raw[row, 7]
            let value = raw[row, 8]

            features += [income, houseAge, rooms / households, bedrooms / households]
            features += [population, population / households, latitude, longitude]
            target.append(value / 100_000)
        }
        return Dataset(
            data: Matrix(rows: raw.rows, columns: featureNames.count, elements: features),
            target: target,
            featureNames: featureNames,
            targetNames: [targetName],
            description: description)
    }

    /// Returns the features with the target as last column, as the file in the data home has them.
    static func cache(of dataset: Dataset<Double>) -> NumericCSV {
        let elements = dataset.target.indices.flatMap { dataset.data.rowSlice($0) + [dataset.target[$0]] }
        return NumericCSV(
            header: featureNames + [targetName],
            table: Matrix(rows: dataset.data.rows, columns: rawColumns, elements: elements))
    }

    /// Returns the data set from a table that ``cache(of:)`` returned.
    static func dataset(fromCache cache: NumericCSV) -> Dataset<Double> {
        Dataset(
            data: cache.features, target: cache.target, featureNames: featureNames, targetNames: [targetName],
            description: description)
    }

    static let description = """
        California housing
        ==================

        House prices in California, from the census of 1990. Each of the 20,640 rows is a block group, the smallest
        area for which the census publishes figures, home to some 600 to 3,000 people.

        | column     | meaning                                               |
        |------------|-------------------------------------------------------|
        | MedInc     | median income of the households, in 10,000 dollars    |
        | HouseAge   | median age of the houses, in years                    |
        | AveRooms   | rooms per household                                   |
        | AveBedrms  | bedrooms per household                                |
        | Population | number of inhabitants                                 |
        | AveOccup   | inhabitants per household                             |
        | Latitude   | of the block group, in degrees                        |
        | Longitude  | of the block group, in degrees                        |

        Target: MedHouseVal, the median value of owned houses in units of 100,000 dollars; values above 5 were cut
        off and read 5.00001. No value is missing. Holiday resorts, with many houses and few households, have very
        large AveRooms and AveBedrms.

        Source: R. Kelley Pace and Ronald Barry, "Sparse Spatial Autoregressions", Statistics and Probability Letters
        33 (1997), pages 291 to 297; distributed by StatLib. The columns are derived as in scikit-learn's
        fetch_california_housing.
        """
}
