#!/usr/bin/env bash
#
# Builds Examples/JSONLines with the commands of Documentation/Shipping.md, and runs the program in a file system that has
# nothing but the program, its model and /proc. Fails if it needs a shared library, or predicts something else there. Prints
# its size and speed.
#
#     Scripts/test-shipping.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

if [[ $(uname -s) != Linux ]] || ! command -v dpkg-query >/dev/null; then
    say "programs are shipped from Debian and Ubuntu; this is another system"
    exit 0
fi

readonly stage=$PWD/.build/shipping
readonly package=$stage/JSONLines root=$stage/root

# The static Fortran library belongs to the version of GCC whose files Swift links with.
install_fortran() {
    [[ -z $(find /usr/lib/gcc -name libgfortran.a) ]] || return 0
    local version as_root=()
    version=$(find /usr/lib/gcc -name crtbegin.o | sed 's#.*/\([0-9]*\)/crtbegin.o#\1#' | sort -n | tail -n 1)
    if [[ $(id -u) != 0 ]]; then as_root=(sudo); fi
    say "installing libgfortran-$version-dev"
    ${as_root[@]+"${as_root[@]}"} apt-get --quiet=2 update >/dev/null
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes \
        --no-install-recommends install "libgfortran-$version-dev" >/dev/null
}

# The commands of the page's first shell block.
build() {
    local commands
    commands=$(sed -n '/^```sh$/,/^```$/p' Documentation/Shipping.md | sed '1d;/^```$/,$d')
    [[ $commands == *"swift build"* ]] || fail "Documentation/Shipping.md has no commands that build"
    (cd "$package" && bash -euc "$commands") >&2
}

# Runs the program with the file system of `root`, as another process than all outside.
inside() {
    # shellcheck disable=SC2016 # The inner shell expands its own arguments.
    unshare --map-root-user --mount --pid --fork \
        bash -c 'mount -t proc proc "$0/proc" && exec chroot "$0" /JSONLines "$@"' "$root" "$@"
}

Scripts/install-dependencies.sh
install_fortran
stage_package Examples/JSONLines "$stage"
say "building"
build

needed=$(readelf --dynamic "$package/JSONLines" 2>/dev/null | grep NEEDED || true)
[[ -z $needed ]] || fail "the program needs shared libraries: $needed"

say "running it in a bare file system"
rm -rf "$root"
mkdir -p "$root/proc"
cp "$package/JSONLines" "$root"
"$root/JSONLines" train Examples/AdultStyleTable/people.csv income "$root/people.model" 2>/dev/null
rows='{"age": 62, "schooling": 10, "hours": 38, "trade": "baker", "region": "north"}
{"age": 34, "schooling": 11, "hours": null, "trade": "astronaut", "region": "west"}'
outside=$("$root/JSONLines" predict "$root/people.model" <<<"$rows")
[[ $(wc -l <<<"$outside") == 2 && $outside == '{"high": 0.'* ]] || fail "it printed '$outside'"
[[ $(inside predict /people.model <<<"$rows") == "$outside" ]] || fail "it predicts something else in a bare file system"
! inside predict /nothing.model 2>/dev/null </dev/null || fail "it does not fail without a model"

for ((i = 0; i < 5000; i++)); do printf '%s\n' "$rows"; done >"$root/rows.jsonl"
inside time /people.model /rows.jsonl
size=$(du --apparent-size --block-size=MB "$package/JSONLines" | cut -f1)
say "the program has $size, needs no file but its model, and predicts the same in a bare file system"
