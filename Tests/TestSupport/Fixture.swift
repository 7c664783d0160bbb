public import Foundation
import Testing

/// The fixture `Fixtures/name.json` of a test target with the given bundle, written by a generator in
/// `Scripts/fixtures`.
///
/// Numbers that JSON cannot express are the strings `inf`, `-inf` and `nan`.
public func fixture<Content: Decodable>(
    _ name: String, in bundle: Bundle, of type: Content.Type = Content.self
) throws -> Content {
    let url = try #require(bundle.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(Content.self, from: Data(contentsOf: url))
}
