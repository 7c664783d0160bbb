"""Fits one library's default to one table; prints the error on the test rows and the seconds of fit and prediction."""

import sys
import time

import numpy
import pandas

model, folder, name, task, target = sys.argv[1:]
train, test = (pandas.read_csv(f"{folder}/{name}.{part}.csv") for part in ["train", "test"])
x, y, x_test, y_test = train.drop(columns=target), train[target], test.drop(columns=target), test[target]
words = [column for column in x if not pandas.api.types.is_numeric_dtype(x[column])]
numbers = [column for column in x if column not in words]
is_class = task == "cls"
if is_class:
    y, y_test = y.astype(str), y_test.astype(str)


def categories(frame):
    frame = frame.copy()
    for column in words:
        frame[column] = pandas.Categorical(frame[column], categories=sorted(x[column].dropna().unique()))
    return frame


def few_categories(frame):
    """The same with numbers instead of more categories than HistGradientBoosting takes."""
    frame = categories(frame)
    for column in words:
        if len(frame[column].cat.categories) > 255:
            frame[column] = frame[column].cat.codes.astype(float).where(frame[column].notna())
    return frame


def network():
    from sklearn.compose import TransformedTargetRegressor, make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    columns = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        (OneHotEncoder(handle_unknown="ignore"), words),
    )
    if is_class:
        return make_pipeline(columns, MLPClassifier(random_state=0))
    return make_pipeline(
        columns, TransformedTargetRegressor(MLPRegressor(random_state=0), transformer=StandardScaler())
    )


def estimator():
    if model == "mlp":
        return network(), lambda frame: frame
    if model == "histgb":
        from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

        kind = HistGradientBoostingClassifier if is_class else HistGradientBoostingRegressor
        return kind(random_state=0, categorical_features="from_dtype"), few_categories
    if model == "lgbm":
        import lightgbm

        return (lightgbm.LGBMClassifier if is_class else lightgbm.LGBMRegressor)(verbose=-1, random_state=0), categories
    if model == "catboost":
        import catboost

        kind = catboost.CatBoostClassifier if is_class else catboost.CatBoostRegressor
        fill = lambda frame: frame.assign(**{column: frame[column].fillna("nan").astype(str) for column in words})
        return kind(verbose=0, random_seed=0, cat_features=words, allow_writing_files=False), fill
    if model in ["realmlp", "realmlp1"]:
        import pytabkit

        kind = pytabkit.RealMLP_TD_Classifier if is_class else pytabkit.RealMLP_TD_Regressor
        medians = x[numbers].median()
        threads = 1 if model == "realmlp1" else None
        return kind(random_state=0, device="cpu", n_threads=threads), lambda frame: categories(frame).fillna(medians)
    raise SystemExit(f"unknown model {model}")


found, prepare = estimator()
start = time.perf_counter()
found.fit(prepare(x), y)
if is_class:
    p = found.predict_proba(prepare(x_test))
    column = {label: number for number, label in enumerate(numpy.unique(y))}
    chosen = p[numpy.arange(len(y_test)), [column[label] for label in y_test]]
    error = -numpy.log(numpy.clip(chosen, 1e-15, 1)).mean()
else:
    p = numpy.asarray(found.predict(prepare(x_test))).ravel()
    error = numpy.sqrt(numpy.mean((p - y_test) ** 2)) / y_test.std(ddof=0)
print(f"{error:.6f} {time.perf_counter() - start:.2f}")
