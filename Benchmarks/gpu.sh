#!/usr/bin/env bash
#
# Checks and measures training on a GPU, here or on another machine. Builds a program, carries it with the libraries that it
# needs, and runs it there: scikit-learn's losses on the card, the same bits from run to run, compute-sanitizer if it is
# installed, and a table of this package, PyTorch and JAX, of those that the machine's python3 has.
#
#     Benchmarks/gpu.sh                here
#     Benchmarks/gpu.sh USER@HOST      on another machine, over ssh; it needs the driver, no Swift and no CUDA toolkit
#     Benchmarks/gpu.sh --check        here, without measuring
#
# Without a card, it ends with status 3 after the line "no device: " with the reason.
#
# BENCHMARK_SKIP_BUILD   any value: do not build
# PYTHON                 the interpreter that measures (default: python3)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '==> %s\n' "$*" >&2; }

readonly stage=.build/gpu

# The program, every library that it links with except those of the system, and the scripts.
build() {
    local library
    if [[ -z ${BENCHMARK_SKIP_BUILD:-} ]]; then
        say "building in release mode"
        swift build --configuration release --product Peer >&2
    fi
    rm -rf "$stage"
    mkdir -p "$stage/libraries"
    cp .build/release/Peer "$stage"
    # shellcheck disable=SC2046 # Paths of libraries have no spaces.
    for library in $(ldd .build/release/Peer | awk '$3 ~ /^\// { print $3 }'); do
        case ${library##*/} in
            libc.so* | libm.so* | libdl.so* | libpthread.so* | librt.so* | libresolv.so* | ld-linux*) ;;
            *) cp --dereference "$library" "$stage/libraries" ;;
        esac
    done
    cp -R Python gpu.sh ../Tests/NeuralNetworkTests/Fixtures/scikit_learn.json "$stage"
}

# What runs beside the card, in the folder with the program.
run() {
    export LD_LIBRARY_PATH=$PWD/libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    local status=0
    ./Peer check-device scikit_learn.json || status=$?
    [[ $status == 0 ]] || exit "$status"
    if command -v nvidia-smi >/dev/null; then nvidia-smi --query-gpu=name,driver_version --format=csv,noheader; fi
    if command -v compute-sanitizer >/dev/null; then
        for tool in memcheck racecheck; do
            say "compute-sanitizer --tool $tool"
            compute-sanitizer --tool "$tool" --error-exitcode 1 ./Peer check-device scikit_learn.json | tail -n 3
        done
    else
        say "compute-sanitizer is not installed"
    fi
    if [[ ${1:-} == --check ]]; then return; fi
    say "measuring"
    BENCHMARK_PEER=$PWD/Peer "${PYTHON:-python3}" Python/gpu.py
}

case ${1:-} in
    --run) run "${2:-}" ;;
    '' | --check)
        build
        cd "$stage"
        run "${1:-}"
        ;;
    -*) sed -n '3,15p' gpu.sh >&2; exit 2 ;;
    *)
        build
        say "carrying $(du -sh "$stage" | cut -f1) to $1"
        tar -C "$stage" -cz . | ssh "$1" 'rm -rf swift-mlp-gpu && mkdir swift-mlp-gpu && tar -C swift-mlp-gpu -xz'
        ssh "$1" "cd swift-mlp-gpu && PYTHON=${PYTHON:-python3} ./gpu.sh --run"
        ;;
esac
