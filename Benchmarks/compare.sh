#!/usr/bin/env bash
#
# Measures this package beside scikit-learn, PyTorch, JAX and ONNX Runtime, and prints one table in Markdown. Close what
# else runs on the machine first. All of it takes about ten minutes.
#
#     Benchmarks/compare.sh                     all rows
#     Benchmarks/compare.sh --list              the names of the rows
#     Benchmarks/compare.sh --only step-housing the rows whose names begin so; may be repeated
#     Benchmarks/compare.sh --repeats 3         that many rounds per row
#     Benchmarks/compare.sh --quick             one round: whether it works
#     Benchmarks/compare.sh --compiled          PyTorch also with torch.compile, which takes minutes to compile
#
# PYTHON                 the interpreter to make the peers' virtual environment with (default: python3, 3.11 or later)
# BENCHMARK_PYTHON       an interpreter that has the peers already; peers that it lacks are left out
# BENCHMARK_SKIP_BUILD   set to anything: measure what was built before
# SWIFT_MLP_DATA         the folder with the housing table cal_housing.data; without it a synthetic table takes its place

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '==> %s\n' "$*" >&2; }

readonly environment=.build/peers
python=${BENCHMARK_PYTHON:-$environment/bin/python}

# The list of what is installed is written last: an environment that was left half made is made anew.
if [[ -z ${BENCHMARK_PYTHON:-} ]] && ! cmp --silent requirements.txt "$environment/requirements.txt"; then
    say "making a virtual environment with the packages of requirements.txt"
    mkdir -p .build
    "${PYTHON:-python3}" -m venv --clear "$environment"
    "$python" -m pip install --quiet --requirement requirements.txt
    cp requirements.txt "$environment/requirements.txt"
fi

if [[ -z ${BENCHMARK_SKIP_BUILD:-} ]]; then
    say "building with optimisation"
    for product in Peer IrisWalkthrough; do swift build --configuration release --product "$product" >&2; done
fi

exec "$python" Python/compare.py "$@"
