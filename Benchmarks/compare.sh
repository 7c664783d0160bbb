#!/usr/bin/env bash
#
# Measures this package, scikit-learn, PyTorch, JAX and ONNX Runtime, and prints one Markdown table. Close all other
# programs first. All rows take about ten minutes.
#
#     Benchmarks/compare.sh                     all rows
#     Benchmarks/compare.sh --list              the names of the rows
#     Benchmarks/compare.sh --only step-housing only rows with this prefix; may be repeated
#     Benchmarks/compare.sh --repeats 3         the number of rounds per row
#     Benchmarks/compare.sh --quick             one round, as a check
#     Benchmarks/compare.sh --compiled          also PyTorch with torch.compile, which takes minutes to compile
#
# PYTHON                 the interpreter for the virtual environment (default: python3, 3.11 or later)
# BENCHMARK_PYTHON       an existing interpreter to use; libraries that it lacks are skipped
# BENCHMARK_SKIP_BUILD   any value: do not build
# SWIFT_MLP_DATA         the folder with cal_housing.data; without it, a synthetic table is used

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '==> %s\n' "$*" >&2; }

readonly environment=.build/peers
python=${BENCHMARK_PYTHON:-$environment/bin/python}

# requirements.txt is copied last, so that an incomplete environment is created again.
if [[ -z ${BENCHMARK_PYTHON:-} ]] && ! cmp --silent requirements.txt "$environment/requirements.txt"; then
    say "creating a virtual environment with the packages of requirements.txt"
    mkdir -p .build
    "${PYTHON:-python3}" -m venv --clear "$environment"
    "$python" -m pip install --quiet --requirement requirements.txt
    cp requirements.txt "$environment/requirements.txt"
fi

if [[ -z ${BENCHMARK_SKIP_BUILD:-} ]]; then
    say "building in release mode"
    for product in Peer IrisWalkthrough; do swift build --configuration release --product "$product" >&2; done
fi

exec "$python" Python/compare.py "$@"
