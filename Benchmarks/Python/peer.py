"""The code that all Python peers share: the protocol, and reading a network's table.

A peer is a process that compare.py starts, one for each number of threads. It prints a line about itself, then answers
each line that it reads with one line. All lines are JSON:

    → {"peer": "PyTorch", "version": "2.13.0", "rows": ["step"]}
    ← {"do": "prepare", "row": "step", "network": {…}}      → {"values": []}
    ← {"do": "measure"}                                     → {"values": [448.2]}
    ← {"do": "prepare", "row": "grid"}                      → {"error": "no workload grid"}

`prepare` reads tables, compiles and warms up; `measure` measures once. This lets the peers take turns.
"""

import json
import os
import sys
import time

import numpy as np

THREADS = int(os.environ.get("BENCHMARK_THREADS", "1"))
BATCH_SIZE = int(os.environ.get("BENCHMARK_BATCH", "200"))


def serve(name, version, workloads):
    """Answers requests until there are none. `workloads` maps a row's name to the function that prepares it."""
    # Redirect what libraries print to standard error: standard output is only for answers.
    answers, sys.stdout = sys.stdout, sys.stderr

    def say(message):
        print(json.dumps(message), file=answers, flush=True)

    say({"peer": name, "version": version, "rows": list(workloads)})
    measure = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if request["do"] == "prepare":
                measure = None
                network = request.get("network")
                arguments = [Network(**network)] if network else []
                measure = workloads[request["row"]](*arguments)
                say({"values": []})
            else:
                values = measure()
                say({"values": [float(value) for value in np.atleast_1d(values)]})
        except Exception as error:
            say({"error": f"{type(error).__name__}: {error}"})


class Network:
    """A network to train, and the files of its table."""

    def __init__(self, layers, task, scalar, rows, epochs, x, y, batch=BATCH_SIZE):
        assert batch == BATCH_SIZE, "the batch size is that of the environment"
        self.layers, self.task, self.rows, self.epochs = layers, task, rows, epochs
        self.dtype = np.dtype({"f32": np.float32, "f64": np.float64}[scalar])
        self.files = x, y

    @property
    def steps(self):
        return -(-self.rows // BATCH_SIZE) * self.epochs

    def table(self):
        """The features, and the targets as numbers or integer labels."""
        x = np.fromfile(self.files[0], self.dtype).reshape(self.rows, self.layers[0])
        y = np.fromfile(self.files[1], np.float64)
        return x, y.astype(np.int64 if self.task == "classification" else self.dtype)


def microseconds_per_step(network, train):
    """Returns a measurement of `train`, which trains for the network's epochs."""

    def measure():
        start = time.perf_counter()
        train()
        return (time.perf_counter() - start) / network.steps * 1e6

    return measure


def seconds_per_call(call):
    """Returns the mean duration of a call, over as many calls as take a fifth of a second."""
    calls = 1
    while True:
        start = time.perf_counter()
        for _ in range(calls):
            call()
        elapsed = time.perf_counter() - start
        if elapsed > 0.2:
            return elapsed / calls
        calls *= 2


def peak_memory():
    """Returns the peak memory of this process, in megabytes."""
    if sys.platform != "linux":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    # The kernel's own mark. That of getrusage starts with the parent's memory when it created this process.
    with open("/proc/self/status") as status:
        [kilobytes] = [line.split()[1] for line in status if line.startswith("VmHWM:")]
    return int(kilobytes) * 1024 / 1e6
