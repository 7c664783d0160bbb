#!/usr/bin/env bash
#
# Runs training steps under oclgrind, which simulates an OpenCL device: no kernel has races, or uses memory that is not
# initialized or not its own. Planted faults are found.
#
#     Scripts/gpu/test-races.sh PYTHON
#
# PYTHON is an interpreter with NumPy.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source Scripts/common.sh
[[ $# -eq 1 ]] || { echo "usage: $0 PYTHON" >&2; exit 2; }

install() {
    command -v apt-get >/dev/null || fail "install $*, and run this again"
    say "installing $*"
    local as_root=()
    if [[ $(id -u) != 0 ]]; then as_root=(sudo); fi
    ${as_root[@]+"${as_root[@]}"} apt-get --quiet=2 update >/dev/null
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes \
        --no-install-recommends install "$@" >/dev/null
}

command -v oclgrind >/dev/null || install oclgrind
# Oclgrind reads the bitcode of its own version of LLVM.
version=$(ldd /usr/lib/oclgrind/liboclgrind-rt.so | sed -n 's/.*libLLVM-\([0-9]*\).*/\1/p')
{ command -v "clang++-$version" && command -v "opt-$version"; } >/dev/null || install "clang-$version" "llvm-$version"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Compiles the kernels of $2 with the options after it, and checks what $1 names.
check() {
    local name=$1 source=$2
    shift 2
    "$python" Scripts/gpu/make-opencl.py "$version" "$source" "$folder/$name.bc" "$@"
    oclgrind --data-races --uninitialized --max-errors 1000000 --local-mem-size 262144 --num-threads 1 \
        --log "$folder/$name.log" "$python" Scripts/gpu/check-races.py "$folder/$name.log" "$folder/$name.bc"
}

say "running the kernels under oclgrind"
readonly python=$1 kernels=Sources/CUDADevice/Kernels/kernels.cu
checks=()
check f64 "$kernels" -DPRECISION=64 & checks+=($!)
check f32 "$kernels" -DPRECISION=32 & checks+=($!)
check unordered "$kernels" -DPRECISION=64 -DUNORDERED & checks+=($!)
check planted Scripts/gpu/opencl/planted.cpp -DPRECISION=64 & checks+=($!)
for each in "${checks[@]}"; do wait "$each" || fail "a check with oclgrind fails"; done
