#!/usr/bin/env bash
#
# Compares the kernels for several classes of processors on this machine: AVX2 and plain x86-64 with the best that the
# machine has, and NEON, which an emulator runs. On other machines than x86-64 with Linux it does nothing.
#
#     Scripts/test-processors.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

[[ $(uname -sm) == "Linux x86_64" ]] || exit 0
packages=(qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross)
if ! dpkg --status "${packages[@]}" >/dev/null 2>&1; then
    say "installing ${packages[*]}"
    sudo=$([[ $(id -u) == 0 ]] || echo sudo)
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install --yes -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
compile() {
    local name=$1
    shift
    clang -O2 -Wall -Werror -ISources/CKernels/include "$@" Scripts/processors/kernels.c Sources/CKernels/*.c \
        -lm -lpthread -o "$folder/$name"
}

compile best
compile avx2 -DKERNELS_AT_MOST_V3
compile baseline -DKERNELS_BASELINE
compile neon --target=aarch64-linux-gnu -I/usr/aarch64-linux-gnu/include --gcc-toolchain=/usr -fuse-ld=lld -static
"$folder/best" >"$folder/best.txt"
"$folder/avx2" >"$folder/avx2.txt"
"$folder/baseline" >"$folder/baseline.txt"
qemu-aarch64 "$folder/neon" >"$folder/neon.txt"
for class in avx2 baseline neon; do
    say "comparing $class"
    python3 Scripts/processors/compare.py "$folder/best.txt" "$folder/$class.txt" >&2
done
