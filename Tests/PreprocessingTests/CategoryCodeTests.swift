import Testing

@testable import Preprocessing

@Suite struct CategoryCodeTests {
    /// The code of one category is that of the list of all codes, whichever categories are infrequent.
    @Test func codeOfACategoryIsThatInTheList() {
        for hasMissing in [false, true] {
            let count = hasMissing ? 6 : 5
            for pattern in 0..<(1 << count) {
                let infrequent = (0..<count).filter { pattern >> $0 & 1 == 1 }
                let categories = FeatureCategories<String?>(
                    present: ["a", "b", "c", "d", "e"], hasMissing: hasMissing, infrequent: infrequent)
                let codes = categories.codes(includesMissing: true)
                #expect((0..<count).map(categories.code(of:)) == codes)
                #expect(Set(codes) == Set(0..<categories.codeCount))
                #expect(infrequent.allSatisfy { codes[$0] == categories.infrequentCode })
            }
        }
    }
}
