#!/usr/bin/env bash
#
# Installs missing packages, builds with optimization and runs both walkthroughs. Standard output has only their output.
#
#     Scripts/run-walkthroughs.sh              train and predict
#     Scripts/run-walkthroughs.sh --explore    print the data first

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

Scripts/install-dependencies.sh

say "building with optimization (the first time takes a few minutes)"
for walkthrough in IrisWalkthrough HousingWalkthrough; do
    swift build --configuration release --product "$walkthrough" >&2
done

for walkthrough in IrisWalkthrough HousingWalkthrough; do
    say "$walkthrough"
    swift run --configuration release --skip-build "$walkthrough" "$@"
done
