#!/usr/bin/env bash
#
# Lets the Python packages that others use read what this package writes: the Swift tests whose names begin with
# "Exchange" leave files in a folder, and the scripts in Scripts/exchange look at them.
#
#     Scripts/test-exchange.sh
#
# PYTHON   the interpreter to make a virtual environment with (default: python3; NumPy 2.4 needs 3.11 or later)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*" >&2; }

readonly requirements=Scripts/exchange/requirements.txt
readonly environment=.build/exchange-environment
readonly python=$environment/bin/python

Scripts/install-dependencies.sh

# The list of what is installed is written last: an environment that was left half made is made anew.
if ! cmp --silent "$requirements" "$environment/requirements.txt"; then
    say "making a virtual environment with the packages of $requirements"
    "${PYTHON:-python3}" -m venv --clear "$environment"
    "$python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
    cp "$requirements" "$environment/requirements.txt"
fi

SWIFT_MLP_EXCHANGE=$PWD/.build/exchange
export SWIFT_MLP_EXCHANGE
rm -rf "$SWIFT_MLP_EXCHANGE"
mkdir -p "$SWIFT_MLP_EXCHANGE"

# The build folder is that of Scripts/test.sh, so that neither builds what the other has built.
say "writing models from Swift"
swift test --configuration release -Xswiftc -enable-testing --scratch-path .build/tests --quiet --filter '\.Exchange'

for script in Scripts/exchange/*.py; do
    say "$script"
    "$python" "$script" "$SWIFT_MLP_EXCHANGE"
done
