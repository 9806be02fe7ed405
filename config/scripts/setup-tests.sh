#!/usr/bin/env bash
# Installs the OpenAI Python SDK into a virtual environment of the repository's own, once.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=.refrain/python
"$python/bin/python" -c 'import openai' 2>/dev/null && exit 0
echo "installing the OpenAI Python SDK into $python"
python3 -m venv "$python"
"$python/bin/python" -m pip install --disable-pip-version-check 'openai>=1,<4'
