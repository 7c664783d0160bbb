# /// script
# dependencies = ["numpy==2.4.6", "scipy==1.17.1", "scikit-learn==1.9.1"]
# ///
"""Writes the names of Documentation/Coverage.md: every public name of the modules of scikit-learn that this package mirrors,
each with the declaration of this package or the reason why there is none.

    python Scripts/coverage.py

The declarations are found in Sources. A name of scikit-learn that is neither found there nor explained below is an error. The
list of names is also a fixture of the test that compares the page with it.
"""

import importlib
import json
import re
import sys
from pathlib import Path

import sklearn
from sklearn.experimental import enable_iterative_imputer  # noqa: F401

assert sklearn.__version__ == "1.9.1"

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "Documentation" / "Coverage.md"
FIXTURE = ROOT / "Tests" / "APITests" / "Fixtures" / "scikit_learn_names.json"
BEGIN, END = "<!-- Written by Scripts/coverage.py. -->", "<!-- End of what Scripts/coverage.py writes. -->"

MODULES = [
    "calibration", "compose", "datasets", "decomposition", "dummy", "ensemble", "feature_selection", "impute", "inspection",
    "isotonic", "metrics", "model_selection", "neural_network", "pipeline", "preprocessing", "utils.class_weight"]

# Where the rule of names does not give the name of the declaration.
OURS = {
    "make_pipeline": "Pipeline", "make_union": "FeatureUnion", "make_column_transformer": "ColumnTransformer",
    "roc_auc_score": "rocAUCScore", "GridSearchCV": "GridSearchCV", "make_scorer": "Scorer", "get_scorer": "Scorer",
    "fetch_california_housing": "fetchCaliforniaHousing", "BaseCrossValidator": "CrossValidator",
    "SelectorMixin": "FeatureSelector", "make_low_rank_matrix": None, "check_cv": "CrossValidator",
    "make_hastie_10_2": "makeHastie10_2"}

TREES = "trees are another kind of model; this package has networks"
CLUSTERS = "scores of clusterings, which this package does not make"
DISTANCES = "distances between samples, on which no model of this package is built"
DOWNLOADS = "downloads a data set of text, images or another format; read a table with `readCSV`"
FACTORS = "a factorization for other purposes than features of networks; `PCA` is here"
FUNCTION = "use `fitTransform` of {}"
RANKING = "a score of rankings of several labels per sample"
SEARCHES = "an automatic choice of how many features are kept; choose `k` of `SelectKBest` in a search"
SPARSE_DATA = "makes a problem of sparse coding or graphs, which this package does not solve"
NOT_YET = "not yet"

REASONS = {
    "make_column_selector": "`numericColumnNames` and `stringColumnNames` of a `Table` select columns by type",
    "clear_data_home": "remove the folder of the data home",
    "get_data_home": "the argument `dataHome` of `fetchCaliforniaHousing`",
    "dump_svmlight_file": "another program's format; `writeCSV` writes tables",
    "load_svmlight_file": "another program's format; `readCSV` reads tables",
    "load_svmlight_files": "another program's format; `readCSV` reads tables",
    "fetch_file": "`Foundation` downloads files",
    "load_files": "a data set of text files; this package learns from tables",
    "load_linnerud": "20 samples for multi-output regression; `makeRegression(nTargets:)` makes such data",
    "load_sample_image": "images are no tables", "load_sample_images": "images are no tables",
    "BernoulliRBM": "learns features without targets; `transform(x, layer:)` gives the features of a trained network",
    "BaseEnsemble": "a base class for subclasses, which values do not have",
    "GenericUnivariateSelect": "`SelectKBest`; other rules for the number of features are left out",
    "f_oneway": "`fClassif` computes it for every feature",
    "r_regression": "`fRegression` ranks features alike",
    "check_scoring": "scorers are typed values, which need no check",
    "get_scorer_names": "the compiler completes `Scorer.`",
    "consensus_score": "a score of biclusterings, which this package does not make",
    "cluster": CLUSTERS, "DistanceMetric": DISTANCES,
    "confusion_matrix_at_thresholds": "`rocCurve` and `precisionRecallCurve` have the rates at every threshold",
    "metric_at_thresholds": "compute the metric in a loop over the thresholds",
    "ParameterSampler": "`RandomizedSearchCV` draws the candidates itself",
    "BaseShuffleSplit": "conform to `CrossValidator`",
    "KernelCenterer": "this package has no kernels",
    "add_dummy_feature": "networks have intercepts",
    "binarize": FUNCTION.format("`Binarizer`"), "label_binarize": FUNCTION.format("`LabelBinarizer`"),
    "maxabs_scale": FUNCTION.format("`MaxAbsScaler`"), "minmax_scale": FUNCTION.format("`MinMaxScaler`"),
    "normalize": FUNCTION.format("`Normalizer`"), "power_transform": FUNCTION.format("`PowerTransformer`"),
    "quantile_transform": FUNCTION.format("`QuantileTransformer`"), "robust_scale": FUNCTION.format("`RobustScaler`"),
    "scale": FUNCTION.format("`StandardScaler`"),
    "coverage_error": RANKING, "label_ranking_loss": RANKING, "label_ranking_average_precision_score": RANKING,
    "DetCurveDisplay": "`RocCurveDisplay` shows the same rates",
    "make_low_rank_matrix": "`makeRegression(effectiveRank:)` makes its features so",
}
for reason, names in {
    DOWNLOADS: "fetch_20newsgroups fetch_20newsgroups_vectorized fetch_covtype fetch_kddcup99 fetch_lfw_pairs "
               "fetch_lfw_people fetch_olivetti_faces fetch_openml fetch_rcv1 fetch_species_distributions",
    SPARSE_DATA: "make_biclusters make_checkerboard make_sparse_coded_signal make_sparse_spd_matrix "
                 "make_sparse_uncorrelated make_spd_matrix",
    FACTORS: "DictionaryLearning FactorAnalysis FastICA IncrementalPCA KernelPCA LatentDirichletAllocation "
             "MiniBatchDictionaryLearning MiniBatchNMF MiniBatchSparsePCA NMF SparseCoder SparsePCA TruncatedSVD "
             "dict_learning dict_learning_online fastica non_negative_factorization randomized_svd sparse_encode",
    TREES: "AdaBoostClassifier AdaBoostRegressor ExtraTreesClassifier ExtraTreesRegressor GradientBoostingClassifier "
           "GradientBoostingRegressor HistGradientBoostingClassifier HistGradientBoostingRegressor IsolationForest "
           "RandomForestClassifier RandomForestRegressor RandomTreesEmbedding",
    SEARCHES: "RFE RFECV SelectFdr SelectFpr SelectFwe SelectPercentile SequentialFeatureSelector",
    "estimates by nearest neighbors, with random noise; `permutationImportance` measures what a model uses":
        "mutual_info_classif mutual_info_regression",
    CLUSTERS: "adjusted_mutual_info_score adjusted_rand_score calinski_harabasz_score completeness_score "
              "davies_bouldin_score fowlkes_mallows_score homogeneity_completeness_v_measure homogeneity_score "
              "mutual_info_score normalized_mutual_info_score pair_confusion_matrix rand_score silhouette_samples "
              "silhouette_score v_measure_score",
    DISTANCES: "euclidean_distances nan_euclidean_distances pairwise_distances pairwise_distances_argmin "
               "pairwise_distances_argmin_min pairwise_distances_chunked pairwise_kernels",
    NOT_YET: "CalibratedClassifierCV CalibrationDisplay calibration_curve IsotonicRegression check_increasing "
             "isotonic_regression FixedThresholdClassifier TunedThresholdClassifierCV BaggingClassifier BaggingRegressor "
             "StackingClassifier StackingRegressor VotingClassifier VotingRegressor auc class_likelihood_ratios "
             "d2_absolute_error_score d2_brier_score d2_log_loss_score d2_pinball_score d2_tweedie_score dcg_score det_curve "
             "hinge_loss mean_pinball_loss mean_tweedie_deviance ndcg_score precision_recall_fscore_support make_friedman1 "
             "make_friedman2 make_friedman3 make_gaussian_quantiles make_hastie_10_2 make_s_curve make_swiss_roll "
             "compute_class_weight compute_sample_weight",
}.items():
    REASONS |= {name: reason for name in names.split()}


def public_names(module):
    """The names that a module exports, or defines if it has no list of them."""
    found = importlib.import_module(f"sklearn.{module}")
    if hasattr(found, "__all__"):
        return sorted(found.__all__, key=str.lower)
    return sorted(
        (name for name, value in vars(found).items()
         if not name.startswith("_") and getattr(value, "__module__", "").startswith(f"sklearn.{module}")), key=str.lower)


def declarations():
    """The public types and functions in Sources."""
    pattern = re.compile(r"^public (?:func|struct|enum|protocol|typealias|final class) (\w+)", re.MULTILINE)
    return {name for path in (ROOT / "Sources").rglob("*.swift") for name in pattern.findall(path.read_text("utf-8"))}


def ours(name):
    """The name of the declaration by the rule of names."""
    if name in OURS:
        return OURS[name]
    if name[0].isupper():
        return name
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def row(name, known):
    declaration = ours(name)
    if declaration in known:
        return f"| `{name}` | `{declaration}` |"
    if name not in REASONS:
        sys.exit(f"{name} has neither a declaration {declaration} in Sources nor a reason in Scripts/coverage.py")
    return f"| `{name}` | {REASONS[name]} |"


def main():
    known, names = declarations(), {module: public_names(module) for module in MODULES}
    lines = [BEGIN, "", "## Every public name", "",
             "A name in the right column is the declaration of this package; a sentence is the reason why there is none, or "
             "what to use", "instead."]
    for module, own in names.items():
        lines += ["", f"### sklearn.{module}", "", "| scikit-learn | this package |", "|---|---|"]
        lines += [row(name, known) for name in own]
    lines += ["", END]
    text = PAGE.read_text("utf-8")
    if BEGIN in text:
        start, end = text.index(BEGIN), text.index(END) + len(END)
        text = text[:start] + "\n".join(lines) + text[end:]
    else:
        text = text.rstrip() + "\n\n" + "\n".join(lines) + "\n"
    PAGE.write_text(text, "utf-8")
    FIXTURE.parent.mkdir(parents=True, exist_ok=True)
    FIXTURE.write_text(json.dumps(names, indent=1) + "\n", "utf-8")


main()
