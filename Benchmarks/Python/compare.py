"""Measures this package and its peers on the same work, taking turns, and prints one table in Markdown.

Usage: Benchmarks/compare.sh [--only ROW]… [--repeats N] [--quick] [--compiled] [--list]

Each peer runs in one process for each of its settings (the number of threads, with or without compiling). The processes
wait for requests: see peer.py. A row is measured in rounds; in each round, every process measures once, one after the
other. The table has each peer's median at its best setting, and the ratio to this package's median. This package runs
with its defaults.
"""

import argparse
import dataclasses
import datetime
import importlib.util
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

from tables import Tables

HERE = pathlib.Path(__file__).parent
PEER = HERE.parent / ".build" / "release" / "Peer"
IRIS = HERE.parent / ".build" / "release" / "IrisWalkthrough"
OURS = "swift-mlp"


# MARK: Rows


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    title: str
    unit: str
    workload: str
    # The arguments of Tables.network: name, precision, epochs, and the number of rows if it differs from the network's.
    network: tuple | None = None
    repeats: int = 7
    # Whether each measurement needs a new process, as peak memory does.
    fresh: bool = False


def step_rows():
    sizes = [("housing", "8-100-1", 20, 9), ("mid", "784-256-128-10", 1, 7), ("big", "784-1024-1024-10", 1, 3)]
    for name, layers, epochs, repeats in sizes:
        for scalar in "f64", "f32":
            title = f"training step, {name} {layers}, {scalar}"
            yield Row(f"step-{name}-{scalar}", title, "µs", "step", (name, scalar, epochs), repeats)


def growth_rows():
    """The same step on tables of different sizes. Its time should be constant, so that an epoch grows linearly."""
    for rows, epochs in (1_000, 1000), (10_000, 100), (100_000, 10), (1_000_000, 1):
        title = f"8-100-1, f64, {rows:,} rows"
        network = "housing", "f64", epochs, rows
        yield Row(f"growth-step-{rows}", f"training step, {title}", "µs", "step", network, repeats=3)
        yield Row(f"growth-memory-{rows}", f"peak memory, {title}", "MB", "memory", network, repeats=1, fresh=True)


EXPLAINED = "explained", "f64", 2

ROWS = [
    *step_rows(),
    Row("predict-one", "`predict`, one row, 4-100-3", "µs", "predictOne"),
    Row("predict-many", "`predict`, 20,000 rows, mid, f32", "ms", "predictMany", ("mid", "f32", 1)),
    Row("explain-importance", "importance, 20,000 rows, 20-100-3, 10 repeats", "ms", "importance", EXPLAINED, repeats=3),
    Row("explain-dependence", "dependence, 20,000 rows, 20-100-3, 100 points", "ms", "dependence", EXPLAINED, repeats=3),
    Row("grid", "grid search, 18 × 5 fits on iris, 2 workers", "s", "grid", repeats=3),
    Row("iris-program", "the iris program, process start to end", "ms", "program", repeats=5),
    Row("memory", "peak memory of a `fit`, mid, f32", "MB", "memory", ("mid", "f32", 1), repeats=3, fresh=True),
    Row("losses-housing", "losses of 20 epochs, housing, f64", "loss", "losses", ("housing", "f64", 20), repeats=1),
    Row("losses-mid", "losses of 3 epochs, mid, f64", "loss", "losses", ("mid", "f64", 3), repeats=1),
    *growth_rows(),
]


# MARK: Peers


@dataclasses.dataclass(frozen=True)
class Setting:
    """A way to run a peer."""

    peer: str
    label: str
    command: tuple[str, ...]
    threads: int | None = None
    compiles: bool = False

    def environment(self):
        environment = {**os.environ, "PYTHONPATH": str(HERE)}
        if self.threads:
            names = "BENCHMARK", "OMP", "OPENBLAS", "MKL"
            environment |= {f"{name}_{'NUM_' * (name != 'BENCHMARK')}THREADS": str(self.threads) for name in names}
        if self.compiles:
            environment["BENCHMARK_COMPILE"] = "1"
        return environment

    def start(self):
        # XLA has no setting for its threads: it starts one for each core that it may run on.
        cores = sorted(os.sched_getaffinity(0))[: self.threads] if self.peer == "JAX" else None
        return subprocess.Popen(
            self.command, env=self.environment(), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, preexec_fn=cores and (lambda: os.sched_setaffinity(0, cores)))


def settings(cores):
    """This package and all installed peers."""
    found = [Setting(OURS, "", (str(PEER),))]
    peers = [
        ("scikit-learn", "sklearn", "scikit_learn.py", False), ("PyTorch", "torch", "pytorch.py", False),
        ("PyTorch", "torch", "pytorch.py", True), ("JAX", "jax", "jax_scan.py", False),
        ("ONNX Runtime", "onnxruntime", "onnx_runtime.py", False)]
    for peer, module, script, compiles in peers:
        if importlib.util.find_spec(module) is None:
            continue
        for threads in (1, 2) if cores > 1 else (1,):
            label = f"{threads} thread{'s' * (threads > 1)}{', compiled' * compiles}"
            command = (sys.executable, str(HERE / "peers" / script))
            found.append(Setting(peer, label, command, threads, compiles))
    return found


class Process:
    """A running peer."""

    def __init__(self, setting):
        self.setting = setting
        self.process = setting.start()
        self.hello = self._answer()

    def prepare(self, row, network):
        self._ask({"do": "prepare", "row": row.workload} | ({"network": network} if network else {}))

    def measure(self):
        return self._ask({"do": "measure"})

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def _ask(self, request):
        print(json.dumps(request), file=self.process.stdin, flush=True)
        return self._answer()

    def _answer(self):
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"error": "it has ended"}
        if "error" in answer and answer["error"] is not None:
            raise RuntimeError(f"{self.setting.peer} ({self.setting.label}): {answer['error']}")
        return answer.get("values", answer)


class Program:
    """A program that is measured from its start to its end, with the interface of a peer."""

    def __init__(self, peer, command):
        self.setting = Setting(peer, "", command)

    def measure(self):
        start = time.perf_counter()
        subprocess.run(
            self.setting.command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return [(time.perf_counter() - start) * 1e3]


# MARK: Measuring


class Comparison:
    def __init__(self, settings, tables):
        self.settings, self.tables = settings, tables
        self.processes, self.versions = {}, {}

    def process(self, setting, fresh=False):
        if fresh or setting not in self.processes:
            process = Process(setting)
            self.versions[setting.peer] = process.hello["version"]
            if fresh:
                return process
            self.processes[setting] = process
        return self.processes[setting]

    def results(self, row, repeats):
        """The measurements of each setting in each round."""
        if row.workload == "program":
            programs = {OURS: (str(IRIS),), "scikit-learn": (sys.executable, str(HERE / "iris.py"))}
            return self._rounds(row, [Program(peer, command) for peer, command in programs.items()], repeats)
        network = self.tables.network(*row.network) if row.network else None
        known = [s for s in self.settings if row.workload in self.process(s).hello["rows"]]
        if row.fresh:
            return {setting: [self._once(setting, row, network) for _ in range(repeats)] for setting in known}
        for setting in known:
            self.process(setting).prepare(row, network)
        return self._rounds(row, [self.process(setting) for setting in known], repeats)

    def _once(self, setting, row, network):
        process = self.process(setting, fresh=True)
        process.prepare(row, network)
        values = process.measure()
        process.stop()
        return values

    def _rounds(self, row, processes, repeats):
        results = {process.setting: [] for process in processes}
        for number in range(repeats):
            for process in processes:
                results[process.setting].append(process.measure())
                # Wait until the threads of BLAS and OpenMP stop spinning, so that they do not disturb the next peer.
                time.sleep(0.1)
            if number == 0:
                processes = [process for process in processes if not is_beaten(process.setting, results)]
        return results

    def stop(self):
        for process in self.processes.values():
            process.stop()


def is_beaten(setting, results):
    """Whether the first round has shown that this peer is much faster with another setting."""
    times = {other: rounds[0][0] for other, rounds in results.items() if other.peer == setting.peer}
    return times[setting] > 1.5 * min(times.values())


# MARK: Reporting


def best(results):
    """Each peer's lowest median, with its setting."""
    medians = {}
    for setting, rounds in results.items():
        median = statistics.median(values[0] for values in rounds)
        if setting.peer not in medians or median < medians[setting.peer][0]:
            medians[setting.peer] = median, setting
    return medians


def largest_difference(results):
    """The largest difference between two peers' losses of an epoch."""
    [ours], [theirs], *_ = results.values()
    return max(abs(a - b) for a, b in zip(ours, theirs, strict=True))


def table_line(row, results, peers):
    if row.workload == "losses":
        cells = {"scikit-learn": f"at most {largest_difference(results):.0e} apart"}
        ours = "–"
    else:
        medians = best(results)
        ours, _ = medians.pop(OURS)
        cells = {
            peer: f"{number(median)} · **{median / ours:.{1 if median < 100 * ours else 0}f}×**"
            + (f" · {setting.label}" if setting.label else "")
            for peer, (median, setting) in medians.items()}
        ours = number(ours)
    return [row.title, row.unit, ours, *(cells.get(peer, "") for peer in peers)]


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def markdown(header, lines):
    yield "| " + " | ".join(header) + " |"
    yield "|" + "|".join("---" for _ in header) + "|"
    for line in lines:
        yield "| " + " | ".join(line) + " |"


def circumstances(comparison):
    cpu = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as lines:
            fields = {key.strip(): value for key, _, value in (line.partition(":") for line in lines)}
        flags = [flag for flag in ("avx2", "avx512f") if flag in fields.get("flags", "").split()]
        cpu = " ".join([fields.get("model name", cpu).strip(), *flags])
    versions = ", ".join(f"{peer} {version}" for peer, version in comparison.versions.items() if peer != OURS)
    commit = subprocess.run(
        ["git", "-C", str(HERE), "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    housing = comparison.tables.housing
    return (
        f"{datetime.date.today()}, {OURS} {commit}; {versions}; Python {platform.python_version()}; {cpu}, "
        f"{len(os.sched_getaffinity(0))} cores, {platform.system()}"
        + (f"; the housing table is {housing}." if housing else "."))


# MARK: Main


def arguments():
    parser = argparse.ArgumentParser(prog="Benchmarks/compare.sh", description="Measures swift-mlp and its peers.")
    parser.add_argument(
        "--only", metavar="ROW", action="append", default=[], help="only rows with this prefix; may be repeated")
    parser.add_argument("--repeats", type=int, metavar="N", help="the number of rounds per row")
    parser.add_argument("--quick", action="store_true", help="one round, as a check")
    parser.add_argument(
        "--compiled", action="store_true", help="also PyTorch with torch.compile, which takes minutes to compile")
    parser.add_argument("--list", action="store_true", help="print the names of the rows")
    return parser.parse_args()


def main():
    options = arguments()
    rows = [row for row in ROWS if not options.only or row.name.startswith(tuple(options.only))]
    if options.list or not rows:
        print(*(row.name for row in ROWS), sep="\n")
        return
    participants = settings(len(os.sched_getaffinity(0)))
    if not options.compiled:
        participants = [setting for setting in participants if not setting.compiles]
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(participants, Tables(folder))
        measured = []
        for row in rows:
            print(f"==> {row.name}", file=sys.stderr)
            repeats = 1 if options.quick else options.repeats or row.repeats
            results = comparison.results(row, repeats)
            for setting, rounds in results.items():
                values = " ".join(number(values[0]) for values in rounds)
                print(f"    {setting.peer:13} {setting.label:20} {values}", file=sys.stderr)
            measured.append((row, results))
        comparison.stop()
    found = {setting.peer for _, results in measured for setting in results}
    peers = [peer for peer in ("scikit-learn", "PyTorch", "JAX", "ONNX Runtime") if peer in found]
    print(circumstances(comparison), end="\n\n")
    print(*markdown(["work", "unit", OURS, *peers], [table_line(*line, peers) for line in measured]), sep="\n")


if __name__ == "__main__":
    main()
