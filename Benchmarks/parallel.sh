#!/usr/bin/env bash
#
# Compares two processes of one thread with one process of two threads, in turns: the milliseconds of a training step, the medians
# of ROUNDS rounds (default 5), and the ratio of the rates. Then measures sums over two processes.
#
#     Benchmarks/parallel.sh [ROUNDS]
#
# BENCHMARK_SKIP_BUILD   any value: do not build

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
rounds=${1:-5}
if [[ -z ${BENCHMARK_SKIP_BUILD:-} ]]; then swift build --configuration release --product Parallel >&2; fi
program=$(swift build --configuration release --show-bin-path)/Parallel
launch=(mpirun --bind-to none --oversubscribe)
if [[ $(id -u) == 0 ]]; then launch+=(--allow-run-as-root); fi

median() { sort -g | awk '{ values[NR] = $1 } END { print values[int((NR + 1) / 2)] }'; }

echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)"
echo "| network | precision | batch | 1 process, 2 threads | 2 processes, 1 thread | ratio of rates |"
echo "|---|---|---|---|---|---|"
for network in "mid 784-256-128-10" "big 784-1024-1024-10"; do
    for precision in f64 f32; do
        for batch in 200 1000 4000; do
            read -r name layers <<<"$network"
            rows=$([[ $name == mid ]] && echo 20000 || echo 4000)
            steps=$((rows / batch))
            one=() two=()
            for ((round = 0; round < rounds; round += 1)); do
                one+=("$(OPENBLAS_NUM_THREADS=2 "${launch[@]}" -n 1 "$program" "$layers" $precision $batch $steps)")
                two+=("$(OPENBLAS_NUM_THREADS=1 "${launch[@]}" -n 2 "$program" "$layers" $precision $batch $steps)")
            done
            a=$(printf '%s\n' "${one[@]}" | median) b=$(printf '%s\n' "${two[@]}" | median)
            awk -v n="$name $layers" -v p=$precision -v s=$batch -v a="$a" -v b="$b" \
                'BEGIN { printf "| %s | %s | %d | %.3f ms | %.3f ms | %.2f |\n", n, p, s, a, b, a / b }'
        done
    done
done
echo "sums over two processes: count of doubles, microseconds"
OPENBLAS_NUM_THREADS=1 "${launch[@]}" -n 2 "$program" sum
