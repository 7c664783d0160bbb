#!/usr/bin/env bash
#
# Builds mlp, trains a small model, and serves it: runs the commands of Documentation/Serving.md, sends what hostile clients
# send, uses the page in headless Chromium, loads the server with wrk, exchanges the model under load, and stops it under load.
# Fails if anything is answered wrongly, if a request is lost, or if memory grows. Prints the figures.
#
#     Scripts/test-serving.sh              checks
#     Scripts/test-serving.sh FOLDER       also keeps pictures of the page there
#
# PEER=PYTHON also measures Benchmarks/Python/serve_peer.py with a Python that has Benchmarks/requirements-serving.txt.
# MODEL=FILE serves another model of Examples/AdultStyleTable/people.csv. SECONDS_OF_LOAD (10) is the length of each load.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Scripts/common.sh

readonly pictures=${1:-} load=${SECONDS_OF_LOAD:-10}
readonly row='{"age": 41, "schooling": 12, "hours": 38, "trade": "nurse", "region": "west"}'
stage=$(mktemp -d)
readonly stage
server=
trap '[[ -z $server ]] || kill -KILL "$server" 2>/dev/null || true; rm -rf "$stage"' EXIT

say "building mlp"
read -ra options <<<"${SWIFT_BUILD_OPTIONS:-}"
swift build -c release --package-path Tools --product mlp ${options[@]+"${options[@]}"} 2>&1 | tail -n 3 >&2
readonly mlp=$PWD/Tools/.build/release/mlp

if [[ -n ${MODEL:-} ]]; then
    cp "$MODEL" "$stage/people.mlp"
else
    "$mlp" train Examples/AdultStyleTable/people.csv --target income --model mlp --set hidden_layer_sizes=8, --quiet \
        -o "$stage/people.mlp" >/dev/null
fi

# Starts the server with a model and options, and waits until it listens on a port of the system's choice.
start() {
    : >"$stage/log"
    "$mlp" serve "$@" --port 0 2>"$stage/log" &
    server=$!
    for _ in {1..200}; do
        port=$(sed -n 's#.*http://127.0.0.1:\([0-9]*\).*#\1#p' "$stage/log")
        [[ -z $port ]] || return 0
        sleep 0.05
    done
    fail "the server does not listen: $(cat "$stage/log")"
}

# Asks the server to stop, which must end well within seconds.
stop() {
    kill -TERM "$server"
    local pid=$server status=0
    server=
    wait "$pid" || status=$?
    [[ $status == 0 ]] || fail "the server ended with status $status: $(cat "$stage/log")"
    grep -q stopped "$stage/log" || fail "the server did not say that it stopped"
}

memory() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status" 2>/dev/null || ps -o rss= -p "$server"; }

# The commands of the page that ask the server, in the folder of a small CSV file.
run_page() {
    local commands
    commands=$(sed -n '/^```sh$/,/^```$/p' Documentation/Serving.md | sed '/^```/d' | grep -v '^mlp ' |
        sed "s#localhost:8080#127.0.0.1:$port#g; s#^curl #curl --silent --show-error --fail-with-body #")
    [[ $commands == *predict* ]] || fail "Documentation/Serving.md has no commands that predict"
    head -n 4 Examples/AdultStyleTable/people.csv | cut -d, -f1-5 >"$stage/new.csv"
    (cd "$stage" && SERVER=$server bash -euc "$commands" >"$stage/answers") || fail "a command of Documentation/Serving.md fails: $(cat "$stage/answers")"
}

start "$stage/people.mlp" --timeout 2s --max-body 10MB
run_page
python3 Scripts/try-server.py "$port" "$row" >&2
if command -v chromium chromium-browser google-chrome >/dev/null; then
    [[ -z $pictures ]] || mkdir -p "$pictures"
    python3 Scripts/try-page.py "http://127.0.0.1:$port/" ${pictures:+"$pictures"} >&2
    # Names and categories that are HTML stay text.
    stop
    sed '1s#trade#<img src=x onerror=alert(1)>#; s#nurse#</option><script>alert(1)</script>#' \
        Examples/AdultStyleTable/people.csv >"$stage/html.csv"
    "$mlp" train "$stage/html.csv" --target income --model mlp --set hidden_layer_sizes=8, --quiet -o "$stage/html.mlp" \
        >/dev/null
    start "$stage/html.mlp"
    python3 Scripts/try-page.py "http://127.0.0.1:$port/" >&2
elif [[ -n ${CI:-} ]]; then
    fail "Chromium is missing"
fi
stop

if ! command -v wrk >/dev/null && command -v apt-get >/dev/null; then
    as_root=()
    if [[ $(id -u) != 0 ]]; then as_root=(sudo); fi
    say "installing wrk"
    ${as_root[@]+"${as_root[@]}"} apt-get --quiet=2 update >/dev/null
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes install wrk >/dev/null
fi
if ! command -v wrk >/dev/null; then
    say "wrk is missing: apt-get install wrk; the server is not loaded"
    if [[ -n ${CI:-} ]]; then exit 1; fi
    exit 0
fi

cat >"$stage/full.lua" <<LUA
wrk.method, wrk.body = "POST", '$row'
wrk.headers["Content-Type"] = "application/json"
LUA
{ cat "$stage/full.lua"; echo 'function delay() return 6 end'; } >"$stage/half.lua"

# Loads an address and prints wrk's report; fails if a request is lost or refused.
load() {
    local report
    report=$(wrk --latency "$@")
    ! grep -Eq 'Non-2xx|Socket errors' <<<"$report" || fail "requests were lost: $report"
    printf '%s\n' "$report"
}
rate() { awk '/Requests\/sec/ { printf "%d", $2 }' <<<"$1"; }
latency() { awk '/99%/ { print $2 }' <<<"$1"; }

start "$stage/people.mlp"
full=$(load -t1 -c32 -d2s -s "$stage/full.lua" "http://127.0.0.1:$port/predict")
before=$(memory)
full=$(load -t1 -c32 "-d${load}s" -s "$stage/full.lua" "http://127.0.0.1:$port/predict")
after=$(memory)
say "one row a request, as fast as it goes: $(rate "$full") requests a second, 99 % within $(latency "$full")"
say "memory: $before KB before, $after KB after"
((after < before + 8192)) || fail "memory grows under load"
half=$(load -t1 -c64 "-d${load}s" -s "$stage/half.lua" "http://127.0.0.1:$port/predict")
say "at a limited rate: $(rate "$half") requests a second, 99 % within $(latency "$half")"

# The model is exchanged under load.
load -t1 -c16 -d4s -s "$stage/full.lua" "http://127.0.0.1:$port/predict" >"$stage/reload" &
loader=$!
for _ in {1..6}; do
    sleep 0.5
    kill -HUP "$server"
done
wait "$loader" || fail "requests were lost while the model was exchanged"
[[ $(grep -c ' reloaded' "$stage/log") == 6 ]] || fail "the model was not exchanged six times: $(cat "$stage/log")"

# The server stops under load.
wrk -t1 -c16 -d2s -s "$stage/full.lua" "http://127.0.0.1:$port/predict" >/dev/null 2>&1 &
loader=$!
sleep 0.7
stop
wait "$loader" || true

if [[ -n ${PEER:-} ]]; then
    OMP_NUM_THREADS=1 "$PEER" -m uvicorn --app-dir Benchmarks/Python serve_peer:app --port 18099 --workers 2 --no-access-log \
        --log-level warning >/dev/null 2>&1 &
    server=$!
    for _ in {1..300}; do
        ! curl --silent --fail 127.0.0.1:18099/predict -H 'Content-Type: application/json' -d "$row" >/dev/null || break
        sleep 0.1
    done
    peer=$(wrk -t1 -c32 --timeout 10s "-d${load}s" --latency -s "$stage/full.lua" http://127.0.0.1:18099/predict)
    kill -TERM "$server"
    wait "$server" || true
    server=
    say "FastAPI with scikit-learn, two workers: $(rate "$peer") requests a second, 99 % within $(latency "$peer")"
    say "mlp serve answers $(($(rate "$full") / $(rate "$peer"))) times as many"
fi
say "the server is right, and goes on"
