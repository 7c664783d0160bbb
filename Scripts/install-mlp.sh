#!/usr/bin/env bash
#
# Builds the program mlp and installs it, with its manual page and shell completions.
#
#     Scripts/install-mlp.sh [PREFIX]        default: ~/.local, for which no rights are needed; as root /usr/local

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '3,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit
fi
usual=$HOME/.local
if [[ $(id -u) == 0 ]]; then usual=/usr/local; fi
prefix=${1:-$usual}
Scripts/install-dependencies.sh
# The tests build with options of their own, and need not build everything twice.
read -ra options <<<"${SWIFT_BUILD_OPTIONS:-}"
swift build --package-path Tools -c release --product mlp ${options[@]+"${options[@]}"}
program=$(swift build --package-path Tools -c release --show-bin-path ${options[@]+"${options[@]}"})/mlp

mkdir -p "$prefix/bin" "$prefix/share/man/man1"
install -m 755 "$program" "$prefix/bin/mlp"
install -m 644 Tools/mlp.1 "$prefix/share/man/man1/mlp.1"
completion() {
    mkdir -p "$(dirname "$prefix/share/$2")"
    "$program" --generate-completion-script "$1" >"$prefix/share/$2"
}
completion bash bash-completion/completions/mlp
completion zsh zsh/site-functions/_mlp
completion fish fish/vendor_completions.d/mlp.fish

echo "Installed $prefix/bin/mlp."
case ":$PATH:" in
*":$prefix/bin:"*) ;;
*) echo "Add it to the path: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
