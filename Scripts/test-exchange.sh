#!/usr/bin/env bash
#
# Checks that Python packages read the files that this package writes: the Swift tests whose names begin with "Exchange"
# write files to a folder, and the scripts in Scripts/exchange check them.
#
#     Scripts/test-exchange.sh
#
# PYTHON   the interpreter for the virtual environment (default: python3; NumPy 2.4 needs 3.11 or later)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

readonly requirements=Scripts/exchange/requirements.txt
readonly environment=.build/exchange-environment
readonly python=$environment/bin/python

Scripts/install-dependencies.sh

# The list of packages is copied last, so that an incomplete environment is created again.
if ! cmp -s "$requirements" "$environment/requirements.txt"; then
    say "creating a virtual environment with the packages of $requirements"
    "${PYTHON:-python3}" -m venv --clear "$environment"
    "$python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
    cp "$requirements" "$environment/requirements.txt"
fi

SWIFT_MLP_EXCHANGE=$PWD/.build/exchange
export SWIFT_MLP_EXCHANGE
rm -rf "$SWIFT_MLP_EXCHANGE"
mkdir -p "$SWIFT_MLP_EXCHANGE"

# The build folder is that of Scripts/test.sh, so that nothing is built twice.
say "writing models from Swift"
swift test --configuration release -Xswiftc -enable-testing --scratch-path .build/tests --quiet --filter '\.Exchange'

for script in Scripts/exchange/*.py; do
    say "$script"
    "$python" "$script" "$SWIFT_MLP_EXCHANGE"
done
