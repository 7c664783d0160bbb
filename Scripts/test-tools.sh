#!/usr/bin/env bash
#
# Builds the program mlp with its tests, installs it in a temporary folder, and runs the tests, the commands of
# Documentation/CommandLine.md and of README, and the server. Fails if the manual page or the page's tables are stale.
#
#     Scripts/test-tools.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

stage=$(mktemp -d)
readonly stage
server=
trap '[[ -z $server ]] || kill -KILL "$server" 2>/dev/null || true; rm -rf "$stage"' EXIT

Scripts/install-dependencies.sh
say "building mlp and its tests (the first time takes a few minutes)"
export SWIFT_BUILD_OPTIONS="-Xswiftc -enable-testing"
swift build --package-path Tools -c release --build-tests -Xswiftc -enable-testing >"$stage/build" 2>&1 ||
    { grep -A 3 'error:' "$stage/build" >&2; fail "mlp does not build"; }
say "installing mlp"
Scripts/install-mlp.sh "$stage/prefix" | tail -n 2 >&2
[[ -s $stage/prefix/share/man/man1/mlp.1 && -s $stage/prefix/share/bash-completion/completions/mlp ]] ||
    fail "the manual page or the completions are not installed"
export PATH=$stage/prefix/bin:$PATH
Scripts/manual.py mlp --check

say "running the tests of mlp"
# Tests that wait for programs hold the threads that the server's tests need.
for choice in --skip --filter; do
    swift test --package-path Tools -c release --skip-build -Xswiftc -enable-testing $choice CommandTests
done

say "checking the types of the programs that mlp train --swift prints"
{
    echo "import SwiftMLP"
    number=0
    for options in "income" "age" "income --set maxIter=5 --set nEnsemble=2 --class-weight balanced --time 10s" \
        "age --set hiddenLayerSizes=8,8 --set dropout=0" "income --model mlp --set alpha=1e-3 --missing none" \
        "age --model mlp --set hidden_layer_sizes=8 --type region=strings --accounting"; do
        number=$((number + 1))
        # shellcheck disable=SC2086
        program=$(mlp train Examples/AdultStyleTable/people.csv --swift -t $options) || fail "mlp train --swift -t $options"
        printf 'func program%d() throws {\n%s\n}\n' $number "${program#import SwiftMLP}"
    done
} >"$stage/programs.swift"
binaries=$(swift build --package-path Tools -c release --show-bin-path)
maps=()
for map in "$binaries"/*.build/module.modulemap; do maps+=(-Xcc "-fmodule-map-file=$map"); done
swiftc -swift-version 6 -typecheck -I "$binaries/Modules" \
    -I Tools/.build/checkouts/swift-numerics/Sources/_NumericsShims/include -I Sources/CLibCrypto -I Sources/COpenBLAS \
    ${maps[@]+"${maps[@]}"} "$stage/programs.swift"

say "running the commands of Documentation/CommandLine.md"
cp Examples/AdultStyleTable/people.csv "$stage"
commands=$(sed -n '/^```sh$/,/^```$/p' Documentation/CommandLine.md | sed '/^```/d; s/ *#.*//' |
    sed -E 's/^(mlp (train|tune) .*)$/\1 --set maxIter=2 --set hiddenLayerSizes=8,/')
[[ $commands == *"mlp convert"* ]] || fail "Documentation/CommandLine.md has no commands"
(cd "$stage" && bash -euo pipefail -c "$commands" >"$stage/answers" 2>&1) ||
    fail "a command of Documentation/CommandLine.md fails: $(tail -n 5 "$stage/answers")"

say "running the first minute of README"
first=$(sed -n '/^Scripts\/install-mlp.sh/,/^```$/p' README.md | sed '/^```/d; s/ *#.*//')
[[ $(wc -l <<<"$first") == 3 ]] || fail "README does not begin with three commands"
train=$(sed -n 2p <<<"$first") serve=$(sed -n 3p <<<"$first")
bash -euc "${train/-o income.mlp/-o $stage/income.mlp}"
${serve/income.mlp/$stage/income.mlp} --port 0 2>"$stage/log" &
server=$!
for _ in {1..100}; do
    grep -q 'http://' "$stage/log" && break
    sleep 0.1
done
port=$(sed -n 's#.*http://127.0.0.1:\([0-9]*\).*#\1#p' "$stage/log")
curl --silent --fail "http://127.0.0.1:$port/" | grep '<form' >/dev/null || fail "the page has no form"
kill -TERM "$server"
wait "$server"
server=

Scripts/test-serving.sh
