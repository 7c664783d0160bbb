#!/usr/bin/env bash
#
# Runs the tests of a driver that fails under the address sanitizer: whichever call fails, no memory of the program and none
# of the device is leaked. The tests have to be built.
#
#     Scripts/gpu/test-leaks.sh KERNELS.so
#
# KERNELS.so is from Scripts/gpu/build-host-kernels.sh.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source Scripts/common.sh
[[ $# -eq 1 ]] || { echo "usage: $0 KERNELS.so" >&2; exit 2; }

readonly kernels=$1 tests=.build/tests/release/swift-mlpPackageTests.xctest
sanitizer=$(clang -print-file-name="libclang_rt.asan-$(uname -m).so")
[[ -e $sanitizer ]] || fail "the toolchain has no $sanitizer"

# Runs the tests that match $1 with a mock driver that is compiled with the options after it.
run() {
    local filter=$1
    shift
    rm -rf "$folder/driver"
    mkdir "$folder/driver"
    cp "$kernels" "$folder/driver/libcuda-kernels.so"
    CC=clang Tests/CUDADeviceTests/Mock/build.sh "$folder/driver" -fsanitize=address -shared-libasan "$@"
    # The sanitizer takes over the memory of the whole program. Its functions need not be instrumented to find leaks.
    LD_PRELOAD=$sanitizer ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$folder/suppressions \
        SWIFT_MLP_CUDA_MOCK=$folder/driver/libcuda.so.1 \
        "$tests" --testing-library swift-testing --filter "$filter" >"$folder/log" 2>&1
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# What the initializer of a global allocates lives to the end. The sanitizer does not see it if Swift's reference has tag bits.
echo "leak:swift::threading_impl::once_slow" >"$folder/suppressions"

say "searching for leaks after failures of the driver"
run FaultTests || { grep -v warning "$folder/log" >&2; fail "a test fails, or memory is leaked"; }
grep 'Suite FaultTests passed' "$folder/log" >/dev/null || fail "the tests did not run"

# This driver frees no memory of the device.
! run memoryEnds -DPLANTED_LEAK || fail "a planted leak is not found"
grep 'LeakSanitizer: detected memory leaks' "$folder/log" >/dev/null || fail "the tests fail for another reason"
