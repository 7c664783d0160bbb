#!/usr/bin/env bash
#
# Tests training on a GPU without a GPU: the kernels of the images are those of the sources, spill no registers and have no
# races; compiled for the processor, behind a driver of the tests, they train what the processor trains; every failure of the
# driver is an error, after which nothing is leaked; a program that does not ask for a GPU loads nothing.
#
#     Scripts/test-gpu.sh
#
# PYTHON   the interpreter for the virtual environment (default: python3)
# CXX      the compiler for the kernels (default: g++, or clang++)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

readonly mock=$PWD/.build/mock-driver scratch=.build/tests

if [[ $(uname -s) != Linux ]]; then
    say "NVIDIA's drivers are for Linux; this is another system"
    exit 0
fi

Scripts/install-dependencies.sh
Scripts/gpu/test-kernels.sh

say "training behind a driver of the tests"
rm -rf "$mock"
mkdir -p "$mock"
cp .build/kernels.so "$mock/libcuda-kernels.so"
Tests/CUDADeviceTests/Mock/build.sh "$mock"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
SWIFT_MLP_CUDA_MOCK=$mock/libcuda.so.1 swift test --configuration release -Xswiftc -enable-testing \
    --scratch-path "$scratch" --filter CUDADeviceTests 2>&1 | tee "$log"
! grep -i 'skipped' "$log" >/dev/null || fail "a test was skipped"
for test in everyCallFails nothingIsOpenedBeforeAGPUIsUsed; do
    grep "$test.* passed" "$log" >/dev/null || fail "the test $test did not run"
done
Scripts/gpu/test-leaks.sh .build/kernels.so

say "training networks for tables on kernels that watch for races"
readonly watched=$PWD/.build/watched-driver
rm -rf "$watched"
mkdir -p "$watched"
cp .build/watched-kernels.so "$watched/libcuda-kernels.so"
Tests/CUDADeviceTests/Mock/build.sh "$watched"
SWIFT_MLP_CUDA_MOCK=$watched/libcuda.so.1 swift test --configuration release -Xswiftc -enable-testing \
    --scratch-path "$scratch" --skip-build --filter CUDADeviceTests.TabularTests 2>&1 | tee "$log"
grep "equalsTheProcessor.* passed" "$log" >/dev/null || fail "the test equalsTheProcessor did not run"

# The tests prove that the driver is opened only when a GPU is used. No program links it either.
for program in "$scratch"/release/*.xctest; do
    ! ldd "$program" | grep -E 'libcuda|libnv' || fail "$program links a library of CUDA"
done
say "training on a GPU is tested, without a GPU"
