import Composition
import Estimators
import LinearAlgebra
import Tables
import Testing

@testable import Preprocessing

@Suite struct ColumnTransformerTests {
    private let people: Table
    private let untrained = ColumnTransformer([
        .categorical(["job"], OneHotEncoder<String?>(handleUnknown: .ignore)),
        .numeric(["age", "hours"], Chain(SimpleImputer(), StandardScaler())),
        .passthrough(["hours"]),
    ])

    init() throws {
        people = try Table([
            "age": .numbers([30, .nan, 50, 40]),
            "job": .strings(["smith", nil, "clerk", "smith"]),
            "hours": .numbers([40, 20, 30, 38]),
        ])
    }

    @Test func equalPartsThatLearnedTheSameAreEqual() throws {
        let fitted = try untrained.fitted(people)
        #expect(try fitted == untrained.fitted(people))
        #expect(fitted != untrained)
        #expect(try fitted != untrained.fitted(people.selectingRows([0, 2, 3])))
        func columns(_ parts: ColumnTransformer.Part..., threshold: Double = 0.3) -> ColumnTransformer {
            ColumnTransformer(parts, sparseThreshold: threshold)
        }
        let scaled = columns(.numeric(["age"], StandardScaler()))
        #expect(scaled == columns(.numeric(["age"], StandardScaler())))
        #expect(scaled != columns(.numeric(["hours"], StandardScaler())))
        #expect(scaled != columns(.numeric(["age"], StandardScaler(withMean: false))))
        #expect(scaled != columns(.numeric(["age"], SimpleImputer())))
        #expect(scaled != columns(.passthrough(["age"])))
        #expect(scaled != columns(.numeric(["age"], StandardScaler()), threshold: 0.5))
        // Functions cannot be compared.
        func doubled() -> ColumnTransformer { columns(.numeric(["age"], FunctionTransformer(func: { 2 * $0 }))) }
        #expect(doubled() != doubled())
    }

    @Test func partsStandSideBySideInTheirOrder() throws {
        var columns = untrained
        let x = try columns.fitTransform(people)
        var encoder = OneHotEncoder<String?>(handleUnknown: .ignore)
        let words = try encoder.fitTransform(Matrix<String?>(rows: 4, columns: 1, elements: people.strings("job")))
        var chain = Chain(SimpleImputer(), StandardScaler())
        let numbers = try chain.fitTransform(people.matrix(of: ["age", "hours"]))
        #expect(words.columns == 3)
        #expect(x.columns == 6)
        for row in 0..<4 {
            #expect(Array(x.row(row)) == Array(words.row(row)) + Array(numbers.row(row)) + [x[row, 5]])
        }
        #expect(x.column(5) == [40, 20, 30, 38])
        #expect(try columns.transform(people) == x)
    }

    /// A transformer whose features have no names.
    private struct Nameless: Transformer {
        mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) {}
        func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) -> Matrix<Scalar> { x }
    }

    @Test func featuresHaveTheNamesOfTheColumnsTheyComeFrom() throws {
        var columns = ColumnTransformer(
            [
                .categorical(["job"], CategoryImputer(), OneHotEncoder<String?>()),
                .numeric(["age"], Chain(SimpleImputer(addIndicator: true), PolynomialFeatures(includeBias: false))),
                .numeric(["age", "hours"], Chain(SimpleImputer(), PCA())),
                .numeric(["hours"], FunctionTransformer { $0 * 2 }),
            ], remainder: .passthrough)
        #expect(throws: EstimatorError.notFitted(estimator: "ColumnTransformer")) { try columns.getFeatureNamesOut() }
        let x = try columns.fitTransform(people)
        let names = try columns.getFeatureNamesOut()
        #expect(
            names == [
                "job_clerk", "job_smith", "age", "missingindicator_age", "age^2", "age missingindicator_age",
                "missingindicator_age^2", "pca0", "pca1", "hours",
            ])
        #expect(names.count == x.columns)

        var nameless = ColumnTransformer([.numeric(["hours"], Nameless())])
        try nameless.fit(people)
        #expect(throws: EstimatorError.self) { try nameless.getFeatureNamesOut() }
    }

    /// Any number of transformers; none is a passthrough.
    @Test func numericColumnsTakeTransformersInARow() throws {
        let none = try ColumnTransformer([.numeric(["hours"])]).fitted(people)
        #expect(try none.transform(people).elements == people.numbers("hours"))
        let chained = try ColumnTransformer([.numeric(["age"], Chain(SimpleImputer(), StandardScaler()))]).fitted(
            people)
        let listed = try ColumnTransformer([.numeric(["age"], SimpleImputer(), StandardScaler())]).fitted(people)
        #expect(try listed.transform(people) == chained.transform(people))
        let three = ColumnTransformer([.numeric(["age"], SimpleImputer(), MinMaxScaler(), PolynomialFeatures())])
        #expect(try three.fitted(people).transform(people).columns == 3)
        #expect("\(listed)" == "\(chained)")
        #expect("\(none)" == #"ColumnTransformer([.passthrough(["hours"])])"#)
    }

    /// The type of the encoder follows from the columns.
    @Test func categoricalColumnsNeedNoTypeOfTheEncoder() throws {
        let columns = try ColumnTransformer([
            .categorical(["job"], OneHotEncoder(handleUnknown: .ignore)),
            .categorical(["job"], CategoryImputer(), OneHotEncoder()),
            .categorical(["job"], OrdinalEncoder(handleUnknown: .useEncodedValue, unknownValue: -1)),
        ]).fitted(people)
        #expect(
            try columns.getFeatureNamesOut() == ["job_clerk", "job_smith", "job_nan", "job_clerk", "job_smith", "job"])
    }

    @Test func rowsAreTransformedOnTheirOwn() throws {
        var columns = untrained
        let x = try columns.fitTransform(people)
        #expect(try columns.transform(people.selectingRows([2, 0])) == x.selectingRows([2, 0]))
    }

    @Test func whatWasNotSeenInFittingHasNoColumn() throws {
        var columns = untrained
        try columns.fit(people)
        let stranger = try Table(["age": .numbers([20]), "job": .strings(["pilot"]), "hours": .numbers([10])])
        #expect(Array(try columns.transform(stranger).row(0).prefix(3)) == [0, 0, 0])
    }

    @Test func whatNoPartNamesIsLeftOutOrTakenAsItIs() throws {
        var dropping = ColumnTransformer([.categorical(["job"], OneHotEncoder<String?>())])
        var keeping = ColumnTransformer([.categorical(["job"], OneHotEncoder<String?>())], remainder: .passthrough)
        #expect(try dropping.fitTransform(people).columns == 3)
        let kept = try keeping.fitTransform(people)
        #expect(kept.columns == 5)
        #expect(kept.column(4) == [40, 20, 30, 38])
        // The columns are those of fit, whatever else a later table has.
        let more = try Table(
            columnNames: ["extra", "hours", "age", "job"],
            columns: [.numbers([0]), .numbers([7]), .numbers([8]), .strings(["clerk"])])
        #expect(Array(try keeping.transform(more).row(0).suffix(2)) == [8, 7])
        var words = ColumnTransformer([.passthrough(["age"])], remainder: .passthrough)
        let error = #expect(throws: EstimatorError.self) { try words.fit(people) }
        #expect(error?.description.contains("\"job\"") == true)
    }

    @Test func errorsNameWhatIsWrongAndLoseNothing() throws {
        func text(_ body: () throws -> Void) -> String {
            (#expect(throws: EstimatorError.self) { try body() })?.description ?? ""
        }
        #expect(text { _ = try untrained.transform(people) }.contains("ColumnTransformer"))
        var columns = untrained
        let x = try columns.fitTransform(people)
        #expect(text { try columns.fit(people.droppingColumns(["age"])) }.contains("\"age\""))
        #expect(text { _ = try columns.transform(people.selectingColumns(["age", "hours"])) }.contains("\"job\""))
        let swapped = try Table(["age": .strings(["a"]), "job": .strings(["b"]), "hours": .numbers([1])])
        #expect(text { try columns.fit(swapped) }.contains("\"age\""))
        #expect(try columns.transform(people) == x)
        var empty = ColumnTransformer([])
        #expect(text { try empty.fit(people) }.contains("parts"))
    }

    /// As scikit-learn does with an empty selection of columns.
    @Test func aPartWithoutColumnsMakesNoFeatures() throws {
        var columns = ColumnTransformer([
            .categorical([], OneHotEncoder<String?>()), .numeric(["hours"], StandardScaler()), .numeric([], PCA()),
            .passthrough([]),
        ])
        let x = try columns.fitTransform(people)
        #expect(x.columns == 1)
        #expect(try columns.transform(people) == x)
        #expect(try columns.transformSparse(people).columns == 1)
        #expect(try columns.getFeatureNamesOut() == ["hours"])
    }

    @Test func errorsOfPartsNameTheColumn() throws {
        func text(_ parts: [ColumnTransformer.Part], _ table: Table) -> String {
            var columns = ColumnTransformer(parts)
            return (#expect(throws: EstimatorError.self) { try columns.fit(table) })?.description ?? ""
        }
        let infinite = try people.settingColumn("hours", .numbers([1, 2, -.infinity, 3]))
        #expect(
            text([.numeric(["age", "hours"], StandardScaler())], infinite)
                == "x must contain no infinite value, but \"hours\" in row 2 is -inf.")
        let negative = try people.settingColumn("hours", .numbers([1, 2, -4, 3]))
        #expect(
            text([.numeric(["hours"], PowerTransformer(method: .boxCox))], negative)
                .hasSuffix("but \"hours\" in row 2 is -4.0."))
        let empty = try people.settingColumn("hours", .numbers([.nan, .nan, .nan, .nan]))
        #expect(
            text([.numeric(["age", "hours"], PowerTransformer())], empty).hasSuffix("but column \"hours\" has none."))
        let low = try people.settingColumn("hours", .numbers([1, 2, 3, 4]))
        let logarithm = FunctionTransformer { $0 < 3 ? -.infinity : $0 }
        #expect(
            text([.numeric(["hours"], logarithm, StandardScaler())], low)
                .hasPrefix("x, as FunctionTransformer makes it for StandardScaler, must contain no infinite value"))
    }
}
