#!/usr/bin/env bash
#
# Runs a program in two processes on two machines that this machine simulates: network namespaces with an address and a host
# name each, and a cable between them. Needs root, iproute2 and OpenMPI.
#
#     two-machines.sh [--cut SECONDS] FOLDER PROGRAM ARGUMENTS...
#
# FOLDER gets the output of process N (output.N, errors.N), and when it has ended its status (status.N) and the seconds
# from the cut on (seconds.N). With --cut, the cable is cut as many seconds after the program has printed a line.

set -euo pipefail

cut=
if [[ $1 == --cut ]]; then
    cut=$2
    shift 2
fi
folder=$1
shift
name=mlp$$

launcher=
finish() {
    local machine
    if [[ -n $launcher ]]; then kill -9 "$launcher" 2>/dev/null || true; fi
    for machine in "${name}a" "${name}b"; do
        ip netns pids "$machine" 2>/dev/null | xargs -r kill -9 2>/dev/null || true
        ip netns del "$machine" 2>/dev/null || true
    done
}
trap finish EXIT

ip netns add "${name}a"
ip netns add "${name}b"
ip link add "${name}a" netns "${name}a" type veth peer name "${name}b" netns "${name}b"
number=0
for machine in "${name}a" "${name}b"; do
    number=$((number + 1))
    ip -n "$machine" link set lo up
    ip -n "$machine" addr add "10.77.0.$number/24" dev "$machine"
    ip -n "$machine" link set "$machine" up
done

# What mpirun calls instead of ssh: a host and a command.
cat >"$folder/remote" <<END
#!/bin/sh
shift
exec ip netns exec ${name}b unshare --uts sh -c "hostname ${name}b; \$*"
END
# Runs one process, whose output has to stay on its machine when the cable is cut.
cat >"$folder/process" <<END
#!/bin/bash
"\$@" >"$folder/output.\$OMPI_COMM_WORLD_RANK" 2>"$folder/errors.\$OMPI_COMM_WORLD_RANK"
status=\$?
if [[ -f $folder/cut ]]; then
    echo "\$(date +%s.%N) \$(<"$folder/cut")" | awk '{ print \$1 - \$2 }' >"$folder/seconds.\$OMPI_COMM_WORLD_RANK"
fi
echo \$status >"$folder/status.\$OMPI_COMM_WORLD_RANK"
exit \$status
END
chmod +x "$folder/remote" "$folder/process"

root=()
if [[ $(id -u) == 0 ]]; then root=(--allow-run-as-root); fi
ip netns exec "${name}a" unshare --uts sh -c 'hostname "$0"; exec "$@"' "${name}a" \
    mpirun.openmpi "${root[@]}" --host 10.77.0.1,10.77.0.2 -n 2 --mca plm_rsh_agent "$folder/remote" --mca btl tcp,self \
    --mca btl_tcp_if_include 10.77.0.0/24 --mca oob_tcp_if_include 10.77.0.0/24 "$folder/process" "$@" &
launcher=$!

if [[ -n $cut ]]; then
    for ((wait = 0; wait < 300; wait += 1)); do
        if [[ -s $folder/output.0 ]]; then break; fi
        sleep 0.1
    done
    sleep "$cut"
    date +%s.%N >"$folder/cut"
    ip -n "${name}a" link set "${name}a" down
    for ((wait = 0; wait < 200; wait += 1)); do
        if [[ -f $folder/status.0 && -f $folder/status.1 ]]; then break; fi
        sleep 0.1
    done
else
    wait "$launcher"
fi
