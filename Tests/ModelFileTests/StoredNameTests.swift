import Composition
import Estimators
import Foundation
import Inspection
import LinearAlgebra
import ModelFiles
import ModelSelection
import NeuralNetwork
import Preprocessing
import TabularNetworks
import Testing

/// The names that types have in files, which outlive those in the source.
@Suite struct StoredNameTests {
    private typealias Network = MLPClassifier<String, Double>
    private typealias Number = MLPRegressor<Double, Double>

    /// The names that version 0.1.0 has written, and those of later types.
    private static let names: [(type: any Storable.Type, name: String)] = [
        (StandardScaler.self, "StandardScaler"), (MinMaxScaler.self, "MinMaxScaler"),
        (MaxAbsScaler.self, "MaxAbsScaler"), (RobustScaler.self, "RobustScaler"), (Normalizer.self, "Normalizer"),
        (PolynomialFeatures.self, "PolynomialFeatures"), (PCA.self, "PCA"), (SimpleImputer.self, "SimpleImputer"),
        (KBinsDiscretizer.self, "KBinsDiscretizer"), (QuantileTransformer.self, "QuantileTransformer"),
        (PowerTransformer.self, "PowerTransformer"), (OneHotEncoder<Double>.self, "OneHotEncoder<Double>"),
        (OneHotEncoder<String?>.self, "OneHotEncoder<Optional<String>>"),
        (OrdinalEncoder<Int>.self, "OrdinalEncoder<Int>"),
        (CategoryImputer<String?>.self, "CategoryImputer<Optional<String>>"),
        (LabelEncoder<Bool>.self, "LabelEncoder<Bool>"), (LabelBinarizer<[Int]>.self, "LabelBinarizer<Array<Int>>"),
        (MultiLabelBinarizer<String>.self, "MultiLabelBinarizer<String>"),
        (ColumnTransformer.self, "ColumnTransformer"),
        (Chain<SimpleImputer, Chain<PCA, PCA>>.self, "Chain<SimpleImputer, Chain<PCA, PCA>>"),
        (ImputedEncoder<OneHotEncoder<String?>>.self, "ImputedEncoder<OneHotEncoder<Optional<String>>>"),
        (Network.self, "MLPClassifier<String, Double>"),
        (MLPRegressor<[Float], Float>.self, "MLPRegressor<Array<Float>, Float>"),
        (Pipeline<StandardScaler, Network>.self, "Pipeline<StandardScaler, MLPClassifier<String, Double>>"),
        (TabularMLPRegressor<Double>.self, "TabularMLPRegressor<Double>"),
        (TabularMLPClassifier<String>.self, "TabularMLPClassifier<String>"),
        (TablePipeline<Network>.self, "TablePipeline<MLPClassifier<String, Double>>"),
        (
            TransformedTargetRegressor<MLPRegressor<Double, Double>, MinMaxScaler>.self,
            "TransformedTargetRegressor<MLPRegressor<Double, Double>, MinMaxScaler>"
        ),
    ]

    /// The names of types that came later.
    private static let laterNames: [(type: any Storable.Type, name: String)] = [
        (Binarizer.self, "Binarizer"), (MissingIndicator.self, "MissingIndicator"), (KNNImputer.self, "KNNImputer"),
        (IterativeImputer.self, "IterativeImputer"), (SplineTransformer.self, "SplineTransformer"),
        (VarianceThreshold.self, "VarianceThreshold"), (SelectKBest.self, "SelectKBest"),
        (TargetEncoder<String?>.self, "TargetEncoder<Optional<String>>"),
        (FeatureUnion<PCA, Binarizer>.self, "FeatureUnion<PCA, Binarizer>"),
        (SelectFromModel<Network>.self, "SelectFromModel<MLPClassifier<String, Double>>"),
        (DummyClassifier<String, Double>.self, "DummyClassifier<String, Double>"),
        (DummyRegressor<[Double], Float>.self, "DummyRegressor<Array<Double>, Float>"),
        (IsotonicRegression.self, "IsotonicRegression"),
        (FrozenEstimator<Network>.self, "FrozenEstimator<MLPClassifier<String, Double>>"),
        (CalibratedClassifierCV<Network>.self, "CalibratedClassifierCV<MLPClassifier<String, Double>>"),
        (FixedThresholdClassifier<Network>.self, "FixedThresholdClassifier<MLPClassifier<String, Double>>"),
        (TunedThresholdClassifierCV<Network>.self, "TunedThresholdClassifierCV<MLPClassifier<String, Double>>"),
        (ConformalClassifier<Network>.self, "ConformalClassifier<MLPClassifier<String, Double>>"),
        (ConformalRegressor<Number>.self, "ConformalRegressor<MLPRegressor<Double, Double>>"),
        (
            ConformalizedQuantileRegressor<MLPRegressor<[Double], Double>>.self,
            "ConformalizedQuantileRegressor<MLPRegressor<Array<Double>, Double>>"
        ),
        (VotingClassifier<Network>.self, "VotingClassifier<MLPClassifier<String, Double>>"),
        (VotingRegressor<Number>.self, "VotingRegressor<MLPRegressor<Double, Double>>"),
        (BaggingClassifier<Network>.self, "BaggingClassifier<MLPClassifier<String, Double>>"),
        (BaggingRegressor<Number>.self, "BaggingRegressor<MLPRegressor<Double, Double>>"),
        (
            StackingClassifier<Network, Network>.self,
            "StackingClassifier<MLPClassifier<String, Double>, MLPClassifier<String, Double>>"
        ),
        (
            StackingRegressor<Number, Number>.self,
            "StackingRegressor<MLPRegressor<Double, Double>, MLPRegressor<Double, Double>>"
        ),
    ]

    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func namesAreThoseOfTheFirstVersion() {
        for (type, name) in StoredNameTests.names {
            #expect(type.storedTypeName == name)
            #expect(String(describing: type) == name, "what earlier versions have written")
        }
    }

    @Test func laterNamesStayToo() {
        for (type, name) in StoredNameTests.laterNames { #expect(type.storedTypeName == name) }
    }

    // MARK: Parts of a program's own

    /// A transformer with a name of its own in files.
    private struct Doubling: Transformer, Storable, Equatable {
        static var storedTypeName: String { "example.Doubling" }

        func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) {}
        func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) -> Matrix<Scalar> { x.map { 2 * $0 } }
    }

    /// An encoder that needs nothing but the conformance.
    private struct Lengths: WordEncoder, Storable {
        func fit(_ x: Matrix<String?>) {}
        func transform(_ x: Matrix<String?>) -> Matrix<Double> { x.map { Double($0?.count ?? 0) } }
    }

    private var own: ColumnTransformer {
        ColumnTransformer([
            .numeric(["hours"], Doubling()), .numeric(["age"], SimpleImputer(), Doubling(), StandardScaler()),
            .categorical(["job"], Lengths()), .categorical(["job"], CategoryImputer(), Lengths()),
        ])
    }

    @Test func namesOfPartsAreComposed() {
        #expect(Chain<StandardScaler, Doubling>.storedTypeName == "Chain<StandardScaler, example.Doubling>")
        #expect(Chain<Doubling, Chain<Doubling, PCA>>.storedTypeName.hasPrefix("Chain<example.Doubling, Chain<example"))
    }

    @Test func ownPartsAreReadWhereTheyAreListed() throws {
        let people = try #require(SmallTables.people)
        let columns = try own.fitted(people)
        let parts: [any Storable.Type] = [Doubling.self, Lengths.self]
        try columns.save(to: folder.file(), knowing: parts)
        let same = try ColumnTransformer(contentsOf: folder.file(), knowing: parts)
        #expect(try same.transform(people) == columns.transform(people))

        let network = MLPRegressor(hiddenLayerSizes: [2], solver: .lbfgs, maxIter: 3, randomState: 0)
        let y = (0..<people.rowCount).map(Double.init)
        let pipeline = try TablePipeline(own, network).fitted(people, y)
        try pipeline.save(to: folder.file(), knowing: parts)
        let read = try TablePipeline<MLPRegressor<Double, Double>>(contentsOf: folder.file(), knowing: parts)
        #expect(try read.predict(people) == pipeline.predict(people))
    }

    @Test func unknownPartsSayHowToMakeThemKnown() throws {
        let people = try #require(SmallTables.people)
        let columns = try own.fitted(people)
        let unsaved = #expect(throws: ModelFileError.self) { try columns.save(to: folder.file()) }
        #expect(unsaved?.description.contains("type Doubling") == true)
        #expect(unsaved?.description.contains("init(contentsOf:knowing:)") == true)
        #expect(try folder.names.isEmpty)

        try columns.save(to: folder.file(), knowing: [Doubling.self, Lengths.self])
        let unread = #expect(throws: ModelFileError.self) {
            try ColumnTransformer(contentsOf: folder.file(), knowing: [Doubling.self])
        }
        #expect(unread?.description.contains("Lengths is a part that is not of this package") == true)
        #expect(unread?.description.contains("list its type in knowing:") == true)
        #expect(throws: ModelFileError.self) { try ColumnTransformer(contentsOf: folder.file()) }
    }

    /// Files of earlier versions have the name of the Swift type, whatever name its parts have of their own.
    @Test func theNameOfTheSwiftTypeIsReadToo() throws {
        let chain = Chain(Doubling(), StandardScaler())
        try chain.save(to: folder.file())
        let file = try RawFile(contentsOf: folder.file())
        let earlier = try file.replacing(
            "Chain<example.Doubling, StandardScaler>", with: "Chain<Doubling, StandardScaler>")
        try earlier.data.write(to: folder.file())
        #expect(try Chain<Doubling, StandardScaler>(contentsOf: folder.file()) == chain)
    }
}
