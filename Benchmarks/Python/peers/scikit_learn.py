"""scikit-learn as a peer: its estimators with the same parameters as this package."""

import time
import warnings

import numpy as np
import sklearn
from sklearn.datasets import load_iris
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier, MLPRegressor

from peer import BATCH_SIZE, microseconds_per_step, peak_memory, seconds_per_call, serve


def estimator(network):
    kind = MLPClassifier if network.task == "classification" else MLPRegressor
    # Disable convergence checks, so that each peer trains for the requested number of epochs.
    return kind(
        hidden_layer_sizes=network.layers[1:-1], batch_size=BATCH_SIZE, max_iter=network.epochs, random_state=1, tol=0,
        n_iter_no_change=np.inf)


def step(network):
    x, y = network.table()
    return microseconds_per_step(network, lambda: estimator(network).fit(x, y))


def losses(network):
    x, y = network.table()
    return lambda: estimator(network).fit(x, y).loss_curve_


def memory(network):
    x, y = network.table()

    def measure():
        estimator(network).fit(x, y)
        return peak_memory()

    return measure


def predict_one():
    x, y = load_iris(return_X_y=True)
    mlp = MLPClassifier((100,), max_iter=20, random_state=1).fit(x, y)
    row = x[:1]
    return lambda: seconds_per_call(lambda: mlp.predict(row)) * 1e6


def predict_many(network):
    x, y = network.table()
    mlp = estimator(network).fit(x, y)
    return lambda: seconds_per_call(lambda: mlp.predict(x)) * 1e3


def importance(network):
    x, y = network.table()
    mlp = estimator(network).fit(x, y)

    def measure():
        start = time.perf_counter()
        permutation_importance(mlp, x, y, n_repeats=10, random_state=0)
        return (time.perf_counter() - start) * 1e3

    return measure


def dependence(network):
    x, y = network.table()
    mlp = estimator(network).fit(x, y)
    return lambda: seconds_per_call(lambda: partial_dependence(mlp, x, [0], method="brute")) * 1e3


def grid():
    x, y = load_iris(return_X_y=True)
    parameters = {
        "activation": ["logistic", "tanh", "relu"], "alpha": [1e-4, 1e-2, 1], "hidden_layer_sizes": [(20,), (100,)]}

    def search():
        start = time.perf_counter()
        GridSearchCV(MLPClassifier(random_state=1), parameters, n_jobs=2, cv=5).fit(x, y)
        return time.perf_counter() - start

    # The first search starts the processes of the pool, which later searches reuse.
    search()
    return search


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    serve("scikit-learn", sklearn.__version__, {
        "step": step, "losses": losses, "memory": memory, "predictOne": predict_one, "predictMany": predict_many,
        "importance": importance, "dependence": dependence, "grid": grid})
