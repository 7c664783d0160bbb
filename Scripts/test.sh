#!/usr/bin/env bash
#
# Installs missing packages, checks the format of the sources and runs all tests, with optimization, but for those of searches
# over PostgreSQL: Scripts/test-machines.sh runs these.
#
#     Scripts/test.sh                          everything else
#     Scripts/test.sh --filter MetricsTests    arguments are passed to `swift test`

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

lint() {
    if ! swift format --version >/dev/null 2>&1; then
        # A developer can run the tests all the same; continuous integration must not skip the check.
        if [[ -n ${CI:-} ]]; then
            say "this toolchain has no 'swift format', which continuous integration needs"
            return 1
        fi
        say "this toolchain has no 'swift format': the format is not checked"
        return
    fi

    local folder sources=(Package.swift)
    for folder in Sources Tests Examples Benchmarks Tools; do
        if [[ -d $folder ]]; then sources+=("$folder"); fi
    done
    say "checking the format of the sources"
    swift format lint --strict --recursive --parallel "${sources[@]}" && return
    say "the lines above differ from the project's format; 'swift format --in-place --recursive' fixes most of them"
    return 1
}

Scripts/install-dependencies.sh
lint

# `@testable import` in an optimized build needs `-enable-testing`, for every module. In a build folder shared with
# `swift build -c release`, which does not have it, each would compile all Swift modules again after the other: 27 and 24
# seconds on two cores, instead of half a second with a folder of its own.
say "building and running the tests with optimization (the first time takes a few minutes)"
# The tests of several processes wait for others for minutes, and would keep the threads of all others busy.
if [[ $# == 0 ]]; then set -- --skip PostgresStoreTests --skip DistributedTests; fi
exec swift test --configuration release -Xswiftc -enable-testing --scratch-path .build/tests "$@"
