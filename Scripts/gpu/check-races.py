#!/usr/bin/env python3
"""Runs training steps under oclgrind: no kernel races with itself, or uses memory that is not initialized.

    oclgrind --data-races --uninitialized --log LOG ... check-races.py LOG KERNELS.bc

The name of KERNELS.bc, which is from make-opencl.py, says what is checked:

- f32, f64: oclgrind reports nothing, and the numbers are those of NumPy;
- unordered, where barriers order no accesses to memory: oclgrind reports each kernel with barriers, which
  KERNELS.barriers lists. Without one, the threads of a block have no order that could be taken away;
- planted: oclgrind reports the planted faults.

Each kernel of the file must be launched: a new one needs a launch in train_all.
"""

import importlib
import pathlib
import sys
import time

import numpy as np

import reference as ref
from oclgrind import Oclgrind
from reference import ADAM, NESTEROV, SGD, Settings

check = importlib.import_module("check-kernels")
started = time.time()

# The planted faults, and what is faultless.
PLANTED = {
    "none": False, "no_barrier": True, "sum_of_warp": True, "blocks": True, "uninitialized": True, "outside": True}


def train_alone(library, real, large):
    """A step of one network. Between them, both variants run all kernels that train a network alone."""
    # Warps that have different numbers of rows would not meet at the barriers that stand for operations of warps.
    outputs, rows = (40, 32) if large else (3, 32)
    generator = np.random.default_rng(11)
    network, x, y, weights = check.random_case(generator, (5, 9, outputs), ref.LOG, True, rows)
    settings = Settings(ref.GELU, ref.LOG, ADAM, dropout=0.2, clip=0.5 if large else 0.0)
    results, parameters, _ = check.train(
        library, network, settings, real, x, y, weights, rows, epochs=1, large=large, splits=2 if large else 1)
    return [results["loss_sum"], parameters], check.expect(network, settings, x, y, weights, rows, epochs=1)


def train_together(library, real):
    """An epoch of two steps of each of two networks."""
    generator = np.random.default_rng(12)
    cases = []
    for units, rule, dropout, clip in (((5, 9, 3), ADAM, 0.2, 0.0), ((4, 6, 2), NESTEROV, 0.0, 0.3)):
        network, x, y, weights = check.random_case(generator, units, ref.LOG, True, 16)
        cases.append((network, Settings(ref.GELU, ref.LOG, rule, dropout=dropout, clip=clip), x, y, weights))
    results, parameters, _ = check.train_networks(library, cases, real, 8, 1, 4, threads=64)
    for case, result, trained in zip(cases, results, parameters):
        expected = check.expect(*case, 8, epochs=1)
        yield [result["loss_sum"], trained], expected


def train_all(library, real):
    """Runs every kernel of a precision, and checks networks for tables. Returns the computed and the expected losses
    and parameters of other networks."""
    check.check_tables(library, real)
    return [train_alone(library, real, False), train_alone(library, real, True), *train_together(library, real)]


def check_planted(library):
    """The planted faults are reported, and nothing else is."""
    for name, is_fault in PLANTED.items():
        name = f"planted_{name}_f64"
        library.launch(name, (2,), 64, np.zeros(128))
        assert (library.reports[name] > 0) == is_fault, name


def check_kernels(library, real):
    """All kernels run without a report and compute the right numbers."""
    for (losses, parameters), (expected, expected_parameters) in train_all(library, real):
        check.compare("loss", losses, expected[:, 0], real)
        check.compare("parameters", parameters, expected_parameters, real, 20)


def check_unordered(library, real, with_barriers):
    """The kernels with barriers are reported if these order nothing, and no others are."""
    train_all(library, real)
    reported = {name for name in library.names if library.reports[name]}
    assert reported == with_barriers, f"reported or with barriers, but not both: {reported ^ with_barriers}"


def main():
    log, path = sys.argv[1:]
    what = pathlib.Path(path).stem
    library = Oclgrind(path, log, fails=what in ("f32", "f64"))
    if what == "planted":
        check_planted(library)
    elif what == "unordered":
        lines = pathlib.Path(path).with_suffix(".barriers").read_text().splitlines()
        check_unordered(library, np.float64, {line.removeprefix("entry_") for line in lines})
    else:
        check_kernels(library, np.float32 if what == "f32" else np.float64)
    unknown = library.names - set(library.reports)
    assert not unknown, f"not launched: {unknown}"
    print(f"{what:10} {len(library.names):3} kernels {time.time() - started:6.2f} s")


if __name__ == "__main__":
    main()
