"""The layers of networks for tables that are not products: steps on a device, and the same in plain NumPy.

The network has an input layer, a scale layer and a parametric activation. Its loss is Σ error · output, with constant
errors.
"""

import itertools

import numpy as np

import reference as ref
from device import PROGRESS, steps_of, up

PERIODIC, PIECEWISE_LINEAR = 1, 2
TABLE = np.dtype(
    [(name, "u8") for name in ("numbers", "positions", "indicators", "codes", "embeddings")]
    + [(name, "i4") for name in (
        "number_count", "indicator_count", "column_count", "embedding", "parts", "size", "category_size", "width")])
FACTORS = ("rate", "decay", "epsilon")
RANGE = np.dtype([("start", "i8"), ("count", "i8")] + [(name, "f8") for name in FACTORS])

# All kernels have several blocks.
BATCH, BATCHES, NUMBERS, INDICATORS, PARTS, SIZE, CATEGORY_SIZE = 50, 2, 4, 2, 5, 7, 3
CATEGORIES = np.array([100, 4])
WIDTH = NUMBERS * (SIZE + 1) + INDICATORS + len(CATEGORIES) * CATEGORY_SIZE
# The scale layer has the number 0.
LAYER = 1


class TableNetwork:
    """A network with its samples. The parameters are those of numbers and of categories, the factors and the shares."""

    def __init__(self, embedding, generator):
        self.embedding = embedding
        samples = BATCH * BATCHES
        self.numbers = generator.normal(size=(samples, NUMBERS))
        self.positions = generator.uniform(0, PARTS, size=(samples, NUMBERS))
        # The ends of the bins.
        self.positions[:PARTS + 1] = np.arange(PARTS + 1)[:, None]
        self.indicators = generator.integers(2, size=(samples, INDICATORS)).astype(float)
        self.codes = generator.integers(CATEGORIES, size=(samples, len(CATEGORIES)), dtype=np.int32)
        self.errors = generator.normal(size=(BATCHES, BATCH, WIDTH))
        self.order = generator.permutation(samples).astype(np.int32)
        self.steps = steps_of(BATCHES, ref.ADAM, generator.uniform(20, 30, size=BATCHES), shrinkage=0.01)
        # Adam would make as much of a gradient that is 0 but for rounding as of others.
        self.steps["epsilon"], self.steps["dropout_rate"] = 1e-2, 0.2

        counts = [
            NUMBERS * ((2 * PARTS if embedding == PERIODIC else 0) + (PARTS + 1) * SIZE),
            int(CATEGORIES.sum()) * CATEGORY_SIZE, WIDTH, WIDTH]
        self.numeric, self.categories, self.factors, self.shares = (
            slice(end - count, end) for count, end in zip(counts, itertools.accumulate(counts)))
        self.embeddings = self.categories.start + CATEGORY_SIZE * (np.cumsum(CATEGORIES) - CATEGORIES)
        self.parameter_count = self.coefficient_count = sum(counts)
        self.parameters = generator.normal(size=self.parameter_count)
        self.ranges = np.zeros(len(counts), RANGE)
        self.ranges["start"], self.ranges["count"] = np.cumsum(counts) - counts, counts
        # The shares only decay.
        self.ranges["rate"], self.ranges["decay"], self.ranges["epsilon"] = [0.5, 1, 2, 0], [0, 1, 2, 0.5], [1, 2, 1, 1]


def train(library, network, real):
    """Trains on the device. Returns the outputs, the gradient and the parameters after each step."""
    numbers, positions, indicators, errors, parameters = (
        array.astype(real) for array in (
            network.numbers, network.positions, network.indicators, network.errors, network.parameters))
    table = np.array([(
        *(library.address(array) for array in (numbers, positions, indicators, network.codes, network.embeddings)),
        NUMBERS, INDICATORS, len(CATEGORIES), network.embedding, PARTS, SIZE, CATEGORY_SIZE, WIDTH)], TABLE)
    features, values, slopes, excess = (np.full((BATCH, WIDTH), np.nan, real) for _ in range(4))
    means, squares, gradient = np.zeros_like(parameters), np.zeros_like(parameters), np.full_like(parameters, np.nan)
    factors, shares = parameters[network.factors], parameters[network.shares]
    progress = np.zeros(1, PROGRESS)

    def launch(name, blocks, *arguments):
        library.launch(name + ("_f32" if real == np.float32 else "_f64"), (blocks,), 256, *arguments)

    for index in range(BATCHES):
        progress["step"] = index
        delta, batch, steps = errors[index], (table, network.order, progress, BATCH), (progress, network.steps)
        launch("table_inputs", up(values.size, 256), *batch, parameters, factors, features, values, BATCH)
        launch(
            "parametric", up(values.size, 256), *steps, values, slopes, excess, shares, BATCH, WIDTH, ref.TANH, LAYER)
        # The gradient of categories that are not in the batch. Of others, NaN would show that nothing writes them.
        gradient[network.categories] = 0
        for terms, of_delta, stride, place in (
                (excess, slopes, WIDTH, network.shares), (features, factors, 0, network.factors)):
            launch(
                "multiply_delta", up(WIDTH, 32), *steps, delta, terms, of_delta, stride, gradient[place], BATCH, WIDTH)
        batch += (network.steps,)
        launch("number_gradient", up(network.numeric.stop, 32), *batch, parameters, delta, gradient, BATCH)
        launch(
            "category_gradient", up(BATCH * len(CATEGORIES) * CATEGORY_SIZE, 256), *batch, delta, gradient, BATCH)
        launch("update_ranges", len(network.ranges), *steps, network.ranges, parameters, means, squares, gradient)
        yield values.copy(), gradient.copy(), parameters.copy()


def dropout(step):
    """What dropout multiplies the values of the layer by."""
    key = int(ref.random_bits(step["dropout_key"], np.array([LAYER]))[0])
    x = np.uint32(key % 2**32) + np.arange(BATCH * WIDTH, dtype=np.uint32) * np.uint32(0x9E3779B9)
    x = (x ^ (x >> 16) ^ np.uint32(key >> 32)) * np.uint32(0x85EBCA6B)
    x = (x ^ (x >> 13)) * np.uint32(0xC2B2AE35)
    is_dropped = x ^ (x >> 16) < int(step["dropout_rate"] * 2.0**32)
    return np.where(is_dropped, 0, 1 / (1 - step["dropout_rate"])).reshape(BATCH, WIDTH)


def outputs(network, parameters, rows, kept):
    """The network's outputs for some samples. The parameters may be complex."""
    columns = []
    for number, p in enumerate(parameters[network.numeric].reshape(NUMBERS, -1)):
        mix = p[-(PARTS + 1) * SIZE:].reshape(PARTS + 1, SIZE)
        if network.embedding == PERIODIC:
            x = network.numbers[rows, number, None]
            parts = np.cos(2 * np.pi * p[:PARTS] * x + p[PARTS:2 * PARTS])
        else:
            parts = np.clip(network.positions[rows, number, None] - np.arange(PARTS), 0, 1)
        columns.append(parts @ mix[:-1] + mix[-1])
    places = (network.embeddings + network.codes[rows] * CATEGORY_SIZE)[:, :, None] + np.arange(CATEGORY_SIZE)
    columns += [network.numbers[rows], network.indicators[rows], parameters[places].reshape(len(rows), -1)]
    z = np.concatenate(columns, axis=1) * parameters[network.factors]
    return kept * (z + parameters[network.shares] * (np.tanh(z) - z))


def expect(network):
    """The same in NumPy. Derivatives are by complex steps, which have no error of differences."""
    state = (network.parameters, np.zeros(network.parameter_count), np.zeros(network.parameter_count))
    rate, decay, epsilon = (np.repeat(network.ranges[name], network.ranges["count"]) for name in FACTORS)
    for index, step in enumerate(network.steps):
        rows, kept = network.order[index * BATCH:(index + 1) * BATCH], dropout(step)
        gradient = np.array([
            (network.errors[index] * outputs(network, state[0] + 1e-30j * unit, rows, kept)).sum().imag / 1e-30
            for unit in np.eye(network.parameter_count)]) / step["weight_sum"]
        values = outputs(network, state[0], rows, kept)
        settings = dict(
            rate=step["rate"] * rate, shrinkage=step["shrinkage"] * decay, epsilon=step["epsilon"] * epsilon,
            beta1=step["beta1"], beta2=step["beta2"])
        state = ref.update(network, state, gradient, ref.ADAM, settings, clip=0)
        yield values, gradient, state[0]
