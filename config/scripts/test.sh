#!/usr/bin/env bash
# Runs the built tests in two halves side by side: those of the whole gateway, which mostly wait for servers, and all others.
# One test at a time in each half: many have real servers and time limits of their own, which nine hundred at once exceed.
set -uo pipefail
cd "$(dirname "$0")/../.."

export REFRAIN_PYTHON=${REFRAIN_PYTHON:-$PWD/.refrain/python/bin/python}
export REFRAIN_MODEL_DIR=${REFRAIN_MODEL_DIR:-$PWD/model/all-MiniLM-L6-v2}
whole=$(mktemp -t refrain-tests.XXXXXX)
trap 'kill 0 2>/dev/null' INT TERM
trap 'rm -f "$whole"' EXIT

# Nothing is built here, so the halves need no lock against each other.
run() { swift test --skip-build --no-parallel --ignore-lock "$@"; }

run --filter '^IntegrationTests\.' >"$whole" 2>&1 &
run --skip '^IntegrationTests\.'
parts=$?
wait $!
together=$?
cat "$whole"
exit $((parts ? parts : together))
