#!/usr/bin/env bash
#
# Builds the benchmarks, and fails if a training step allocates memory.
#
#     Scripts/test-allocations.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

Scripts/install-dependencies.sh

say "building the benchmarks"
swift build --configuration release --package-path Benchmarks >&2

# OpenBLAS allocates in each product that it computes on several threads.
say "counting the allocations of training steps"
folder=$(swift build --configuration release --package-path Benchmarks --show-bin-path)
# The short trainings warn that they have not converged.
OPENBLAS_NUM_THREADS=1 "$folder/Allocations" 2> >(grep -v 'before it converged' >&2)
