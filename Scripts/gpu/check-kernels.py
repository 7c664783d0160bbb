#!/usr/bin/env python3
"""Compares the kernels, compiled for this machine, with plain NumPy; and proves training steps free of races.

    check-kernels.py LIBRARY WATCHED [NAME]

LIBRARY and WATCHED are from Scripts/gpu/build-host-kernels.sh, the second with --races. NAME selects tests.

Each test trains or computes in both precisions, unless it says otherwise.
"""

import os
import sys
import time

# Matrices are small: more threads would only wait.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

import reference as ref
import tables
from device import PROGRESS, RESULT, RUN, STEP, I64, Library, Trainer, steps_of, up
from reference import ADAM, KEEP, NESTEROV, SGD, Network, Settings

REALS = [np.float64, np.float32]
SHAPES = [(1, 1), (1, 1, 1), (7, 13, 3), (8, 100, 1), (4, 33, 65, 40), (65, 64, 32)]
REGRESSIONS = [ref.SQUARED, ref.POISSON, ref.ABSOLUTE, ref.HUBER, ref.QUANTILE, ref.GAMMA]
worst = {}
started = time.time()


def tolerance(real):
    return 1e-12 if real == np.float64 else 1e-5


def compare(what, got, expected, real, factor=1.0):
    """Fails if numbers differ by more than the tolerance, relative to the largest."""
    got, expected = np.asarray(got, float), np.asarray(expected, float)
    scale = np.abs(expected).max() + 1e-3
    difference = np.abs(got - expected).max() / scale
    group = (what.split(":")[0], np.dtype(real).name)
    worst[group] = max(worst.get(group, 0), difference)
    # NaN is never below a limit.
    assert difference <= factor * tolerance(real), f"{what} {np.dtype(real).name}: {difference:.2e}"


def data(generator, loss, samples, features, outputs):
    x = generator.normal(size=(samples, features))
    if loss == ref.LOG:
        y = np.eye(outputs)[generator.integers(outputs, size=samples)]
    elif loss == ref.BINARY_LOG:
        y = generator.integers(2, size=(samples, outputs)).astype(float)
    elif loss in (ref.POISSON, ref.GAMMA):
        y = generator.gamma(2, size=(samples, outputs)) + 0.1
        if loss == ref.POISSON:
            y = np.round(y)
    else:
        y = generator.normal(size=(samples, outputs))
    return x, y


def levels(loss, outputs):
    if loss == ref.HUBER:
        return np.full(outputs, 0.7)
    if loss == ref.QUANTILE:
        return (np.arange(outputs) + 1) / (outputs + 1)
    return np.zeros(outputs) if loss in (ref.ABSOLUTE, ref.GAMMA) else None


def random_case(generator, units, loss, weighted, samples):
    network = Network(units, generator)
    x, y = data(generator, loss, samples, units[0], units[-1])
    weights = generator.uniform(0.5, 2, size=samples) if weighted else None
    return network, x, y, weights


def train(library, network, settings, real, x, y, weights, batch, epochs=2, large=None, splits=1, shrinkage=0.0):
    """Trains on the device. Returns the results of all steps, the parameters and the trainer."""
    trainer = Trainer(library, network, settings, real, x, y, weights, batch, large, splits)
    generator = np.random.default_rng(5)
    results = []
    for epoch in range(epochs):
        order = generator.permutation(len(x)).astype(np.int32)
        results.append(trainer.epoch(order, epoch_steps(settings, len(x), weights, batch, order, epoch, shrinkage)))
    return np.concatenate(results), trainer.parameters, trainer


def epoch_steps(settings, samples, weights, batch, order, epoch, shrinkage=0.0):
    count = up(samples, batch)
    used = np.ones(samples) if weights is None else weights
    sums = [used[order[i * batch:(i + 1) * batch]].sum() for i in range(count)]
    return steps_of(count, settings.rule, sums, key=17 + epoch, shrinkage=shrinkage)


def expect(network, settings, x, y, weights, batch, epochs=2, shrinkage=0.0):
    """The same in NumPy."""
    generator = np.random.default_rng(5)
    used = np.ones(len(x)) if weights is None else weights
    state = (network.parameters.copy(), np.zeros(network.parameter_count), np.zeros(network.parameter_count))
    results = []
    for epoch in range(epochs):
        order = generator.permutation(len(x))
        steps = epoch_steps(settings, len(x), weights, batch, order, epoch, shrinkage)
        for index, step in enumerate(steps):
            rows = order[index * batch:(index + 1) * batch]
            loss, norm, gradient = ref.loss_and_gradient(
                network, state[0], settings, x[rows], y[rows], used[rows], step["dropout_key"])
            results.append((loss, norm))
            state = ref.update(network, state, gradient, settings.rule, step, settings.clip)
    return np.array(results), state[0]


def check_training(library, what, network, settings, x, y, weights, batch, factor=1.0, **options):
    for real in REALS:
        results, parameters, _ = train(library, network, settings, real, x, y, weights, batch, **options)
        expected, expected_parameters = expect(
            network, settings, x, y, weights, batch, shrinkage=options.get("shrinkage", 0.0))
        compare(what + ": loss", results["loss_sum"], expected[:, 0], real, factor)
        compare(what + ": norm", results["squared_norm"], expected[:, 1], real, factor)
        compare(what + ": parameters", parameters, expected_parameters, real, factor)


# MARK: Tests


def test_reference(_):
    """The reference's gradient is the derivative of its loss."""
    generator = np.random.default_rng(1)
    for loss in [*REGRESSIONS, ref.LOG, ref.BINARY_LOG]:
        for activation in ref.HIDDEN:
            network, x, y, weights = random_case(generator, (5, 6, 3), loss, True, 11)
            settings = Settings(activation, loss, levels=levels(loss, 3), dropout=0.2 if activation % 2 else 0)
            # A divisor of the squared error is left out of its derivative.
            divisor = 3 if loss == ref.SQUARED else 1
            settings.alpha = 0
            _, _, gradient = ref.loss_and_gradient(network, network.parameters, settings, x, y, weights, 3)
            for i in generator.integers(network.parameter_count, size=6):
                shifted = []
                for h in (-1e-5, 1e-5):
                    parameters = network.parameters.copy()
                    parameters[i] += h
                    shifted.append(ref.loss_and_gradient(network, parameters, settings, x, y, weights, 3)[0])
                numeric = divisor * (shifted[1] - shifted[0]) / 2e-5 / weights.sum()
                assert abs(numeric - gradient[i]) < 2e-6 * (1 + abs(numeric)), (loss, activation, numeric, gradient[i])


def test_losses_and_activations(library):
    """Every loss, and every activation, trains as in NumPy."""
    generator = np.random.default_rng(2)
    for index, loss in enumerate([*REGRESSIONS, ref.LOG, ref.BINARY_LOG]):
        for outputs in (1, 3, 40):
            network, x, y, weights = random_case(generator, (7, 13, outputs), loss, index % 2 == 0, 50)
            # Absolute errors have derivatives that jump, so that a sum in another order may change a step.
            settings = Settings(ref.TANH, loss, SGD, levels=levels(loss, outputs))
            check_training(library, "losses", network, settings, x, y, weights, 16)
    for activation in ref.HIDDEN:
        network, x, y, weights = random_case(generator, (7, 13, 9, 3), ref.LOG, True, 40)
        check_training(library, "activations", network, Settings(activation, rule=SGD), x, y, weights, 16)


def test_shapes(library):
    """Odd shapes and batches, with both tiles."""
    generator = np.random.default_rng(3)
    for units in SHAPES:
        for samples, batch in [(1, 1), (20, 7), (131, 70)]:
            loss = ref.LOG if units[-1] > 1 else ref.SQUARED
            network, x, y, weights = random_case(generator, units, loss, False, samples)
            for large in (False, True):
                check_training(
                    library, "shapes", network, Settings(ref.TANH, loss, SGD), x, y, weights, batch, large=large)


def test_rules(library):
    """Every rule, with and without clipping, splits, dropout, smoothing and shrinkage."""
    generator = np.random.default_rng(4)
    network, x, y, weights = random_case(generator, (7, 33, 12, 3), ref.LOG, True, 90)
    for rule in (SGD, NESTEROV, ADAM):
        check_training(library, "rules", network, Settings(ref.TANH, rule=rule), x, y, weights, 32)
        check_training(library, "splits", network, Settings(ref.TANH, rule=rule), x, y, weights, 32, splits=3)
        check_training(library, "clipping", network, Settings(ref.TANH, rule=rule, clip=0.05), x, y, weights, 32)
        check_training(
            library, "clipping", network, Settings(ref.TANH, rule=rule, clip=1e3), x, y, weights, 32, splits=3)
    check_training(
        library, "shrinkage", network, Settings(ref.TANH, rule=ADAM, alpha=0.0), x, y, weights, 32, shrinkage=0.02)
    for activation in (ref.RELU, ref.LOGISTIC, ref.GELU):
        settings = Settings(activation, rule=SGD, dropout=0.3, smoothing=0.1)
        check_training(library, "dropout", network, settings, x, y, weights, 32)


def test_large_network(library):
    """784-256-128-10 for a few steps."""
    generator = np.random.default_rng(6)
    network, x, y, weights = random_case(generator, (784, 256, 128, 10), ref.LOG, False, 250)
    settings = Settings(ref.RELU, rule=SGD)
    for large in (False, True):
        check_training(library, "784-256-128-10", network, settings, x, y, weights, 200, large=large)


def test_objective(library):
    """The loss of all samples and its gradient, in several splits."""
    generator = np.random.default_rng(7)
    for splits in (1, 4):
        for real in REALS:
            network, x, y, weights = random_case(generator, (9, 20, 35, 2), ref.BINARY_LOG, True, 301)
            settings = Settings(ref.TANH, ref.BINARY_LOG)
            trainer = Trainer(library, network, settings, real, x, y, weights, 301, splits=splits)
            result, gradient = trainer.objective(steps_of(1, KEEP, [weights.sum()]))
            loss, norm, expected = ref.loss_and_gradient(
                network, network.parameters, trainer.settings, x, y, weights)
            compare("objective: loss", result["loss_sum"], loss, real)
            compare("objective: norm", result["squared_norm"], norm, real)
            compare("objective: gradient", gradient, expected, real)


def test_evaluation(library):
    """Outputs without targets, for a layer in one launch and in two."""
    generator = np.random.default_rng(8)
    for outputs in (1, 3, 40):
        for loss in (ref.SQUARED, ref.LOG, ref.BINARY_LOG, ref.POISSON):
            network, x, _, _ = random_case(generator, (6, 11, outputs), loss, False, 45)
            for real in REALS:
                trainer = Trainer(library, network, Settings(ref.GELU, loss), real, x, np.zeros((1, 1)), None, 45)
                trainer.settings.dropout = 0
                trainer.y, trainer.losses = None, None
                trainer.forward(45, None, None, None)
                (w1, b1), (w2, b2) = (network.layer(network.parameters, index) for index in (0, 1))
                expected = ref.activate(ref.OUT_ACTIVATION[loss], ref.activate(ref.GELU, x @ w1 + b1) @ w2 + b2)
                compare("evaluation", trainer.deltas[-1], expected, real)


def test_precision_of_products(library):
    """The error of Float's products is that of plain Float arithmetic."""
    generator = np.random.default_rng(9)
    x, network = generator.normal(size=(64, 784)), Network((784, 64), generator)
    w, b = network.layer(network.parameters.astype(np.float32), 0)
    x = x.astype(np.float32)
    exact = x.astype(float) @ w.astype(float) + b
    for large in (0, 1):
        values = np.zeros((64, 64), np.float32)
        height, width = (64, 64) if large else (16, 32)
        library.launch(
            "forward_large_f32" if large else "forward_small_f32", (64 // height, 64 // width), 128, x, None, None, 0,
            None, w, b, values, None, 64, 784, 64, ref.IDENTITY, 0, 0.0)
        plain = np.zeros((64, 64), np.float32) + b
        for k in range(784):
            plain += x[:, k:k + 1] * w[k]
        scale = np.abs(exact).max()
        ours, theirs = np.abs(values - exact).max() / scale, np.abs(plain - exact).max() / scale
        worst[("products of Float, three TF32", "float32")] = ours
        worst[("products of Float, plain", "float32")] = theirs
        assert ours < 2 * theirs, (ours, theirs)


def test_not_a_number(library):
    """NaN and infinities in a batch appear in its loss."""
    generator = np.random.default_rng(10)
    for real in REALS:
        for value in (np.nan, np.inf, 1e30):
            for activation in (ref.RELU, ref.IDENTITY):
                network, x, y, weights = random_case(generator, (40, 13, 3), ref.LOG, False, 20)
                x[3, 5] = value
                network.parameters[:network.coefficient_count] *= 1e10
                settings = Settings(activation, rule=SGD)
                results, _, _ = train(library, network, settings, real, x, y, weights, 20, epochs=3)
                is_overflow = value == 1e30 and real == np.float64
                assert is_overflow or not np.isfinite(results["loss_sum"][-1]), (real, value, activation)


def case_for_bits(seed=11):
    generator = np.random.default_rng(seed)
    network, x, y, weights = random_case(generator, (9, 40, 33, 3), ref.LOG, True, 75)
    return network, x, y, weights


def variants():
    """Settings that together launch every kernel that trains a network of dense layers alone."""
    for loss, outputs in ((ref.LOG, 3), (ref.LOG, 40), (ref.BINARY_LOG, 40)):
        for large in (False, True):
            for splits, clip in ((1, 0.0), (3, 0.0), (2, 0.1)):
                yield loss, outputs, large, splits, clip


def test_same_bits_in_any_order(library):
    """Blocks, warps and lanes in another order do not change a bit."""
    for loss, outputs, large, splits, clip in variants():
        generator = np.random.default_rng(12)
        network, x, y, weights = random_case(generator, (9, 40, 33, outputs), loss, True, 75)
        settings = Settings(ref.GELU, loss, clip=clip, dropout=0.2)
        for real in REALS:
            bits = set()
            for kind, seed in ((0, 0), (1, 0), (2, 1), (2, 2)):
                library.order(kind, seed)
                results, parameters, _ = train(
                    library, network, settings, real, x, y, weights, 40, large=large, splits=splits, epochs=1)
                bits.add((results.tobytes(), parameters.tobytes()))
            library.order(0)
            assert len(bits) == 1, (loss, outputs, large, splits, clip, real)


def test_watch_finds_races(watched):
    """Planted faults are found, and nothing else."""
    expected = {
        "none": 0, "none_in_warps": 0, "none_in_copies": 0, "no_barrier": 3, "sum_of_warp": 3, "barrier_of_warps": 3,
        "blocks": 3, "copy": 3, "divergence": 4}
    # The reports are not for the reader of this test.
    errors, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    found = {}
    for kind, seed in ((0, 0), (1, 0), (2, 1)):
        watched.order(kind, seed)
        for name in expected:
            blocks = 1 if "cop" in name else 2
            found[name, kind] = watched.status("planted_" + name, (blocks,), 64, np.zeros(256))
    os.dup2(errors, 2)
    watched.order(0)
    for (name, kind), status in found.items():
        assert status == expected[name], (name, kind, status)


def test_no_races(watched):
    """No two threads access the same place without a barrier between them, of which one writes."""
    for loss, outputs, large, splits, clip in variants():
        generator = np.random.default_rng(13)
        network, x, y, weights = random_case(generator, (9, 40, 33, outputs), loss, True, 75)
        settings = Settings(ref.GELU, loss, clip=clip, dropout=0.2)
        for real in REALS:
            results, parameters, trainer = train(
                watched, network, settings, real, x, y, weights, 40, large=large, splits=splits, epochs=1)
            assert np.isfinite(results["loss_sum"]).all() and np.isfinite(parameters).all()
    # Rows of whole 16 bytes are copied in another way.
    generator = np.random.default_rng(13)
    network, x, y, weights = random_case(generator, (64, 40, 16), ref.LOG, False, 70)
    for real in REALS:
        for large in (False, True):
            train(watched, network, Settings(), real, x, y, weights, 64, large=large, epochs=1)


def train_networks(library, cases, real, batch, epochs, rows_together, threads=512):
    """Trains several networks in one launch."""
    runs, kept, results, parameters, snapshots, shared = np.zeros(len(cases), RUN), [], [], [], [], 0
    for index, (network, settings, x, y, weights) in enumerate(cases):
        generator = np.random.default_rng(5)
        orders = [generator.permutation(len(x)).astype(np.int32) for _ in range(epochs)]
        steps = np.concatenate(
            [epoch_steps(settings, len(x), weights, batch, order, epoch) for epoch, order in enumerate(orders)])
        moments = [np.zeros(network.parameter_count, real) for _ in range(2 if settings.rule == ADAM else 1)] + [None]
        arrays = dict(
            features=x.astype(real), targets=y.astype(real), weights=None if weights is None else weights.astype(real),
            levels=None if settings.levels is None else settings.levels.astype(real), order=np.concatenate(orders),
            steps=steps, results=np.zeros(len(steps), RESULT), parameters=network.parameters.astype(real),
            moment1=moments[0], moment2=moments[1], snapshots=np.zeros((epochs, 3, network.parameter_count), real))
        kept.append(arrays)
        run = runs[index]
        for name, array in arrays.items():
            run[name] = 0 if array is None else library.address(array)
        classes = y.shape[1] if settings.loss == ref.LOG else 2
        for name, value in dict(
                alpha=settings.alpha, dropout_rate=settings.dropout, target_factor=1 - settings.smoothing,
                target_offset=settings.smoothing / classes, margin=settings.margin, maximum_norm=settings.clip,
                samples=len(x), batch=batch, epochs=epochs, layers=len(network.pairs), activation=settings.activation,
                derivative=ref.STORED if settings.stores_slopes else settings.activation,
                out_activation=ref.OUT_ACTIVATION[settings.loss], loss=settings.loss, rule=settings.rule).items():
            run[name] = value
        run["units"][:len(network.units)] = network.units
        values = sum(network.units) + (sum(network.units[1:-1]) if settings.stores_slopes else 0)
        needed = 128 + np.dtype(real).itemsize * (4 * network.parameter_count + rows_together * values)
        shared = max(shared, needed)
        results.append(arrays["results"])
        parameters.append(arrays["parameters"])
        snapshots.append(arrays["snapshots"])
    suffix = "_f32" if real == np.float32 else "_f64"
    library.launch("train_networks" + suffix, (len(cases),), threads, runs, rows_together, shared=shared)
    return results, parameters, snapshots


def network_cases(activations):
    generator = np.random.default_rng(14)
    for index, activation in enumerate(activations):
        for loss, units in ((ref.LOG, (4, 10, 3)), (ref.BINARY_LOG, (8, 100, 1)), (ref.QUANTILE, (5, 7, 6, 40))):
            network, x, y, weights = random_case(generator, units, loss, index % 2 == 0, 45)
            rule = (SGD, NESTEROV, ADAM)[index % 3]
            yield network, Settings(
                activation, loss, rule, levels=levels(loss, units[-1]), dropout=0.25 if index % 4 == 1 else 0.0,
                clip=0.3 if index % 4 == 2 else 0.0, smoothing=0.1 if loss == ref.LOG else 0.0), x, y, weights


def test_many_networks(library):
    """Networks of different shapes and settings train together as each alone."""
    assert RUN.itemsize == 216, RUN.itemsize
    cases = list(network_cases([ref.TANH, ref.GELU, ref.SOFTPLUS, ref.LOGISTIC, ref.MISH, ref.SILU]))
    for real in REALS:
        for rows_together, threads in ((20, 512), (32, 256), (5, 512)):
            results, parameters, snapshots = train_networks(library, cases, real, 20, 2, rows_together, threads)
            for case, result, trained, snapshot in zip(cases, results, parameters, snapshots):
                expected, expected_parameters = expect(*case, 20)
                compare("many networks: loss", result["loss_sum"], expected[:, 0], real)
                compare("many networks: norm", result["squared_norm"], expected[:, 1], real)
                # Adam divides by small moments.
                compare("many networks: parameters", trained, expected_parameters, real, 20)
                assert (snapshot[1, 0] == trained).all()


def test_many_networks_without_races(watched):
    cases = list(network_cases([ref.GELU, ref.TANH]))
    for real in REALS:
        results, _, _ = train_networks(watched, cases, real, 20, 1, 7)
        assert all(np.isfinite(result["loss_sum"]).all() for result in results)


def check_tables(library, real):
    """Networks for tables train as in NumPy."""
    generator = np.random.default_rng(15)
    for embedding in (tables.PERIODIC, tables.PIECEWISE_LINEAR):
        network = tables.TableNetwork(embedding, generator)
        for got, expected in zip(tables.train(library, network, real), tables.expect(network), strict=True):
            for what, numbers, expected_numbers in zip(("outputs", "gradient", "parameters"), got, expected):
                compare(f"tables: {what}", numbers, expected_numbers, real)


def test_tables(library):
    for real in REALS:
        check_tables(library, real)


def test_tables_without_races(watched):
    for real in REALS:
        check_tables(watched, real)


def main():
    library, watched = Library(sys.argv[1]), Library(sys.argv[2])
    assert STEP.itemsize == 64 and RESULT.itemsize == 16 and PROGRESS.itemsize == 16
    wanted = sys.argv[3] if len(sys.argv) > 3 else ""
    for name, test in list(globals().items()):
        if name.startswith("test_") and wanted in name:
            begun = time.time()
            test(watched if "races" in name else library)
            print(f"{name:36} {time.time() - begun:6.2f} s", flush=True)
    print("greatest differences, relative to the largest number:")
    for (what, real), difference in sorted(worst.items()):
        print(f"  {what:32} {real:8} {difference:.1e}")
    print(f"{time.time() - started:.1f} s")


if __name__ == "__main__":
    main()
