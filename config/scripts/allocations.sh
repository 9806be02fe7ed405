#!/usr/bin/env bash
# Counts what the release binary allocates per request and holds it against Tests/AllocationTests/thresholds.json.
# Arguments go to `refrain bench allocations`: --update writes the thresholds anew.
set -euo pipefail
cd "$(dirname "$0")/../.."

mkdir -p .refrain
compiler=$(command -v cc || command -v clang) || { echo "error: a C compiler is needed: cc or clang" >&2; exit 1; }
"$compiler" -O2 -shared -fPIC -Wall -Wextra -Werror -fno-builtin \
    -o .refrain/malloc-counter.so Tests/AllocationTests/malloc-counter.c
exec .build/release/refrain bench allocations --counter .refrain/malloc-counter.so \
    --thresholds Tests/AllocationTests/thresholds.json --model-dir model/all-MiniLM-L6-v2 "$@"
