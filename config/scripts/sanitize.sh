#!/usr/bin/env bash
# Runs the tests under one sanitizer: thread or address.
set -euo pipefail
cd "$(dirname "$0")/../.."
sanitizer=${1:?usage: sanitize.sh thread|address}
case "$sanitizer" in
    thread) scratch=.build-tsan ;;
    address) scratch=.build-asan ;;
    *) echo "error: expected thread or address, found $sanitizer" >&2; exit 2 ;;
esac
# The backtracer would wait for a key; leaks of the Swift runtime's own start-up are not ours to find.
export SWIFT_BACKTRACE=interactive=no ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=halt_on_error=0:exitcode=66
export REFRAIN_PYTHON=.refrain/python/bin/python REFRAIN_MODEL_DIR="$PWD/model/all-MiniLM-L6-v2"
swift build --build-tests --sanitize "$sanitizer" --scratch-path "$scratch"
# One test at a time: everything is ten times slower here, and tests have time limits of their own.
swift test --skip-build --no-parallel --sanitize "$sanitizer" --scratch-path "$scratch"
echo "$sanitizer sanitizer: clean"
