#!/usr/bin/env bash
#
# Opens pictures and reports of every kind in headless Chromium, which is installed where it is missing. Fails where one
# writes to the console, asks for anything, or has words that are cut or overlap.
#
#     Scripts/test-report.sh            checks, and forgets the files
#     Scripts/test-report.sh FOLDER     keeps them there

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '==> %s\n' "$*" >&2; }

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

install_chromium() {
    command -v apt-get >/dev/null || return 1
    local as_root=()
    if [[ $(id -u) != 0 ]]; then as_root=(sudo); fi
    say "installing chromium"
    ${as_root[@]+"${as_root[@]}"} apt-get --quiet=2 update >/dev/null
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes \
        --no-install-recommends install chromium fonts-dejavu-core >/dev/null
}

if ! find_chromium >/dev/null && ! install_chromium; then
    say "there is no Chromium, and no apt-get to install it: the reports are not looked at"
    if [[ -n ${CI:-} ]]; then exit 1; else exit 0; fi
fi
chromium=$(find_chromium)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
files=${1:-$work/files}
mkdir -p "$files"
files=$(cd "$files" && pwd)

say "drawing pictures and reports"
SWIFT_MLP_GALLERY=$files swift test --configuration release -Xswiftc -enable-testing --scratch-path .build/tests \
    --filter 'galleryIsWrittenForTheBrowser|examplesCompileAndWriteTheirFiles' >"$work/test.log" 2>&1 || {
    cat "$work/test.log" >&2
    exit 1
}

# Reports are looked at twice, once as wide as a telephone.
cp Scripts/browser-check.html "$files/browser-check.html"
(
    cd "$files"
    printf 'const files = [\n'
    for file in *.svg report-*.html; do
        printf '"%s",\n' "$file"
        if [[ $file == *.html ]]; then printf '"%s",\n' "${file%.html}-phone.html"; fi
    done
    printf '];\n'
) >"$work/files.js"
mv "$work/files.js" "$files/files.js"

say "opening them in $chromium"
"$chromium" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --allow-file-access-from-files \
    --enable-logging=stderr --virtual-time-budget=60000 --dump-dom "file://$files/browser-check.html" \
    >"$work/page.html" 2>"$work/browser.log"

findings=$(sed -n '/<pre id="findings">/,$p' "$work/page.html" | sed '/<\/pre>/q' | sed 's/<[^>]*>//g')
console=$(grep ':CONSOLE' "$work/browser.log" || true)
summary=$(grep '^checked' <<<"$findings" || true)
faults=$(grep -v '^checked' <<<"$findings" || true)
if [[ -z $summary || -n ${faults//[[:space:]]/} || -n $console ]]; then
    say "the browser found fault"
    printf '%s\n' "$faults" "$console" >&2
    if [[ -z $summary ]]; then tail -n 20 "$work/browser.log" >&2; fi
    exit 1
fi
say "$summary: nothing is cut, nothing overlaps, nothing was asked for"
