#!/usr/bin/env bash
#
# Writes the symbol graphs of all public modules to a folder: those that have a page in Documentation/Modules.
#
#     Scripts/public-symbols.sh FOLDER
#
# SCRATCH_PATH   the build folder (default: that of Scripts/test.sh, so that nothing is built twice)

set -euo pipefail
(($# == 1)) || { sed -n '3,5p' "${BASH_SOURCE[0]}" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

readonly scratch=${SCRATCH_PATH:-.build/tests} log=$folder/dump.log

# SwiftPM writes the symbols of every module of the package, and fails if one has none, such as its own module of tests. What
# counts is that those of the public modules are there. It reads the modules that the tests are built with, and compiles
# nothing else.
say "reading the public symbols"
rm -rf "$scratch"/*/symbolgraph
swift package --configuration release -Xswiftc -enable-testing --scratch-path "$scratch" dump-symbol-graph \
    --skip-synthesized-members --emit-extension-block-symbols >"$log" 2>&1 || true
for page in Documentation/Modules/*.md; do
    module=$(basename "$page" .md)
    if ! cp "$scratch"/*/symbolgraph/"$module.symbols.json" "$folder"; then
        tail -n 20 "$log" >&2
        say "there are no symbols of $module; $log says why"
        exit 1
    fi
    find "$scratch"/*/symbolgraph -name "$module@*.symbols.json" -exec cp {} "$folder" \;
done
