"""Measures this package, PyTorch and JAX on a card, taking turns, and prints one table in Markdown. Then it
measures the 90 fits of a grid search, which train together on the card, on the card and on the processor.

gpu.sh starts it, in the folder with the program Peer. PyTorch and JAX are measured if this interpreter has them.
"""

import dataclasses
import importlib.util
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import compare
from tables import Tables

HERE = pathlib.Path(__file__).parent
PEER = pathlib.Path(os.environ["BENCHMARK_PEER"])


@dataclasses.dataclass(frozen=True)
class Row:
    title: str
    network: tuple
    batch: int = 200
    repeats: int = 5
    workload: str = "step"


ROWS = [
    Row(f"{name} {layers}, batch {batch:,}, {scalar}", (name, scalar, epochs), batch)
    for name, layers, batch, scalars, epochs in [
        ("housing", "8-100-1", 200, ("f64", "f32"), 5),
        ("mid", "784-256-128-10", 200, ("f64", "f32"), 5),
        ("big", "784-1024-1024-10", 200, ("f64", "f32"), 3),
        ("mid", "784-256-128-10", 20_000, ("f32",), 50),
        ("big", "784-1024-1024-10", 20_000, ("f32",), 20),
    ]
    for scalar in scalars
]


@dataclasses.dataclass(frozen=True)
class Setting(compare.Setting):
    batch: int = 200
    device: str = "gpu"

    def environment(self):
        return super().environment() | {
            "BENCHMARK_DEVICE": self.device, "BENCHMARK_BATCH": str(self.batch), "JAX_DEFAULT_MATMUL_PRECISION": "highest",
            "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
        }

    def start(self):
        return subprocess.Popen(
            self.command, env=self.environment(), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)


def settings(batch):
    found = [Setting(compare.OURS, "", (str(PEER),), batch=batch)]
    for peer, module, script in ("PyTorch", "torch", "pytorch_cuda.py"), ("JAX", "jax", "jax_scan.py"):
        if importlib.util.find_spec(module):
            found.append(Setting(peer, "", (sys.executable, str(HERE / "peers" / script)), batch=batch))
    return found


def line(row, tables):
    """The cells of a row: the microseconds of a step, and the ratio to ours."""
    network = tables.network(*row.network) | {"batch": row.batch}
    processes, failures = [], {}
    for setting in settings(row.batch):
        try:
            process = compare.Process(setting)
            process.prepare(row, network)
            processes.append(process)
        except RuntimeError as error:
            failures[setting.peer] = str(error)
    results = {process.setting.peer: [] for process in processes}
    for _ in range(row.repeats):
        for process in processes:
            results[process.setting.peer].append(process.measure()[0])
    for process in processes:
        process.stop()
    medians = {peer: statistics.median(values) for peer, values in results.items()}
    ours = medians.get(compare.OURS)
    for peer, text in failures.items():
        print(f"    {peer}: {text}", file=sys.stderr)

    def cell(peer):
        if peer not in medians:
            return "failed" if peer in failures else ""
        ratio = f" · **{medians[peer] / ours:.2f}×**" if ours and peer != compare.OURS else ""
        return compare.number(medians[peer]) + ratio

    return [row.title, *(cell(peer) for peer in (compare.OURS, "PyTorch", "JAX"))]


def grid(repeats=5):
    """The median seconds of the grid search on the card and on the processor, which take turns."""
    settings = [Setting(compare.OURS, device, (str(PEER),), device=device) for device in ("gpu", "cpu")]
    processes = [compare.Process(setting) for setting in settings]
    for process in processes:
        process.prepare(Row("", (), workload="grid"), None)
    results = [[process.measure()[0] for process in processes] for _ in range(repeats)]
    for process in processes:
        process.stop()
    return [statistics.median(values) for values in zip(*results)]


def main():
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        tables = Tables(folder)
        for row in ROWS:
            print(f"==> {row.title}", file=sys.stderr)
            lines.append(line(row, tables))
    print("Microseconds of a training step on the card; medians of five rounds, in which all take turns.", end="\n\n")
    print(*compare.markdown(["work", compare.OURS, "PyTorch", "JAX"], lines), sep="\n")
    print("==> grid search, 18 × 5 fits on iris", file=sys.stderr)
    card, processor = grid()
    print(
        f"\nGrid search, 18 × 5 fits on iris: {compare.number(card)} s on the card, where all fits train together, "
        f"{compare.number(processor)} s on two threads of the processor.")


if __name__ == "__main__":
    main()
