#!/usr/bin/env bash
#
# Builds the mock driver in a folder: libcuda.so.1, and libcuda-kernels.so with the kernels compiled as C.
#
#     build.sh FOLDER [OPTION …]        the options are for the C compiler that builds the driver

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$1
shift

mkdir -p "$folder"
if [[ ! -e $folder/libcuda-kernels.so ]]; then
    "$here/../../../Scripts/gpu/build-host-kernels.sh" "$folder/libcuda-kernels.so"
fi
"${CC:-cc}" -std=gnu11 -Wall -Wextra -Werror -O1 -g -fPIC -shared -pthread "$@" \
    "$here/driver.c" "$here/kernels.c" -ldl -o "$folder/libcuda.so.1"
