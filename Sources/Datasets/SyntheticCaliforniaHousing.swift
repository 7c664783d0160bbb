import Foundation
import LinearAlgebra
import NumPyRandom

/// Makes a synthetic table with the columns of the California housing table, for machines with neither file nor network.
///
/// No value comes from a census, and the description says so. Ranges and dependences are plausible: people live around
/// the cities; the value of a house depends on income, and is higher near the coast and the large cities; it is cut off
/// at 5.00001 hundreds of thousands of dollars. A regression is about as hard as on the real table, but scores say
/// nothing about that one.
///
/// - Parameters:
///   - nSamples: the number of block groups, from 1 to 10,000,000. The default is that of the real table.
///   - randomState: the seed. The same seed gives the same table; with `nil`, the default, every call gives another one.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` if `nSamples` is out of range.
/// - Complexity: O(`nSamples`).
public func makeCaliforniaHousing(nSamples: Int = 20_640, randomState: UInt32? = nil) throws -> Dataset<Double> {
    try DatasetError.require(
        (1...10_000_000).contains(nSamples),
        .invalidArgument(name: "nSamples", value: "\(nSamples)", allowed: "from 1 to 10,000,000"))
    var random = RandomState(seed: randomState)
    var rows: [Double] = []
    rows.reserveCapacity(nSamples * CaliforniaHousing.rawColumns)
    for _ in 0..<nSamples {
        rows += SyntheticBlockGroup(using: &random).censusRow
    }
    return CaliforniaHousing.dataset(
        fromRaw: Matrix(rows: nSamples, columns: CaliforniaHousing.rawColumns, elements: rows),
        description: SyntheticBlockGroup.description)
}

/// One row of a synthetic census.
private struct SyntheticBlockGroup {
    var place: SyntheticPlace
    var houseAge: Double
    var rooms: Double
    var bedrooms: Double
    var population: Double
    var households: Double
    /// In 10,000 dollars.
    var income: Double
    /// In dollars.
    var houseValue: Double

    /// The values in the order of StatLib's table.
    var censusRow: [Double] {
        [place.longitude, place.latitude, houseAge, rooms, bedrooms, population, households, income, houseValue]
    }

    init(using random: inout RandomState) {
        place = SyntheticPlace(using: &random)
        let appeal = place.appeal

        let drawnIncome = exp(1.23 + 0.2 * appeal + 0.45 * random.standardNormal())
        income = (drawnIncome * 10_000).rounded() / 10_000
        income = min(max(income, 0.4999), 15.0001)

        houseAge = min(max((27.5 + 8 * appeal + 12 * random.standardNormal()).rounded(), 1), 52)
        households = min(max(exp(6.0 + 0.7 * random.standardNormal()).rounded(), 3), 6000)

        let occupancy = min(max(2.95 - 0.03 * income, 2.3) * exp(0.2 * random.standardNormal()), 12)
        population = max((households * occupancy).rounded(), 3)

        // A few places are holiday resorts, with many houses and few households.
        let vacancy = random.randomSample() < 0.006 ? 2 + 4 * random.randomSample() : 1
        let roomsPerHousehold = max(3.7 + 0.42 * income + 0.7 * random.standardNormal(), 1.2)
        rooms = max((households * roomsPerHousehold * vacancy).rounded(), households)
        bedrooms = max((households * vacancy * 1.05 * exp(0.05 * random.standardNormal())).rounded(), 1)

        // Crowded dwellings are worth less, old ones in town slightly more.
        let crowding = population / households / 2.85 - 1
        let factor = exp(appeal - 0.35 * crowding + 0.004 * (houseAge - 28) + 0.25 * random.standardNormal())
        let value = (40_000 + 37_000 * income) * factor
        houseValue = value > 500_000 ? 500_001 : max((value / 100).rounded() * 100, 14_999)
    }

    static let description = """
        California housing, SYNTHETIC
        =============================

        THIS TABLE IS MADE UP: none of its numbers comes from the census of 1990 or from any other survey. A random
        generator drew them with the columns, plausible ranges and a plausible dependence of the California housing
        table, so that programs can be tried out where the real one is not at hand. Scores reached on it say nothing
        about the real table, which fetchCaliforniaHousing() loads.

        Features: MedInc, HouseAge, AveRooms, AveBedrms, Population, AveOccup, Latitude, Longitude. Target:
        MedHouseVal, in units of 100,000 dollars, cut off at 5.00001.
        """
}

/// The location of a synthetic block group.
private struct SyntheticPlace {
    var latitude: Double
    var longitude: Double

    /// Draws a location around one of the cities, on land and within the state.
    init(using random: inout RandomState) {
        var share = random.randomSample()
        let city = Self.cities.first { city in
            share -= city.share
            return share < 0
        }
        let center = city ?? Self.cities[0]
        let north = center.latitude + center.spread * random.standardNormal()
        let east = center.longitude + center.spread * random.standardNormal()

        latitude = (min(max(north, 32.54), 41.95) * 100).rounded() / 100
        // A location in the sea is mirrored at the coast.
        let coast = Self.longitude(of: Self.coast, at: latitude)
        let border = Self.longitude(of: Self.border, at: latitude)
        longitude = (min(coast + abs(east - coast), border) * 100).rounded() / 100
    }

    /// The logarithm of the factor by which the location changes the value of a house.
    ///
    /// The sea and the large cities raise it; both effects fade out within tens of kilometers.
    var appeal: Double {
        let inland = longitude - Self.longitude(of: Self.coast, at: latitude)
        let sea = 0.6 * exp(-inland / 0.3)
        let towns = Self.cities.map { city in
            let north = latitude - city.latitude
            let east = (longitude - city.longitude) * 0.8  // a degree of longitude is that much shorter here
            return city.appeal * exp(-(north * north + east * east) / (2 * 0.45 * 0.45))
        }
        return towns.reduce(sea, +) - 0.2
    }

    private struct City {
        var latitude: Double
        var longitude: Double
        /// The standard deviation of its inhabitants' locations, in degrees.
        var spread: Double
        /// Its fraction of all block groups; the fractions sum to 1.
        var share: Double
        var appeal: Double
    }

    private static let cities = [
        City(latitude: 34.05, longitude: -118.25, spread: 0.25, share: 0.34, appeal: 0.30),  // Los Angeles
        City(latitude: 37.70, longitude: -122.15, spread: 0.28, share: 0.22, appeal: 0.45),  // San Francisco Bay
        City(latitude: 32.85, longitude: -117.10, spread: 0.18, share: 0.10, appeal: 0.10),  // San Diego
        City(latitude: 34.00, longitude: -117.30, spread: 0.30, share: 0.08, appeal: -0.15),  // San Bernardino
        City(latitude: 38.60, longitude: -121.40, spread: 0.35, share: 0.09, appeal: -0.05),  // Sacramento
        City(latitude: 36.50, longitude: -119.60, spread: 0.60, share: 0.10, appeal: -0.25),  // Fresno, the valley
        City(latitude: 40.20, longitude: -122.30, spread: 0.80, share: 0.07, appeal: -0.30),  // the north
    ]

    /// The coast and the eastern border as points (latitude, longitude) from south to north.
    private static let coast = [
        (32.54, -117.12), (33.70, -118.20), (34.45, -120.47), (36.60, -121.90), (37.80, -122.51), (40.44, -124.35),
        (41.95, -124.20),
    ]
    private static let border = [(32.54, -114.72), (35.00, -114.63), (39.00, -120.00), (41.95, -120.00)]

    /// Returns the longitude of the line through `points` at a latitude between the first and the last of them.
    private static func longitude(of points: [(Double, Double)], at latitude: Double) -> Double {
        for ((south, start), (north, end)) in zip(points, points.dropFirst()) where latitude <= north {
            return start + (end - start) * (latitude - south) / (north - south)
        }
        return points.last?.1 ?? 0
    }
}
