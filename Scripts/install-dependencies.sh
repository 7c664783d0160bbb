#!/usr/bin/env bash
#
# Installs missing system packages that swift-mlp needs, and checks the version of Swift. Works as root and with sudo. If
# nothing is missing, it changes nothing.
#
#     Scripts/install-dependencies.sh

set -euo pipefail

readonly minimum_major=6 minimum_minor=1

# Messages go to standard error: standard output is for the result of the calling script.
say() { printf '==> %s\n' "$*" >&2; }

# Prints what is wrong and then, in further lines, what to do.
fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    local advice
    for advice in "$@"; do printf '       %s\n' "$advice" >&2; done
    exit 1
}

# MARK: - Swift

require_swift() {
    command -v swift >/dev/null ||
        fail "there is no 'swift' in PATH; swift-mlp needs Swift $minimum_major.$minimum_minor or later" \
            "install it from https://www.swift.org/install and run this script again in a new shell"
}

require_recent_swift() {
    local answer version major minor
    answer=$(swift --version 2>&1) || fail "'swift --version' fails; is the toolchain complete?" "$answer"
    version=$(sed -n 's/.*Swift version \([0-9][0-9]*\)\.\([0-9][0-9]*\).*/\1 \2/p' <<<"$answer")
    [[ -n $version ]] || fail "cannot find the version in the output of 'swift --version'" "$answer"
    read -r major minor <<<"$version"
    ((major > minimum_major || (major == minimum_major && minor >= minimum_minor))) ||
        fail "swift-mlp needs Swift $minimum_major.$minimum_minor or later; the 'swift' in PATH is $major.$minor" \
            "a newer one is at https://www.swift.org/install"
}

swift_starts() { swift --version >/dev/null 2>&1 && swift build --version >/dev/null 2>&1; }

# MARK: - Debian and Ubuntu

# Returns whether a package whose name matches the pattern is installed.
is_installed() {
    dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -x installed >/dev/null
}

# Runs `apt-get` as root, without questions. Only its warnings and errors are shown.
apt() {
    local as_root=()
    if [[ $(id -u) != 0 ]]; then as_root=(sudo); fi
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get --quiet=2 --option Dpkg::Use-Pty=0 "$@" >/dev/null
}

update_package_list() {
    say "updating apt's package list"
    apt update || fail "'apt-get update' failed, for the reason above"
}

# Updates the package list only if necessary: if a package is not in the list (in a fresh container it is empty), or if a
# package of the list can no longer be downloaded.
install_with_apt() {
    [[ $(id -u) == 0 ]] || command -v sudo >/dev/null ||
        fail "packages are missing, and without sudo only root can install them" \
            "run as root: apt-get update && apt-get install $*"
    apt-get install --simulate "$@" >/dev/null 2>&1 || update_package_list
    say "installing $*"
    apt install --yes --no-install-recommends "$@" && return
    update_package_list
    apt install --yes --no-install-recommends "$@" || fail "'apt-get install $*' failed, for the reason above"
}

install_on_debian() {
    local package missing=()
    for package in libopenblas-dev liblapacke-dev libssl-dev pkg-config curl libc6-dev ca-certificates; do
        is_installed "$package" || missing+=("$package")
    done
    # Swift links with GCC's start files, which libgcc-*-dev has too.
    is_installed 'libgcc-*-dev' || missing+=(gcc)
    # A toolchain from an archive comes without the libraries that it needs to start.
    swift_starts || missing+=(libcurl4 libncurses6 libsqlite3-0 libxml2)

    if ((${#missing[@]} > 0)); then install_with_apt "${missing[@]}"; fi
}

# MARK: - Elsewhere

require_packages_of_another_linux() {
    { pkg-config --exists openblas libcrypto && command -v curl >/dev/null; } 2>/dev/null ||
        fail "packages are missing, and this script can install them on Debian and Ubuntu only" \
            "install OpenBLAS, LAPACKE and OpenSSL with their headers, pkg-config and curl; for example" \
            "Fedora: sudo dnf install openblas-devel lapack-devel openssl-devel pkgconf-pkg-config curl" \
            "Arch:   sudo pacman -S blas-openblas openssl pkgconf curl"
}

# Accelerate, CryptoKit and curl are part of macOS: only Swift's own tools are needed.
require_command_line_tools() {
    xcode-select --print-path >/dev/null 2>&1 ||
        fail "Xcode's command line tools are missing" "install them with: xcode-select --install"
}

# MARK: - Main

require_swift
case $(uname -s) in
    Darwin) require_command_line_tools ;;
    Linux)
        if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
            install_on_debian
        else
            require_packages_of_another_linux
        fi
        ;;
    *) fail "swift-mlp supports Linux and macOS; this is $(uname -s)" ;;
esac
require_recent_swift
say "the system packages and Swift are installed"
