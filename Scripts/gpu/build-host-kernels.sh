#!/usr/bin/env bash
#
# Compiles the kernels for this machine: Scripts/gpu/build-host-kernels.sh [--races] OUT.so
#
# With --races, every access to memory is watched, and a launch fails if two threads race.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

watched=()
instrumented=()
if [[ ${1:-} == --races ]]; then
    watched=(-DWATCHED)
    instrumented=(-fsanitize=thread)
    shift
fi
[[ $# -eq 1 ]] || { echo "usage: $0 [--races] OUT.so" >&2; exit 2; }
out=$1

compiler=${CXX:-$(command -v g++ || command -v clang++)}
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
flags=(
    -std=c++17 -O3 -march=native -fPIC -fvisibility=hidden -Wall -Wextra "${watched[@]}" -IScripts/gpu/host
    -ISources/CUDADevice/Kernels)

for precision in 32 64; do
    "$compiler" "${flags[@]}" "${instrumented[@]}" -DPRECISION=$precision -c Scripts/gpu/host/kernels.cpp \
        -o "$objects/kernels_$precision.o" &
done
"$compiler" "${flags[@]}" "${instrumented[@]}" -c Scripts/gpu/host/planted.cpp -o "$objects/planted.o"
for file in fibres watch launch; do
    "$compiler" "${flags[@]}" -c Scripts/gpu/host/$file.cpp -o "$objects/$file.o"
done
wait
# The library of the thread sanitizer is not linked: watch.cpp has its functions.
"$compiler" -shared -o "$out" "$objects"/*.o
