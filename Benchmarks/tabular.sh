#!/usr/bin/env bash
#
# Measures the defaults of models for raw tables: TabularMLP of this package, RealMLP of pytabkit, scikit-learn's networks and
# HistGradientBoosting, LightGBM and CatBoost. Each model and table is one process. Results are kept: after an
# interruption, the script resumes with the rest.
#
#     Benchmarks/tabular.sh FOLDER                     all models, all tables
#     Benchmarks/tabular.sh FOLDER --models ours,lgbm  some models: ours, ours8, ours1, realmlp, mlp, histgb, lgbm,
#                                                      catboost; realmlp1, RealMLP with one thread
#     Benchmarks/tabular.sh FOLDER --tables OJ,Wage    some tables
#
# FOLDER has tables.tsv, with the name, the task (reg or cls) and the target of each table, and NAME.train.csv and
# NAME.test.csv. Python/real_tables.py writes such folders. Results are added to FOLDER/results.tsv.
#
# PYTHON                 the interpreter for the virtual environment (default: python3, 3.11 or later)
# BENCHMARK_PYTHON       an existing interpreter to use
# BENCHMARK_SKIP_BUILD   any value: do not build
# BENCHMARK_PROGRAM      an existing program Tabular to measure, with BENCHMARK_SKIP_BUILD

set -euo pipefail
folder=$(cd "${1:?the folder of the tables}" && pwd)
shift
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly environment=.build/tabular-peers
python=${BENCHMARK_PYTHON:-$environment/bin/python}
if [[ -z ${BENCHMARK_PYTHON:-} ]] && ! cmp --silent requirements-tabular.txt "$environment/requirements.txt"; then
    mkdir -p .build
    "${PYTHON:-python3}" -m venv --clear "$environment"
    "$python" -m pip install --quiet --requirement requirements-tabular.txt
    cp requirements-tabular.txt "$environment/requirements.txt"
fi
[[ -n ${BENCHMARK_SKIP_BUILD:-} ]] || swift build --configuration release --product Tabular >&2
exec "$python" Python/tabular.py "$folder" "$@"
