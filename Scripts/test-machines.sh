#!/usr/bin/env bash
#
# Installs PostgreSQL, OpenMPI and MPICH if they are missing, and runs the tests of several processes: searches that share a
# database, and training over MPI. The tests start servers of their own in temporary folders, kill processes, restart databases,
# fill a small disk, and cut the cable between two network namespaces. Fails if one of them is skipped; those with namespaces,
# which need root, say so and are left out.
#
#     Scripts/test-machines.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

server() {
    local folder
    for folder in /usr/lib/postgresql/*/bin /usr/local/bin /usr/bin /opt/homebrew/bin /opt/homebrew/opt/postgresql/bin; do
        if [[ -x $folder/initdb && -x $folder/postgres && -x $folder/psql ]]; then
            echo "$folder"
            return
        fi
    done
}

as_root() {
    if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

install_packages() {
    command -v apt-get >/dev/null || fail "install $1, and run this again"
    say "installing $1"
    shift
    as_root apt-get --quiet=2 update >/dev/null
    # The tests start servers of their own, so that none needs to run.
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get --quiet=2 --yes --no-install-recommends install "$@" \
        >/dev/null
}

install_postgresql() {
    local version=postgresql-15
    if [[ $(uname -s) == Darwin ]]; then
        brew install --quiet postgresql libpq
        return
    fi
    # Debian 12 has version 15; other systems have another one.
    apt-cache show "$version" >/dev/null 2>&1 || version=postgresql
    install_packages "the server and client library of PostgreSQL" "$version" libpq5
}

# Debian has both libraries side by side, with launchers of their own.
install_mpi() {
    if [[ $(uname -s) == Darwin ]]; then
        brew install --quiet open-mpi
    else
        install_packages "OpenMPI and MPICH" openmpi-bin mpich iproute2
    fi
}

Scripts/install-dependencies.sh
if [[ -z $(server) ]] || { [[ $(uname -s) == Linux ]] && ! ldconfig -p | grep 'libpq\.so\.5' >/dev/null; }; then
    install_postgresql
fi
[[ -n $(server) ]] || fail "there is no PostgreSQL server"

if ! command -v mpirun.openmpi >/dev/null || ! command -v mpirun.mpich >/dev/null; then
    if [[ $(uname -s) != Darwin ]] || ! command -v mpirun >/dev/null; then install_mpi; fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Runs the tests of a module, of which the named one must have run.
run_tests() {
    swift test --configuration release -Xswiftc -enable-testing --scratch-path "${SCRATCH_PATH:-.build/tests}" \
        --filter "$1" 2>&1 | tee "$log"
    grep "$2.* passed" "$log" >/dev/null || fail "the test $2 did not run"
}

say "running the tests of shared searches with the server in $(server)"
run_tests PostgresStoreTests tenKillsAndARestartChangeNothing
! grep -i 'skipped' "$log" >/dev/null || fail "a test was skipped"
say "searches are shared over PostgreSQL"

say "running the tests of training over MPI"
run_tests DistributedTests equalsOneProcess
if grep 'NetworkTests skipped' "$log" >/dev/null; then
    say "LEFT OUT: two machines with a cable between them, which need root and network namespaces"
fi
! grep -i 'skipped' "$log" | grep -v -e NetworkTests -e 'real table' >/dev/null || fail "a test was skipped"
say "networks are trained over MPI"
