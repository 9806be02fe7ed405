#!/usr/bin/env bash
# Installs Python packages that the benchmarks measure beside the gateway into an environment of the repository's own.
# Usage: setup-bench.sh REQUIREMENT…; nothing to do when all are there.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=.refrain/bench-python
[ -x "$python/bin/python" ] || python3 -m venv "$python"
"$python/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
