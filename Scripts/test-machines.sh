#!/usr/bin/env bash
#
# Installs a PostgreSQL server and libpq if they are missing, and runs the tests of searches that several processes share. The
# tests start servers of their own in temporary folders, kill processes, restart databases and fill a small disk. Fails if one
# of them is skipped.
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

install_postgresql() {
    local as_root=() versions
    if [[ $(uname -s) == Darwin ]]; then
        brew install --quiet postgresql libpq
        return
    fi
    command -v apt-get >/dev/null || fail "install the server and client library of PostgreSQL, and run this again"
    if [[ $(id -u) != 0 ]]; then as_root=(sudo); fi
    say "installing PostgreSQL"
    ${as_root[@]+"${as_root[@]}"} apt-get --quiet=2 update >/dev/null
    # Debian 12 has version 15; other systems have another one.
    versions=postgresql-15
    apt-cache show "$versions" >/dev/null 2>&1 || versions=postgresql
    # The tests start servers of their own, so that none needs to run.
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get --quiet=2 --yes \
        --no-install-recommends install "$versions" libpq5 >/dev/null
}

Scripts/install-dependencies.sh
if [[ -z $(server) ]] || { [[ $(uname -s) == Linux ]] && ! ldconfig -p | grep 'libpq\.so\.5' >/dev/null; }; then
    install_postgresql
fi
[[ -n $(server) ]] || fail "there is no PostgreSQL server"

say "running the tests of shared searches with the server in $(server)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift test --configuration release -Xswiftc -enable-testing --scratch-path "${SCRATCH_PATH:-.build/tests}" \
    --filter PostgresStoreTests 2>&1 | tee "$log"
! grep -i 'skipped' "$log" >/dev/null || fail "a test was skipped"
grep 'tenKillsAndARestartChangeNothing.* passed' "$log" >/dev/null || fail "the test with killed processes did not run"
say "searches are shared over PostgreSQL"
