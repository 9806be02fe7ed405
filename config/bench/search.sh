#!/bin/bash
# Measures the search beside faiss, hnswlib and numpy: bench-search TEXTS, a folder of .jsonl files, or nothing when the
# vectors were made before. Needs the release binary and the model.
set -euo pipefail
python=.refrain/bench-python
[ -x $python/bin/python ] || python3 -m venv $python
$python/bin/python -c 'import faiss, hnswlib, numpy' 2>/dev/null || $python/bin/pip install -q faiss-cpu hnswlib numpy
texts=()
[ -z "${1:-}" ] || texts=(--texts "$1")
.build/release/refrain bench search --model-dir "${MODEL_DIR:-model/all-MiniLM-L6-v2}" "${texts[@]}" \
    --sizes ${SIZES:-10000 100000} --export .refrain/search-rows.f32 --json .refrain/search.json
$python/bin/python config/bench/search.py .refrain/search-rows.f32 .refrain/search.json
