#!/usr/bin/env bash
#
# Builds the documentation of all public modules with the pages of Documentation. Fails if DocC warns, or if a public symbol
# has no documentation.
#
#     Scripts/build-documentation.sh           builds .build/documentation/swift-mlp.doccarchive
#     Scripts/build-documentation.sh FOLDER    also copies it to FOLDER, for any web server to serve
#
# SCRATCH_PATH   the build folder (default: that of Scripts/test.sh)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

readonly output=.build/documentation
readonly archive=$output/swift-mlp.doccarchive

# On macOS `docc` is part of Xcode and not in PATH.
docc() { if type -P docc >/dev/null; then command docc "$@"; else xcrun docc "$@"; fi; }

# A link names a file on GitHub and a page in DocC, by its full path, since a module can have the name of a page. Links to
# files that are not pages are removed. The first page becomes the root.
stage_pages() {
    local page
    find Documentation -name '*.svg' -exec cp {} "$output/swift-mlp.docc" \;
    find Documentation -name '*.md' | while read -r page; do
        # shellcheck disable=SC2016 # What looks like a command is how DocC names a symbol.
        sed -E \
            -e 's#\[([A-Za-z]+)\]\(Modules/\1\.md\)#``/\1``#g' \
            -e 's#\]\((\.\./)?([A-Za-z]+)\.md\)#](doc:/swift-mlp/\2)#g' \
            -e 's#\[([^]]*)\]\((\.\./)+[^)]*\)#\1#g' \
            -e 's#\]\(Images/#](#g' \
            "$page" >"$output/swift-mlp.docc/$(tr / - <<<"${page#Documentation/}")"
    done
    printf '\n@Metadata {\n    @TechnologyRoot\n}\n' |
        sed -i.bak -e '1r /dev/stdin' "$output/swift-mlp.docc/swift-mlp.md"
    rm "$output/swift-mlp.docc/swift-mlp.md.bak"
}

Scripts/install-dependencies.sh
rm -rf "$output"
mkdir -p "$output/symbols" "$output/swift-mlp.docc"

Scripts/public-symbols.sh "$output/symbols"
python3 Scripts/documented-symbols.py "$output/symbols"

say "building the documentation"
stage_pages
docc convert "$output/swift-mlp.docc" --additional-symbol-graph-dir "$output/symbols" --warnings-as-errors \
    --fallback-display-name swift-mlp --fallback-bundle-identifier swift-mlp --output-dir "$archive"

if (($# > 0)); then
    mkdir -p "$1"
    cp -R "$archive/." "$1"
fi
say "the documentation is in ${1:-$archive}"
