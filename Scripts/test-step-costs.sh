#!/usr/bin/env bash
#
# Builds the benchmarks, and fails if a training step allocates memory, or executes more instructions than
# Benchmarks/instructions.txt allows. valgrind counts them, as on a processor with AVX2 and without AVX-512.
#
#     Scripts/test-step-costs.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

Scripts/install-dependencies.sh

say "building the benchmarks"
swift build --configuration release --package-path Benchmarks >&2
folder=$(swift build --configuration release --package-path Benchmarks --show-bin-path)

# OpenBLAS allocates in each product that it computes on several threads.
export OPENBLAS_NUM_THREADS=1

say "counting the allocations of training steps"
# The short trainings warn that they have not converged.
"$folder/StepCosts" 2> >(grep -v 'before it converged' >&2)

if [[ $(uname -sm) != "Linux x86_64" ]] || ! grep -qw avx2 /proc/cpuinfo; then
    say "instructions are counted only on Linux with AVX2"
    exit 0
fi
if ! command -v valgrind >/dev/null; then
    say "installing valgrind"
    sudo=$([[ $(id -u) == 0 ]] || echo sudo)
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install --yes -qq --no-install-recommends valgrind >/dev/null
fi

# valgrind does not read all that the compiler writes for debuggers.
program=$(mktemp)
trap 'rm -f "$program"' EXIT
strip -o "$program" "$folder/StepCosts"

# Prints the number of instructions of a training for $2 epochs.
instructions() {
    SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null \
        "$program" "$1" "$2" 2>&1 | awk '/I +refs:/ { gsub(",", "", $NF); print $NF }'
}

say "counting the instructions of training steps"
status=0
while read -r network limit; do
    # Ten steps an epoch. The difference excludes the start of the program and of the training.
    count=$((($(instructions "$network" 22) - $(instructions "$network" 2)) / 200))
    echo "$network: $count instructions per step, at most $limit"
    if ((count <= 0 || count > limit)); then status=1; fi
done <Benchmarks/instructions.txt
exit $status
