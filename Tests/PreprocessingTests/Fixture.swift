import Foundation
import Testing

/// The cases that `Scripts/fixtures/preprocessing.py` wrote into `name.json`.
func fixture<Case: Decodable>(_ name: String, of type: Case.Type = Case.self) throws -> [Case] {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode([Case].self, from: Data(contentsOf: url))
}
