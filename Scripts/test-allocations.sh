#!/usr/bin/env bash
#
# Builds the benchmarks, and fails if a training step allocates memory.
#
#     Scripts/test-allocations.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*" >&2; }

Scripts/install-dependencies.sh

say "building the benchmarks"
swift build --configuration release --package-path Benchmarks >&2

# OpenBLAS allocates in each product that it computes on several threads.
say "counting the allocations of training steps"
OPENBLAS_NUM_THREADS=1 "$(swift build --configuration release --package-path Benchmarks --show-bin-path)/Allocations"
