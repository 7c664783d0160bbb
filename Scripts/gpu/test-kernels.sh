#!/usr/bin/env bash
#
# Checks the kernels of CUDA devices. It takes neither a card nor a driver:
#
# - compiled for this machine, they agree with NumPy, and no two threads of a training step race;
# - compiled for oclgrind, they agree with NumPy, and oclgrind finds no races and no use of uninitialized memory;
# - compiled for the architectures of cards, products do not spill registers, and the committed images are what the
#   sources give.
#
#     Scripts/gpu/test-kernels.sh
#
# PYTHON   the interpreter for the virtual environment (default: python3; NumPy 2.4 needs 3.11 or later)
# CXX      the compiler for this machine (default: g++, or clang++)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source Scripts/common.sh

readonly requirements=Scripts/gpu/requirements.txt
readonly environment=.build/gpu-environment
readonly python=$environment/bin/python

# The list of packages is copied last, so that an incomplete environment is created again.
if ! cmp -s "$requirements" "$environment/requirements.txt"; then
    say "creating a virtual environment with the packages of $requirements"
    "${PYTHON:-python3}" -m venv --clear "$environment"
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --requirement "$requirements"
    cp "$requirements" "$environment/requirements.txt"
fi

say "compiling the kernels for this machine"
Scripts/gpu/build-host-kernels.sh .build/kernels.so
Scripts/gpu/build-host-kernels.sh --races .build/watched-kernels.so
"$python" Scripts/gpu/check-kernels.py .build/kernels.so .build/watched-kernels.so
Scripts/gpu/test-races.sh "$python"

say "compiling the kernels for cards"
"$python" Scripts/gpu/make-images.py --check
