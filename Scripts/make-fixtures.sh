#!/usr/bin/env bash
#
# Writes the fixtures of the tests anew, with every generator in Scripts/fixtures or with those that are named.
# Python and its packages live in a virtual environment under .build/, which git ignores.
#
#     Scripts/make-fixtures.sh                                    all
#     Scripts/make-fixtures.sh Scripts/fixtures/numpy_random.py   one
#
# SWIFT_MLP_DATA   the folder with the housing table cal_housing.data, which some generators read
# PYTHON           the interpreter to make the environment with (default: python3; NumPy 2.4 needs 3.11 or later)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*" >&2; }

if (($# == 0)) && [[ -z ${SWIFT_MLP_DATA:-} ]]; then
    say "some generators read the housing table: set SWIFT_MLP_DATA to the folder with cal_housing.data"
    exit 1
fi

readonly requirements=Scripts/fixtures/requirements.txt
readonly environment=.build/fixtures-environment
readonly python=$environment/bin/python

# The list of what is installed is written last: an environment that was left half made is made anew.
if ! cmp --silent "$requirements" "$environment/requirements.txt"; then
    say "making a virtual environment with the packages of $requirements"
    "${PYTHON:-python3}" -m venv --clear "$environment"
    "$python" -m pip install --quiet --requirement "$requirements"
    cp "$requirements" "$environment/requirements.txt"
fi

generators=("$@")
if (($# == 0)); then generators=(Scripts/fixtures/*.py); fi
for generator in "${generators[@]}"; do
    say "$generator"
    # Those that read the housing table take its folder as their argument; the others take none and look at none.
    "$python" "$generator" ${SWIFT_MLP_DATA:+"$SWIFT_MLP_DATA"}
done
say "done; 'git status' shows what has changed"
