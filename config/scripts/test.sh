#!/usr/bin/env bash
# Runs the built tests in two halves side by side: those of the whole gateway, which mostly wait for servers, with some that
# only compute, and all others.
# One test at a time in each half: many have real servers and time limits of their own, which nine hundred at once exceed.
set -uo pipefail
cd "$(dirname "$0")/../.."

export REFRAIN_PYTHON=${REFRAIN_PYTHON:-$PWD/.refrain/python/bin/python}
export REFRAIN_MODEL_DIR=${REFRAIN_MODEL_DIR:-$PWD/model/all-MiniLM-L6-v2}
[ -t 1 ] || export NO_COLOR=1
whole=$(mktemp -t refrain-tests.XXXXXX)
trap 'kill 0 2>/dev/null' INT TERM
trap 'rm -f "$whole"' EXIT

# The built program itself, and not `swift test`: two of those at once meet in the build's database, and one may find it locked.
tests=.build/debug/refrainPackageTests.xctest
[ -x "$tests" ] || { echo "test: $tests is not built: run \`swift build --build-tests\`" >&2; exit 1; }
run() { "$tests" --testing-library swift-testing --no-parallel "$@"; }

first='^(IntegrationTests|ProviderAPIsTests|EmbeddingTests)\.'
run --filter "$first" >"$whole" 2>&1 &
run --skip "$first"
parts=$?
wait $!
together=$?
cat "$whole"
if ! grep -q 'Suite "The built gateway"' "$whole"; then
    echo "test: no test of the whole gateway was found" >&2
    together=1
fi
exit $((parts ? parts : together))
