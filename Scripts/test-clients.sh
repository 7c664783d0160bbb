#!/usr/bin/env bash
#
# Builds and runs the packages in Tests/Clients, which use this package as its clients do.
#
#     Scripts/test-clients.sh                  all
#     Scripts/test-clients.sh ClassifierOnly   those that are named

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

readonly clients=$PWD/.build/clients

# Builds the client with the given options of `swift build`, and prints what it prints.
run() {
    local name=$1
    shift
    swift build --configuration release --package-path "$clients/$name" "$@" >&2
    "$(swift build --configuration release --package-path "$clients/$name" "$@" --show-bin-path)/$name"
}

expect() {
    [[ $2 == "$3" ]] || fail "$1 printed '$2' and not '$3'"
}

# Two modules of the name Metrics: this package's and apple/swift-metrics'.
test_MetricsAlias() {
    expect MetricsAlias "$(run MetricsAlias)" 1.0
}

# A client of MLPClassifier compiles the modules that it needs and no others.
test_ClassifierOnly() {
    local folder module compiled=()
    rm -rf "$clients/ClassifierOnly/.build"
    expect ClassifierOnly "$(run ClassifierOnly)" "[0, 1, 1, 0]"
    # Modules that are only planned have a folder too, but no object files.
    for folder in "$clients/ClassifierOnly/.build/release/"*.build; do
        [[ -z $(find "$folder" -name '*.o') ]] || compiled+=("$(basename "$folder" .build)")
    done
    say "it compiled ${compiled[*]}"
    for module in Composition Datasets Inspection Interchange ModelSelection Plotting Preprocessing SwiftMLP Tables \
        TabularNetworks; do
        [[ " ${compiled[*]} " != *" $module "* ]] || fail "ClassifierOnly compiled $module"
    done
}

# A program that reads a table can be copied to a machine without Swift.
test_StaticTable() {
    local options=() program needed
    if [[ $(uname -s) == Linux ]]; then options=(--static-swift-stdlib); fi
    expect StaticTable "$(run StaticTable ${options[@]+"${options[@]}"})" "[36.0, nan]"
    [[ $(uname -s) == Linux ]] || return 0
    program=$clients/StaticTable/.build/release/StaticTable
    needed=$(readelf --dynamic "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort)
    say "it needs the libraries ${needed//$'\n'/ }"
    ! grep -E 'Foundation|swift|curl|ssl|crypto|xml' <<<"$needed" >&2 || fail "StaticTable needs the libraries above"
}

# README.md's first program: one product, one import.
test_IrisProgram() {
    local source=$clients/IrisProgram/Sources/IrisProgram
    mkdir -p "$source"
    sed -n '/^import SwiftMLP$/,/^```$/p' README.md | sed '/^```$/,$d' >"$source/main.swift"
    [[ -s $source/main.swift ]] || fail "README.md has no program that begins with 'import SwiftMLP'"
    local output
    output=$(run IrisProgram)
    expect IrisProgram "${output##*$'\n'}" "Precisión del modelo: 0.9333333333333333"
}

Scripts/install-dependencies.sh
names=("$@")
if ((${#names[@]} == 0)); then
    for folder in Tests/Clients/*/; do names+=("$(basename "$folder")"); done
fi
for name in "${names[@]}"; do
    say "building the client $name"
    stage_package "Tests/Clients/$name" "$clients"
    "test_$name"
done
say "the clients work: ${names[*]}"
