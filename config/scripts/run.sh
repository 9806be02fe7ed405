#!/usr/bin/env bash
# Serves Refrain for a first look: its own Redis, demo answers, and a provider.
#
#   OPENAI_API_KEY    use OpenAI instead of the built-in mock provider
#   OPENAI_BASE_URL   use another server with the same API
#   OPENAI_MODEL      the model to ask there (default gpt-4o-mini)
#   REDIS_URL         use a Redis that runs already
#   PORT              listen here instead of 8080
set -euo pipefail
cd "$(dirname "$0")/../.."

refrain=.build/release/refrain
state=.refrain
port=${PORT:-8080}
redis_port=$((port + 1))
mock_port=$((port + 2))
mkdir -p "$state"

children=()
stop() {
    trap - EXIT INT TERM
    # The gateway first, so that it ends while what it stands on is still there.
    for ((index = ${#children[@]} - 1; index >= 0; index--)); do
        kill "${children[index]}" 2>/dev/null || true
        wait "${children[index]}" 2>/dev/null || true
    done
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() { echo "error: $*" >&2; exit 1; }

in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Waits until a command succeeds; says what failed, with the end of the log, when it does not or the process is gone.
await() {
    local what=$1 child=$2 log=$3
    shift 3
    for _ in $(seq 150); do
        "$@" >/dev/null 2>&1 && return
        kill -0 "$child" 2>/dev/null || break
        sleep 0.1
    done
    [ -n "$log" ] || fail "$what did not start"
    tail -n 20 "$log" >&2
    fail "$what did not start; its log is $log"
}

in_use "$port" && fail "port $port is taken; choose another with PORT=… make run"

if [ -z "${REDIS_URL:-}" ]; then
    in_use "$redis_port" && fail "port $redis_port, for Redis, is taken; choose others with PORT=… make run"
    redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$PWD/$state" --dbfilename demo.rdb --save 60 1 \
        --maxmemory 256mb --maxmemory-policy volatile-ttl >"$state/redis.log" 2>&1 &
    children+=($!)
    await "Redis" $! "$state/redis.log" redis-cli -p "$redis_port" ping
    REDIS_URL="redis://127.0.0.1:$redis_port"
fi
export REDIS_URL
# OpenBLAS starts a thread per processor when it is loaded, before anybody can tell it that one is enough.
export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1}

if [ -n "${OPENAI_API_KEY:-}${OPENAI_BASE_URL:-}" ]; then
    provider_url=${OPENAI_BASE_URL:-https://api.openai.com/v1}
    provider_url=${provider_url%/}
    # Who gives an address of their own knows where it leads.
    private=${OPENAI_BASE_URL:+, allow_private: true}
    model=${OPENAI_MODEL:-gpt-4o-mini}
    provider_key=""
    [ -n "${OPENAI_API_KEY:-}" ] && provider_key=", api_key: \"env:OPENAI_API_KEY\""
    echo "provider: $provider_url ($model)"
else
    in_use "$mock_port" && fail "port $mock_port, for the mock provider, is taken; choose others with PORT=… make run"
    "$refrain" mock-provider --port "$mock_port" --latency-ms 300 --token-ms 15 >"$state/mock.log" 2>&1 &
    children+=($!)
    await "the mock provider" $! "$state/mock.log" curl --noproxy '*' --silent --fail "http://127.0.0.1:$mock_port/v1/models"
    provider_url="http://127.0.0.1:$mock_port/v1"
    private=", allow_private: true"
    model=mock-1
    provider_key=""
    echo "provider: the built-in mock (set OPENAI_API_KEY or OPENAI_BASE_URL to use a real one)"
fi

# Keys the digests under which answers stand; kept, so that they are found after a restart. One for each provider: what
# the mock answered must not be served once a real one is there.
key_file=$state/cache-$(printf '%s' "$provider_url $model" | sha256sum | cut -c1-12).key
[ -s "$key_file" ] || (umask 077 && openssl rand -hex 32 >"$key_file")

cat >"$state/refrain.yaml" <<EOF
# Written by make run; config/refrain.yaml documents every key.
server: {port: $port}
log: {level: notice}
redis: {url: "env:REDIS_URL"}
# Generous, as nothing was learned yet of a made-up shop; the default is 1%.
cache: {key: "file:$key_file", max_wrong_hits: 5%}
upstream: {proxy: environment}
providers:
  - {name: provider, base_url: "$provider_url"$private$provider_key}
routes:
  - {model: support, targets: [{provider: provider, model: "$model"}]}
  - {model: "*", targets: [{provider: provider}]}
EOF

"$refrain" serve --config "$state/refrain.yaml" &
gateway=$!
children+=("$gateway")
await "the gateway" "$gateway" "" curl --noproxy '*' --silent --fail "http://127.0.0.1:$port/readyz"
"$refrain" cache import --config "$state/refrain.yaml" --model support config/demo/faq.jsonl

ask() {
    cat <<EOF

  # $1
  curl -si http://127.0.0.1:$port/v1/chat/completions -H 'content-type: application/json' \\
    -d '{"model":"support","messages":[{"role":"user","content":"$2"}]}'
EOF
}
echo
echo "Refrain serves on http://127.0.0.1:$port. Look at the x-refrain-* headers of these:"
ask "asked before in these words: an exact hit" "how do I cancel an order I have already placed"
ask "asked before in other words: a semantic hit" "How can I cancel an order that I have already placed?"
ask "new: a miss, answered by the provider; from then on a hit" "Which of your shops in Oslo is open on Sundays?"
echo
echo "Metrics: http://127.0.0.1:$port/metrics   Stop: Ctrl-C"
wait "$gateway"
