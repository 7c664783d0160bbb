#!/usr/bin/env bash
#
# Lists the public declarations of all modules, one a line. Fails if one mentions an unsafe pointer or a type of C, or adds a
# static member to Double or Float.
#
#     Scripts/public-surface.sh
#
# SCRATCH_PATH   the build folder (default: that of Scripts/test.sh)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
Scripts/public-symbols.sh "$work"
python3 Scripts/public-surface.py "$work"
