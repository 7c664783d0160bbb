#!/usr/bin/env bash
#
# Opens plots and reports of every kind in headless Chromium, and prints the reports. Chromium and poppler are installed if
# they are missing. Fails in dark or light mode if a file writes to the console, requests anything from the network, or has text
# that is cut off, overlaps or is faint; if a report is wider than a phone or has the wrong number of columns; and if a page
# break splits a printed plot or table.
#
#     Scripts/test-report.sh            checks
#     Scripts/test-report.sh FOLDER     also keeps the files there

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

find_chromium() {
    command -v chromium || command -v chromium-browser || command -v google-chrome ||
        command -v '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
}

find_all() { find_chromium && command -v pdftotext && command -v pdftoppm; }

install_all() {
    if command -v brew >/dev/null && find_chromium >/dev/null; then
        say "installing poppler"
        brew install --quiet poppler >/dev/null
        return
    fi
    command -v apt-get >/dev/null || return 1
    local as_root=()
    if [[ $(id -u) != 0 ]]; then as_root=(sudo); fi
    say "installing chromium and poppler-utils"
    ${as_root[@]+"${as_root[@]}"} apt-get --quiet=2 update >/dev/null
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes \
        --no-install-recommends install chromium fonts-dejavu-core poppler-utils >/dev/null
}

if ! find_all >/dev/null && ! install_all; then
    say "Chromium or poppler is missing and cannot be installed here: the reports are not checked"
    if [[ -n ${CI:-} ]]; then exit 1; else exit 0; fi
fi
chromium=$(find_chromium)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
files=${1:-$work/files}
mkdir -p "$files"
files=$(cd "$files" && pwd)

say "drawing plots and reports"
SWIFT_MLP_GALLERY=$files swift test --configuration release -Xswiftc -enable-testing --scratch-path .build/tests \
    --filter 'galleryIsWrittenForTheBrowser|examplesCompileAndWriteTheirFiles' >"$work/test.log" 2>&1 || {
    cat "$work/test.log" >&2
    exit 1
}

# Reports are opened twice, once at the width of a phone.
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

browse() {
    "$chromium" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
        --no-first-run --disable-background-networking --disable-component-update --disable-sync \
        --allow-file-access-from-files --enable-logging=stderr "$@"
}

# Chromium numbers the color schemes: 0 is dark, 1 is light.
for scheme in 0 1; do
    say "opening them in $chromium, color scheme $scheme"
    browse --blink-settings=preferredColorScheme=$scheme --virtual-time-budget=60000 --dump-dom \
        "file://$files/browser-check.html" >"$work/page.html" 2>"$work/browser.log"

    findings=$(sed -n '/<pre id="findings">/,$ { p; /<\/pre>/q }' "$work/page.html" | sed 's/<[^>]*>//g')
    console=$(grep ':CONSOLE' "$work/browser.log" || true)
    summary=$(grep '^checked' <<<"$findings" || true)
    faults=$(grep -v '^checked' <<<"$findings" || true)
    if [[ $scheme == 0 ]]; then mode=dark; else mode=light; fi
    if [[ $summary != *"$mode mode" ]]; then faults+=$'\n'"the browser was not in $mode mode"; fi
    if [[ -z $summary || -n ${faults//[[:space:]]/} || -n $console ]]; then
        say "the browser found errors"
        printf '%s\n' "$faults" "$console" >&2
        if [[ -z $summary ]]; then tail -n 20 "$work/browser.log" >&2; fi
        exit 1
    fi
    say "$summary: nothing is cut off, nothing overlaps, nothing was requested"
done

# Print with the light colors, whatever the preference.
say "printing the reports"
for file in "$files"/report-*.html; do
    browse --blink-settings=preferredColorScheme=1 --no-pdf-header-footer --print-to-pdf="${file%.html}.pdf" \
        "file://$file" 2>>"$work/printer.log"
done
if ! python3 Scripts/printed-pages.py "$files"; then
    say "the printed reports have errors"
    exit 1
fi
say "no page break splits a plot or a table"
