#!/usr/bin/env bash
#
# Builds and runs the packages in Tests/Clients, which use this one as its clients do.
#
#     Scripts/test-clients.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*" >&2; }

Scripts/install-dependencies.sh

# SwiftPM knows a package at a path by the name of its folder, and a clone may have any.
clients=.build/clients
mkdir -p "$clients"
ln -sfn "$PWD" "$clients/swift-mlp"
rm -rf "$clients/MetricsAlias/Sources"
cp -R Tests/Clients/MetricsAlias "$clients"

say "building a client that has another module of the name Metrics"
score=$(swift run --configuration release --package-path "$clients/MetricsAlias" MetricsAlias)
if [[ $score != 1.0 ]]; then
    say "the client printed '$score' and not 1.0"
    exit 1
fi
say "it builds, and scores 1.0"
