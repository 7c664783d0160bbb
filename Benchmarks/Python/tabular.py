"""Runs each model on each table in a process of its own, keeps the results, and prints them as Markdown. See tabular.sh."""

import argparse
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = os.environ.get("BENCHMARK_PROGRAM") or HERE.parent / ".build" / "release" / "Tabular"
OURS = {"ours": 5, "ours8": 8, "ours1": 1}
PEERS = ["realmlp", "realmlp1", "mlp", "histgb", "lgbm", "catboost"]


def command(model, folder, name, task, target):
    if model in OURS:
        return [PROGRAM, folder / f"{name}.train.csv", folder / f"{name}.test.csv", task, target, str(OURS[model])]
    return [sys.executable, HERE / "tabular_peer.py", model, folder, name, task, target]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--models", default=",".join([*OURS, *PEERS]))
    parser.add_argument("--tables", default="")
    options = parser.parse_args()
    tables = [line.split("\t")[:3] for line in (options.folder / "tables.tsv").read_text().splitlines()]
    if options.tables:
        tables = [table for table in tables if table[0] in options.tables.split(",")]
    path = options.folder / "results.tsv"
    lines = path.read_text().splitlines() if path.exists() else []
    results = {tuple(line.split("\t")[:2]): line.split("\t")[2:] for line in lines}
    models = options.models.split(",")
    for name, task, target in tables:
        for model in models:
            if (name, model) in results:
                continue
            run = subprocess.run(
                [str(part) for part in command(model, options.folder, name, task, target)], capture_output=True, text=True
            )
            if run.returncode != 0:
                print(f"{name}, {model}: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
                continue
            error, seconds = run.stdout.split()[-2:]
            results[name, model] = [error, seconds]
            with open(path, "a") as file:
                print(name, model, error, seconds, sep="\t", file=file)
    show(tables, models, {key: (float(error), float(seconds)) for key, (error, seconds) in results.items()})


def show(tables, models, results):
    """The errors and seconds of each table, and for each model the mean ratio to the best and the mean rank."""
    print("| table | " + " | ".join(models) + " |")
    print("|---" * (len(models) + 1) + "|")
    ratios, ranks = {m: [] for m in models}, {m: [] for m in models}
    for name, _, _ in tables:
        found = {m: results[name, m][0] for m in models if (name, m) in results}
        cells = []
        for model in models:
            if model not in found:
                cells.append("")
                continue
            error, seconds = results[name, model]
            ratios[model].append(error / min(found.values()) if min(found.values()) > 0 else 1)
            ranks[model].append(1 + sum(other < error for other in found.values()))
            cells.append(f"{error:.4f} · {seconds:.1f} s")
        print(f"| {name} | " + " | ".join(cells) + " |")
    mean = lambda values, digits: f"{sum(values) / len(values):.{digits}f}" if values else ""
    print("| mean of error / best | " + " | ".join(mean(ratios[m], 3) for m in models) + " |")
    print("| mean rank | " + " | ".join(mean(ranks[m], 2) for m in models) + " |")
    for peer in [m for m in models if m not in OURS]:
        cells = [better(tables, results, m, peer) if m in OURS else "" for m in models]
        print(f"| better than {peer} | " + " | ".join(cells) + " |")


def better(tables, results, model, peer):
    """On how many of the tables that both have been measured on the model has less error than the peer."""
    both = [name for name, _, _ in tables if (name, model) in results and (name, peer) in results]
    return f"{sum(results[name, model][0] < results[name, peer][0] for name in both)} of {len(both)}"


main()
