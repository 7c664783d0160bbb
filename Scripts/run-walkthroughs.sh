#!/usr/bin/env bash
#
# Installs what is missing, builds with optimisation and runs both walkthroughs. Standard output is theirs alone.
#
#     Scripts/run-walkthroughs.sh              train and predict
#     Scripts/run-walkthroughs.sh --explore    look at the data first

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*" >&2; }

Scripts/install-dependencies.sh

say "building with optimisation (the first time takes a few minutes)"
for walkthrough in IrisWalkthrough HousingWalkthrough; do
    swift build --configuration release --product "$walkthrough" >&2
done

for walkthrough in IrisWalkthrough HousingWalkthrough; do
    say "$walkthrough"
    swift run --configuration release --skip-build "$walkthrough" "$@"
done
