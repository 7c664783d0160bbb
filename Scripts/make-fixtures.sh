#!/usr/bin/env bash
#
# Writes the fixtures of the tests, with all generators in Scripts/fixtures or with the given ones. Python's packages are in
# a virtual environment under .build/, which git ignores.
#
#     Scripts/make-fixtures.sh                                    all
#     Scripts/make-fixtures.sh Scripts/fixtures/numpy_random.py   one
#
# SWIFT_MLP_DATA   the folder with the housing table cal_housing.data, which some generators read
# PYTHON           the interpreter for the environment (default: python3; NumPy 2.4 needs 3.11 or later)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

if (($# == 0)) && [[ -z ${SWIFT_MLP_DATA:-} ]]; then
    say "some generators read the housing table: set SWIFT_MLP_DATA to the folder with cal_housing.data"
    exit 1
fi

readonly requirements=Scripts/fixtures/requirements.txt
readonly environment=.build/fixtures-environment
readonly python=$environment/bin/python

# The list of packages is copied last, so that an incomplete environment is created again.
if ! cmp -s "$requirements" "$environment/requirements.txt"; then
    say "creating a virtual environment with the packages of $requirements"
    "${PYTHON:-python3}" -m venv --clear "$environment"
    "$python" -m pip install --quiet --requirement "$requirements"
    cp "$requirements" "$environment/requirements.txt"
fi

generators=("$@")
if (($# == 0)); then generators=(Scripts/fixtures/*.py); fi
for generator in "${generators[@]}"; do
    say "$generator"
    # Generators that read the housing table take its folder as argument; the others ignore it.
    "$python" "$generator" ${SWIFT_MLP_DATA:+"$SWIFT_MLP_DATA"}
done
say "done; 'git status' shows what has changed"
