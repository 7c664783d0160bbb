#!/usr/bin/env bash
#
# Builds the documentation of all public modules with the pages of Documentation. Fails where DocC warns, and where a public
# symbol has no documentation.
#
#     Scripts/build-documentation.sh           builds .build/documentation/swift-mlp.doccarchive
#     Scripts/build-documentation.sh FOLDER    also copies it to FOLDER, for any web server to serve
#
# SCRATCH_PATH   the build folder (default: that of Scripts/test.sh, so that neither builds what the other has built)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*" >&2; }

readonly scratch=${SCRATCH_PATH:-.build/tests}
readonly output=.build/documentation
readonly archive=$output/swift-mlp.doccarchive
modules=()
for page in Documentation/Modules/*.md; do modules+=("$(basename "$page" .md)"); done

# On macOS `docc` is part of Xcode and not in PATH.
docc() { if type -P docc >/dev/null; then command docc "$@"; else xcrun docc "$@"; fi; }

# SwiftPM writes the symbols of every module of the package, and says that it failed where one has none, as its own module
# of tests: what counts is that those of the public modules are there. They are read from the modules that the tests are
# built with; there is nothing else to compile.
dump_symbols() {
    local log=$output/symbols.log folder module
    rm -rf "$scratch"/*/symbolgraph
    swift package --configuration release -Xswiftc -enable-testing --scratch-path "$scratch" dump-symbol-graph \
        --skip-synthesized-members --emit-extension-block-symbols >"$log" 2>&1 || true
    for folder in "$scratch"/*/symbolgraph; do
        for module in "${modules[@]}"; do
            if ! cp "$folder/$module.symbols.json" "$output/symbols"; then
                tail -n 20 "$log" >&2
                say "there are no symbols of $module; $log says more"
                return 1
            fi
            find "$folder" -name "$module@*.symbols.json" -exec cp {} "$output/symbols" \;
        done
    done
}

# On GitHub a link names a file, in DocC a page, by its full path, since a module may have the name of a page. What is not a
# page has no place in DocC. The first page is the root.
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

say "reading the public symbols of ${#modules[@]} modules"
dump_symbols
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
