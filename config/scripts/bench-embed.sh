#!/usr/bin/env bash
# Times the encoder beside onnxruntime, and PyTorch if it can be had, in one run.
# Usage: bench-embed.sh REFRAIN MODEL_DIR [--rounds N] [--json FILE]
#
#   WITHOUT_PYTORCH=1   leaves PyTorch out, which is a download of some 200 MB or more
set -euo pipefail
cd "$(dirname "$0")/../.."

python=.refrain/bench-python
install() { "$python/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }

[ -x "$python/bin/python" ] || python3 -m venv "$python"
# sympy is what onnxruntime's own optimizer of transformers needs.
"$python/bin/python" -c 'import numpy, onnx, onnxruntime, sympy' 2>/dev/null || {
    echo "installing onnxruntime into $python"
    install numpy onnx onnxruntime sympy
}
if [ -z "${WITHOUT_PYTORCH:-}" ]; then
    "$python/bin/python" -c 'import torch, transformers' 2>/dev/null || {
        echo "installing PyTorch into $python"
        install torch transformers || echo "PyTorch cannot be had here; onnxruntime alone is measured"
    }
fi
exec "$python/bin/python" config/bench/embedding.py "$@"
