"""The tables that the peers train on. Each is written to files once, and all peers read these files."""

import os
import pathlib

import numpy as np


def california_housing(folder):
    """The training rows of the real table, with fetch_california_housing's columns; None if the file is missing."""
    file = pathlib.Path(folder) / "cal_housing.data" if folder else None
    if file is None or not file.exists():
        return None
    table = np.loadtxt(file, delimiter=",")[:, [8, 7, 2, 3, 4, 5, 6, 1, 0]]
    y, x = table[:, 0] / 100000.0, table[:, 1:]
    x[:, 2] /= x[:, 5]
    x[:, 3] /= x[:, 5]
    x[:, 5] = x[:, 4] / x[:, 5]
    x = (x - x.mean(0)) / x.std(0)
    return x[:16512], y[:16512]


def synthetic(rows, features, classes=None):
    """Normal features, and targets that depend on all of them: weighted sums, or the class with the largest sum."""
    random = np.random.RandomState(0)
    x = random.standard_normal((rows, features))
    sums = x @ random.standard_normal((features, classes or 1)) / np.sqrt(features)
    sums += 0.1 * random.standard_normal(sums.shape)
    return x, sums.argmax(1) if classes else sums[:, 0]


class Tables:
    """The networks by name, and a folder with the files of their tables."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        # "real" or "synthetic"; None if it was not requested.
        self.housing = None

    def network(self, name, scalar, epochs, rows=None):
        """Returns the description of a network for a request. Writes its files when they are first needed.

        The table has the network's own number of rows. For any other number of rows it is synthetic.
        """
        layers, task, its_rows = {
            "housing": ([8, 100, 1], "regression", 16512),
            "mid": ([784, 256, 128, 10], "classification", 20000),
            "big": ([784, 1024, 1024, 10], "classification", 20000),
            "explained": ([20, 100, 3], "classification", 20000),
        }[name]
        rows = rows or its_rows
        x, y = self._files(layers, task, rows, scalar, may_be_real=name == "housing" and rows == its_rows)
        return {
            "layers": layers, "task": task, "scalar": scalar, "rows": rows, "epochs": epochs, "x": str(x), "y": str(y)}

    def _files(self, layers, task, rows, scalar, may_be_real):
        stem = f"{rows}x{layers[0]}"
        files = self.folder / f"{stem}.{scalar}", self.folder / f"{stem}.y"
        if not all(file.exists() for file in files):
            real = california_housing(os.environ.get("SWIFT_MLP_DATA")) if may_be_real else None
            if may_be_real:
                self.housing = "real" if real else "synthetic"
            x, y = real or synthetic(rows, layers[0], layers[-1] if task == "classification" else None)
            x.astype({"f32": np.float32, "f64": np.float64}[scalar]).tofile(files[0])
            y.astype(np.float64).tofile(files[1])
        return files
