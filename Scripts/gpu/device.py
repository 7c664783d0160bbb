"""A device that is this machine: launches the kernels as the Swift side does, in the same sequences."""

import ctypes

import numpy as np

from reference import ADAM, IDENTITY, KEEP, OUT_ACTIVATION, STORED

STEP = np.dtype(
    [(name, "f8") for name in ("rate", "beta1", "beta2", "epsilon", "shrinkage", "weight_sum")]
    + [("dropout_key", "u8"), ("dropout_rate", "f8")])
RESULT = np.dtype([("loss_sum", "f8"), ("squared_norm", "f8")])
PROGRESS = np.dtype([("step", "i4"), ("unused", "i4"), ("squared_norm", "f8")])
RUN = np.dtype(
    [(name, "u8") for name in (
        "features", "targets", "weights", "levels", "order", "steps", "results", "parameters", "moment1", "moment2",
        "snapshots")]
    + [(name, "f8") for name in ("alpha", "dropout_rate", "target_factor", "target_offset", "margin", "maximum_norm")]
    + [(name, "i4") for name in (
        "samples", "batch", "epochs", "layers", "activation", "derivative", "out_activation", "loss", "rule", "unused")]
    + [("units", "i4", 9), ("padding", "i4")])


def up(a, b):
    return -(-a // b)


class I64(int):
    """An argument of 64 bits."""


class Library:
    def __init__(self, path):
        self.library = ctypes.CDLL(str(path))

    def order(self, kind, seed=0):
        self.library.cuda_kernels_order(kind, seed)

    def launch(self, name, grid, block, *arguments, shared=0):
        """Runs a kernel. Fails if it has a fault."""
        status = self.status(name, grid, block, *arguments, shared=shared)
        if status != 0:
            raise AssertionError(f"{name}: launch failed with {status}")

    def address(self, array):
        """The address of an array on the device."""
        return array.ctypes.data

    def value(self, argument):
        """An argument as the kernel receives it."""
        if argument is None:
            return ctypes.c_void_p(0)
        if isinstance(argument, np.ndarray):
            assert argument.flags.c_contiguous
            return ctypes.c_void_p(self.address(argument))
        if isinstance(argument, float):
            return ctypes.c_double(argument)
        if isinstance(argument, I64):
            return ctypes.c_longlong(argument)
        return ctypes.c_int(argument)

    def status(self, name, grid, block, *arguments, shared=0):
        values = [self.value(argument) for argument in arguments]
        pointers = (ctypes.c_void_p * len(values))(*[ctypes.addressof(value) for value in values])
        grid = tuple(grid) + (1,) * (3 - len(grid))
        return self.library.cuda_kernels_launch(name.encode(), *grid, block, 1, 1, shared, pointers)


def steps_of(count, rule, weight_sums, rate=1e-2, key=17, shrinkage=0.0):
    """The settings of `count` steps whose rate grows a little."""
    steps = np.zeros(count, STEP)
    steps["rate"] = rate * (1 + 0.1 * np.arange(count))
    steps["beta1"], steps["beta2"], steps["epsilon"] = 0.9, 0.999, 1e-8
    steps["shrinkage"] = shrinkage
    steps["weight_sum"] = weight_sums
    steps["dropout_key"] = key + 1000 * np.arange(count)
    return steps


class Trainer:
    """A run on the device."""

    def __init__(self, library, network, settings, real, x, y, weights, batch, large=None, splits=1):
        self.library, self.network, self.settings, self.real = library, network, settings, real
        self.suffix = "_f32" if real == np.float32 else "_f64"
        self.x, self.y = x.astype(real), y.astype(real)
        self.weights = None if weights is None else weights.astype(real)
        self.levels = None if settings.levels is None else settings.levels.astype(real)
        self.batch, self.large, self.splits = batch, large, splits
        # Numbers that nothing has written are NaN, as on a device that nobody clears.
        empty = lambda *shape: np.full(shape, np.nan, real)
        self.parameters = network.parameters.astype(real)
        self.moments = [np.zeros_like(self.parameters) for _ in range(2 if settings.rule == ADAM else 1)] + [None]
        self.gradient = empty(splits, network.parameter_count)
        self.values = [empty(batch, units) for units in network.units]
        self.slopes = [empty(batch, units) if settings.stores_slopes else None for units in network.units]
        self.deltas = [empty(batch, units) for units in network.units]
        self.losses, self.squares, self.norms = (np.full(2_000, np.nan) for _ in range(3))
        self.progress = np.zeros(1, PROGRESS)
        self.passes = up(network.parameter_count, 4096)
        count = up(network.coefficient_count, 4096)
        self.launch("squares", (count,), 256, self.parameters, I64(network.coefficient_count), self.squares)
        self.launch("finish", (1,), 256, self.progress, None, None, 0, self.squares, count)

    def launch(self, name, grid, block, *arguments):
        self.library.launch(name + self.suffix, grid, block, *arguments)

    def tile(self, name, m, n):
        """The kernel for a result of m × n, and the rows and columns of its tile."""
        large = up(m, 64) * up(n, 64) >= 128 if self.large is None else self.large
        return (name + "_large", 64, 64) if large else (name + "_small", 16, 32)

    def forward(self, rows, order, progress, steps):
        network, settings = self.network, self.settings
        for index, (a, b) in enumerate(network.pairs):
            offset, intercept = network.offsets[index]
            w, bias = self.parameters[offset:], self.parameters[intercept:]
            inputs, of = (self.x, order) if index == 0 else (self.values[index], None)
            is_last = index == len(network.pairs) - 1
            factor = 1 - settings.smoothing
            classes = b if settings.loss == 2 else 2
            comparison = (
                OUT_ACTIVATION[settings.loss], settings.loss, float(factor), settings.smoothing / classes,
                settings.margin)
            if is_last and b <= 32:
                self.launch(
                    "output_layer", (up(rows, 16),), 128, inputs, of, order, progress, self.batch, w, bias, self.y,
                    self.weights, self.levels, self.deltas[-1], self.losses, rows, a, b, *comparison)
                self.loss_count = up(rows, 16)
                continue
            name, height, width = self.tile("forward", rows, b)
            target = self.deltas[-1] if is_last else self.values[index + 1]
            self.launch(
                name, (up(rows, height), up(b, width)), 128, inputs, of, progress, self.batch, steps, w, bias, target,
                None if is_last else self.slopes[index + 1], rows, a, b, IDENTITY if is_last else settings.activation,
                index, 0.0 if is_last else settings.dropout)
            if is_last:
                self.launch(
                    "output_rows", (up(rows, 4),), 128, order, progress, self.batch, self.y, self.weights, self.levels,
                    self.deltas[-1], self.losses, rows, b, *comparison)
                self.loss_count = up(rows, 4)

    def backward(self, rows, order, progress, steps, rule):
        network, settings = self.network, self.settings
        squares = 0
        for index in reversed(range(len(network.pairs))):
            (a, b), (offset, intercept) = network.pairs[index], network.offsets[index]
            below = self.slopes[index] if settings.stores_slopes else self.values[index]
            if index:
                name, height, width = self.tile("backward", rows, a)
                self.launch(
                    name, (up(rows, height), up(a, width)), 128, self.deltas[index + 1], self.parameters[offset:],
                    below, self.deltas[index], rows, a, b, STORED if settings.stores_slopes else settings.activation)
            name, height, width = self.tile("gradient", a, b)
            kept = rule == KEEP
            self.launch(
                name, (up(b, width), up(a, height), self.splits), 128, self.x if index == 0 else self.values[index],
                order if index == 0 else None, progress, self.batch, steps, self.deltas[index + 1], self.parameters,
                self.moments[0], self.moments[1], self.gradient if kept else None,
                None if kept else self.squares[squares:], rows, a, b, I64(offset), I64(intercept),
                I64(network.parameter_count), rule, settings.alpha)
            squares += up(b, width) * up(a, height)
        return squares

    def step(self, rows, order, steps, results):
        network, settings = self.network, self.settings
        self.forward(rows, order, self.progress, steps)
        kept = settings.clip > 0 or self.splits > 1
        squares = self.backward(rows, order, self.progress, steps, KEEP if kept else settings.rule)
        if kept:
            squares, splits, alpha = self.passes, self.splits, settings.alpha
            counts = (I64(network.coefficient_count), I64(network.parameter_count))
            if settings.clip > 0:
                self.launch(
                    "collect", (self.passes,), 256, self.progress, steps, self.parameters, self.gradient, self.norms,
                    self.splits, *counts, alpha)
                splits, alpha = 1, 0.0
            self.launch(
                "apply", (self.passes,), 256, self.progress, steps, self.parameters, self.gradient, self.moments[0],
                self.moments[1], self.squares, self.norms if settings.clip > 0 else None, self.passes, settings.clip,
                splits, *counts, settings.rule, alpha)
        self.launch(
            "finish", (1,), 256, self.progress, results, self.losses, self.loss_count, self.squares, squares)

    def epoch(self, order, steps):
        self.progress["step"] = 0
        results = np.zeros(len(steps), RESULT)
        for index in range(len(steps)):
            self.step(min(self.batch, len(order) - index * self.batch), order, steps, results)
        return results

    def objective(self, steps):
        """The sums of the loss and of squares, and the gradient, of all samples."""
        network, settings = self.network, self.settings
        self.progress["step"] = 0
        results = np.zeros(1, RESULT)
        self.forward(len(self.x), None, self.progress, steps)
        self.backward(len(self.x), None, self.progress, steps, KEEP)
        self.launch(
            "collect", (self.passes,), 256, self.progress, steps, self.parameters, self.gradient, None, self.splits,
            I64(network.coefficient_count), I64(network.parameter_count), settings.alpha)
        self.launch("finish", (1,), 256, self.progress, results, self.losses, self.loss_count, self.squares, 1)
        return results[0], self.gradient[0]
